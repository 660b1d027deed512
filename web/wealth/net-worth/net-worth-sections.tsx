import { ButtonLink } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { formatDate } from '../../components/format.ts'
import { Card, EmptyState, Loading, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import type { Household } from '../../shell/household.ts'
import { useLook } from '../../shell/preferences.ts'
import { storedOnDevice, useStore } from '../../shell/store.ts'
import { useAccountNames } from '../lots/lot-data.ts'
import { todayIn } from '../today.ts'
import { ChangePlace, ChangeSection } from './change-section.tsx'
import { useLastVisit, useVisit } from './last-visit.ts'
import { NetWorthChart } from './net-worth-chart.tsx'
import { isKnown, type KnownNetWorth, useNetWorth } from './net-worth-data.ts'
import { NetWorthFigures, NetWorthGaps } from './net-worth-figures.tsx'
import styles from './net-worth.module.css'
import { firstDayOf, rangeNames, type RangeName } from './ranges.ts'
import { netWorth as m } from '#messages/net-worth'

/** The range that was chosen last on this device. */
const chosenRange = storedOnDevice<RangeName>('net-worth-range', 'quarter')

const Shown = ({ householdId, netWorth }: { readonly householdId: string; readonly netWorth: KnownNetWorth }) => {
  const { nameOf } = useAccountNames(householdId)
  return (
    <Card>
      <NetWorthFigures netWorth={netWorth} />
      <NetWorthChart netWorth={netWorth} />
      {nameOf && <NetWorthGaps netWorth={netWorth} nameOf={nameOf} />}
    </Card>
  )
}

/** The net worth of a household today and over time, and what changed it in the chosen range. */
export const NetWorthSections = ({ household: { id, timezone } }: { readonly household: Household }) => {
  const look = useLook()
  const today = todayIn(timezone)
  const chosen = useStore(chosenRange)
  const { data: me } = useApi('GET /v1/identity/me')
  const visitKey = me && `${me.id} ${id}`
  const visit = useLastVisit(visitKey, today)
  const range = rangeNames.includes(chosen) && (chosen !== 'visit' || visit !== undefined) ? chosen : 'quarter'
  const { data, error, isPlaceholderData, refetch } = useNetWorth(id, firstDayOf(range, today, visit))
  const shown = data && isKnown(data) ? data : undefined
  useVisit(shown && visitKey, today)
  const options = rangeNames.flatMap((name): [RangeName, string][] =>
    name === 'visit' ? (visit === undefined ? [] : [[name, m.sinceVisit(formatDate(visit, look))]]) : [[name, m.ranges[name]]],
  )
  return (
    <>
      <Section
        title={m.title}
        actions={shown || !data ? <Choice label={m.range} value={range} options={options} onChange={chosenRange.set} /> : undefined}
      >
        {error && <Failure error={error} retry={refetch} />}
        {!data && !error && (
          <div className={styles['place']}>
            <Loading />
          </div>
        )}
        {shown && (
          <div aria-busy={isPlaceholderData}>
            <Shown householdId={id} netWorth={shown} />
          </div>
        )}
        {data && !shown && (
          <EmptyState title={m.empty} action={<ButtonLink href="/accounts">{m.toAccounts}</ButtonLink>}>
            {m.emptyLead}
          </EmptyState>
        )}
      </Section>
      {!data && !error && <ChangePlace />}
      {shown && <ChangeSection netWorth={shown} visit={range === 'visit' ? visit : undefined} />}
    </>
  )
}
