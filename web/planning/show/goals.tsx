import { Percent } from '../../components/figures.tsx'
import { formatNumber, formatPercent } from '../../components/format.ts'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import type { Result } from './results.ts'
import { goals as m } from '#messages/plan-results'

type Goal = NonNullable<Result['goals']>[number]

/** The share of the futures that reach a goal and do not pay it in full; undefined if none reaches it, or the run does not know it. */
const missedShare = ({ missed, reached }: Goal): number | undefined =>
  missed === undefined || reached === 0 ? undefined : missed / reached

/** The goal that is missed most often, if any is. */
export const mostMissed = (goals: readonly Goal[]): Goal | undefined =>
  goals.filter(goal => (missedShare(goal) ?? 0) > 0).toSorted((a, b) => missedShare(b)! - missedShare(a)!)[0]

/** How often each goal is paid, in which year it is missed, and how often. */
export const Goals = ({ firstYear, goals }: { readonly goals: readonly Goal[]; readonly firstYear: number }) => {
  const look = useLook()
  const knows = goals.every(({ missed, year }) => missed !== undefined && year !== undefined)
  const most = mostMissed(goals)
  const yearOf = ({ year }: Goal): string => (year === undefined ? '' : String(firstYear + year))
  const ofReached = (count: number, { reached }: Goal): string => m.ofReached(formatNumber(count, look), formatNumber(reached, look))
  return (
    <Section title={m.title} lead={m.lead}>
      <p>
        {!knows && m.older}
        {knows && most && m.most(most.key, yearOf(most), ofReached(most.missed ?? 0, most))}
        {knows && !most && m.allPaid}
      </p>
      <Table
        caption={m.title}
        rows={goals.toSorted((a, b) => (a.year ?? 0) - (b.year ?? 0))}
        rowKey={({ key }) => key}
        columns={[
          { key: 'name', header: m.name, cell: ({ key }) => key },
          ...(knows ? [{ key: 'year', header: m.year, cell: yearOf }] : []),
          {
            key: 'funded',
            header: m.funded,
            align: 'end',
            cell: ({ funded }) => (funded ? <Percent value={funded.probability} /> : m.never),
          },
          {
            key: 'interval',
            header: m.interval,
            align: 'end',
            wide: true,
            cell: ({ funded }) =>
              funded ? `${formatPercent(funded.interval.lower, look)} – ${formatPercent(funded.interval.upper, look)}` : '',
          },
          knows
            ? { key: 'missed', header: m.missed, align: 'end', cell: goal => ofReached(goal.missed ?? 0, goal) }
            : { key: 'reached', header: m.reached, align: 'end', cell: ({ reached }) => formatNumber(reached, look) },
          {
            key: 'share',
            header: m.share,
            align: 'end',
            cell: ({ meanFundedShare }) => (meanFundedShare === null ? '' : <Percent value={meanFundedShare} />),
          },
        ]}
      />
    </Section>
  )
}
