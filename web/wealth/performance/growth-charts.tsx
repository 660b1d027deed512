import { TrendChart } from '../../charts/trend-chart.tsx'
import { formatMoney, formatPercent } from '../../components/format.ts'
import { useLook } from '../../shell/preferences.ts'
import type { Performance } from './performance-data.ts'
import { performance as m } from '#messages/performance'

/** The return over time beside the benchmark. Nothing if the time-weighted return is not known. */
export const ReturnChart = ({ performance: { benchmark, points } }: { readonly performance: Performance }) => {
  const look = useLook()
  const last = points.at(-1)
  if (!last || last.growth === null) return null
  const percent = (growth: number) => formatPercent(growth - 1, look, 2, true)
  const compared = benchmark && last.benchmark !== null ? m.chartOf(benchmark.name, percent(last.benchmark)) : undefined
  return (
    <TrendChart
      title={m.chart}
      summary={m.chartSummary(percent(last.growth), compared)}
      points={points.map(({ benchmark: other, date, growth }) => ({
        date,
        balance: String((growth ?? 1) - 1),
        against: other === null ? null : String(other - 1),
      }))}
      currency={null}
      dateWord={m.date}
      valueWord={m.portfolio}
      againstWord={compared === undefined ? undefined : benchmark?.name}
      hint={m.hint}
    />
  )
}

/** The value over time beside what was put in. */
export const ValueChart = ({ performance: { currency, points } }: { readonly performance: Performance }) => {
  const look = useLook()
  const last = points.at(-1)
  if (!last) return null
  const money = (amount: number) => formatMoney(amount, look, { currency })
  return (
    <TrendChart
      title={m.value}
      summary={m.valueSummary(money(last.value), money(last.invested))}
      points={points.map(({ date, invested, value }) => ({ date, balance: value.toFixed(2), against: invested.toFixed(2) }))}
      currency={currency}
      dateWord={m.date}
      valueWord={m.worth}
      againstWord={m.invested}
      hint={m.hint}
    />
  )
}
