import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { BarChart } from '../../charts/bar-chart.tsx'
import { formatMoney, formatPercent } from '../../components/format.ts'
import { CalendarDate } from '../../components/figures.tsx'
import { type Look, useLook } from '../../shell/preferences.ts'
import { placeOf } from './results.ts'
import show from './show.module.css'
import { actual as m } from '#messages/plan-paths'

export type Report = ApiAnswer<'POST /v1/planning/runs/{runId}/plan-versus-actual-reports'>

/** Where the balances are, in sentences. Beyond the outermost percentiles, only these are known. */
export const reportWords = ({ aboveMedian, actual, expected, rank }: Report, look: Look): readonly string[] => {
  const [lowest, highest] = [expected[0], expected.at(-1)]
  const percent = (fraction: number) => formatPercent(fraction, look, 0)
  const place =
    lowest && actual <= lowest.balance
      ? m.lowest(percent(lowest.percentile))
      : highest && actual >= highest.balance
        ? m.highest(percent(1 - highest.percentile))
        : m.rank(percent(rank))
  const distance = formatMoney(Math.abs(aboveMedian), look)
  const middle = Math.abs(aboveMedian) < 0.5 ? m.even : aboveMedian > 0 ? m.above(distance) : m.below(distance)
  return [place, middle, rank < 0.25 ? m.low : rank > 0.75 ? m.high : m.normal]
}

/** Where real balances are among the futures of a run. */
export const ActualResult = ({ report }: { readonly report: Report }) => {
  const look = useLook()
  const { actual, date, expected } = report
  const percentiles = expected.map(({ percentile }) => percentile)
  const money = (value: number) => formatMoney(value, look, { precision: 'short' })
  const at = (percentile: number) => expected[placeOf(percentiles, percentile)]?.balance ?? 0
  const bars = [
    ...expected.map(({ balance, percentile }) => ({ name: formatPercent(percentile, look, 0), balance, isActual: false })),
    { name: m.yours, balance: actual, isActual: true },
  ].toSorted((a, b) => a.balance - b.balance)
  return (
    <>
      <p className={show['quiet']}>
        <CalendarDate date={date} />
      </p>
      <p role="status" className={show['sentence']}>
        {reportWords(report, look).join(' ')}
      </p>
      <BarChart
        title={m.chart}
        summary={m.chartSummary(money(actual), money(at(0.25)), money(at(0.75)))}
        stepName={m.percentile}
        steps={bars.map(({ name }) => name)}
        series={[
          { name: m.expected, values: bars.map(({ balance, isActual }) => (isActual ? 0 : balance)) },
          { name: m.yours, values: bars.map(({ balance, isActual }) => (isActual ? balance : 0)) },
        ]}
        words={value => money(value)}
      />
    </>
  )
}
