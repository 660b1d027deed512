import { useState } from 'react'
import { useParams } from 'wouter'
import { Button } from '../../components/button.tsx'
import { SelectField } from '../../components/field.tsx'
import { List } from '../../components/list.tsx'
import { Section } from '../../components/page.tsx'
import { useApiPages } from '../../shell/api-pages.ts'
import { PlanPage, type ShownPlan } from '../plan-header.tsx'
import { BranchDialog } from './branch-dialog.tsx'
import { Differences } from './differences.tsx'
import styles from './history.module.css'
import { RollForwardDialog } from './roll-forward-dialog.tsx'
import { changeWords, type Version, Versions } from './versions.tsx'
import { branch, planHistory as m, rollForward } from '#messages/plan-history'

const pageSize = 30

const Compare = ({ plan, versions }: { readonly plan: ShownPlan['plan']; readonly versions: readonly Version[] }) => {
  const [chosenFrom, setFrom] = useState<number>()
  const [chosenTo, setTo] = useState<number>()
  const to = chosenTo ?? plan.version
  const from = chosenFrom ?? Math.max(1, plan.version - 1)
  const options = versions.map(version => [String(version.version), `${m.numbered(version.version)} – ${changeWords(version)}`] as const)
  return (
    <Section title={m.differences} lead={m.differencesLead}>
      <div className={styles['choice']}>
        <SelectField
          id="compare-from"
          name="from"
          error={undefined}
          label={m.from}
          value={String(from)}
          options={options}
          onChange={value => setFrom(Number(value))}
        />
        <SelectField
          id="compare-to"
          name="to"
          error={undefined}
          label={m.to}
          value={String(to)}
          options={options}
          onChange={value => setTo(Number(value))}
        />
      </div>
      <Differences plan={plan} from={from} to={to} />
    </Section>
  )
}

const History = ({ canEdit, plan }: ShownPlan) => {
  const list = useApiPages('GET /v1/planning/plans/{planId}/versions', {
    params: { planId: plan.id },
    query: { limit: pageSize, sort: '-version' },
  })
  return (
    <List list={list} empty={null}>
      {items => (
        <>
          {items.length > 1 && <Compare plan={plan} versions={items} />}
          <Section title={m.versions} lead={m.lead}>
            <Versions plan={plan} canEdit={canEdit} versions={items} />
          </Section>
        </>
      )}
    </List>
  )
}

type Opened = 'branch' | 'roll-forward' | undefined

const Actions = ({ plan }: Pick<ShownPlan, 'plan'>) => {
  const [opened, setOpened] = useState<Opened>()
  const close = () => setOpened(undefined)
  return (
    <>
      <Button onClick={() => setOpened('branch')}>{branch.open}</Button>
      <Button onClick={() => setOpened('roll-forward')}>{rollForward.open}</Button>
      {opened === 'branch' && <BranchDialog plan={plan} onClose={close} />}
      {opened === 'roll-forward' && <RollForwardDialog plan={plan} onClose={close} />}
    </>
  )
}

/** The page with the versions of a plan: compare, restore, make a scenario, roll forward. */
const HistoryPage = () => {
  const { planId = '' } = useParams()
  return (
    <PlanPage key={planId} planId={planId} tab="history" actions={({ canEdit, plan }) => (canEdit ? <Actions plan={plan} /> : null)}>
      {shown => <History {...shown} />}
    </PlanPage>
  )
}

export default HistoryPage
