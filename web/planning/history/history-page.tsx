import { useState } from 'react'
import { useParams } from 'wouter'
import { Button } from '../../components/button.tsx'
import { List } from '../../components/list.tsx'
import { CompareVersions, VersionList } from '../../components/versions.tsx'
import { useApiPages } from '../../shell/api-pages.ts'
import { useMemberNames } from '../../shell/members.ts'
import { showToast } from '../../shell/toasts.ts'
import { refreshPlan } from '../inputs/requests.ts'
import { PlanPage, type ShownPlan } from '../plan-header.tsx'
import { BranchDialog } from './branch-dialog.tsx'
import { Differences } from './differences.tsx'
import { RollForwardDialog } from './roll-forward-dialog.tsx'
import { restoreShown } from './restore.ts'
import { branch, planHistory as m, rollForward } from '#messages/plan-history'
import { problem } from '#messages/shell'

const pageSize = 30

const History = ({ canEdit, plan }: ShownPlan) => {
  const list = useApiPages('GET /v1/planning/plans/{planId}/versions', {
    params: { planId: plan.id },
    query: { limit: pageSize, sort: '-version' },
  })
  const nameOf = useMemberNames(plan.householdId)
  const restore = async (version: number) => {
    try {
      await restoreShown(plan, version)
    } catch (error) {
      await refreshPlan()
      showToast({ kind: 'bad', text: problem.title, error })
    }
  }
  return (
    <List list={list} empty={null}>
      {items => {
        const listed = { versions: items, current: plan.version, changes: m.changes }
        return (
          <>
            {items.length > 1 && (
              <CompareVersions {...listed}>{(from, to) => <Differences plan={plan} from={from} to={to} />}</CompareVersions>
            )}
            <VersionList {...listed} caption={m.caption} nameOf={nameOf} restore={canEdit ? restore : undefined} />
          </>
        )
      }}
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
