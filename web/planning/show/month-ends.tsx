import { Link } from 'wouter'
import type { ApiItem } from '../../../lambdas/api-types.ts'
import { TrendChart } from '../../charts/trend-chart.tsx'
import { CalendarDate, Money, Percent } from '../../components/figures.tsx'
import { formatPercent } from '../../components/format.ts'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import type { Plan } from '../plan-header.tsx'
import { actual as m } from '#messages/plan-paths'

export type MonthEnd = ApiItem<'GET /v1/planning/plans/{planId}/month-ends'>

/** The month ends of a plan that follows its accounts, the oldest first. */
export const useMonthEnds = (planId: string) =>
  useApi('GET /v1/planning/plans/{planId}/month-ends', { params: { planId }, query: { limit: 1000, sort: 'monthEnd' } })

const SuccessChart = ({ months }: { readonly months: readonly MonthEnd[] }) => {
  const look = useLook()
  const points = months.flatMap(({ monthEnd, successProbability }) =>
    successProbability === null ? [] : [{ date: monthEnd, balance: String(successProbability) }],
  )
  if (points.length === 0) return null
  const words = (point: (typeof points)[number]) => formatPercent(Number(point.balance), look, 1)
  return (
    <TrendChart
      title={m.months}
      summary={m.monthsSummary(words(points[0]!), words(points.at(-1)!), points.length)}
      points={points}
      currency={null}
      dateWord={m.monthEnd}
      valueWord={m.success}
      hint={m.monthsHint}
    />
  )
}

/** The success of a plan by month, and why it could not be followed where it could not. */
export const MonthEnds = ({ months, plan }: { readonly plan: Plan; readonly months: readonly MonthEnd[] }) => (
  <Section title={m.months} lead={m.monthsLead}>
    {months.length === 0 && <p>{plan.followsAccounts ? m.monthsWaiting : m.monthsOff}</p>}
    <SuccessChart months={months} />
    {months.length > 0 && (
      <Table
        caption={m.months}
        rows={months.toReversed()}
        rowKey={({ id }) => id}
        columns={[
          { key: 'month', header: m.monthEnd, cell: ({ monthEnd }) => <CalendarDate date={monthEnd} /> },
          {
            key: 'success',
            header: m.success,
            align: 'end',
            cell: ({ reason, successProbability }) =>
              successProbability === null ? m.notFollowed(reason ?? '') : <Percent value={successProbability} digits={1} />,
          },
          {
            key: 'accounts',
            header: m.inAccounts,
            align: 'end',
            cell: ({ accountsBalance }) => (accountsBalance === null ? '–' : <Money value={accountsBalance} />),
          },
          {
            key: 'worth',
            header: m.netWorth,
            align: 'end',
            wide: true,
            cell: ({ netWorth }) => (netWorth === null ? '–' : <Money value={netWorth} />),
          },
          {
            key: 'place',
            header: m.place,
            align: 'end',
            wide: true,
            cell: ({ report }) => (report === null ? '–' : <Percent value={report.rank} digits={0} />),
          },
          {
            key: 'history',
            header: m.planVersion,
            wide: true,
            cell: ({ planVersion }) =>
              planVersion === null ? '–' : <Link href={`/plans/${plan.id}/history`}>{m.version(planVersion)}</Link>,
          },
        ]}
      />
    )}
  </Section>
)
