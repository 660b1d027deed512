import { dateOfEpochDay } from '../../../domain/shared/index.ts'
import {
  type Outcome,
  periodNames,
  performanceReport,
  returnFigures,
  returnsOf,
  type RiskMetric,
  riskMetrics,
  unknown,
} from '../../../domain/wealth/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { rangesOf, readScope } from '../performance-scope.ts'
import { presentFigure, presentFigures } from '../present-performance.ts'
import { readBenchmark } from '../read-performance.ts'
import { wealthRoutes } from '../routes.ts'

const nothing = { sums: null, returns: null, risk: null, drawdown: null, benchmark: null, periods: [], contributions: [], points: [] }

export const handler = serve(wealthRoutes['get-performance'], async ({ query, transaction }) => {
  const scope = await readScope(transaction, query)
  const { benchmarkId, currency, history, holdings } = scope
  const { riskFreeRate } = query
  if (!history) return ok({ currency, firstDate: null, from: null, to: null, ...nothing, riskFreeRate, unpriced: [], unconverted: [] })
  const { firstDay, lastDay } = history
  const { firstDate, periods, range } = rangesOf(query, { ...scope, history })
  const benchmark = benchmarkId === null ? undefined : await readBenchmark(transaction, benchmarkId, history)
  const input = { holdings, firstDay, lastDay, riskFreeRate: Number(riskFreeRate), benchmark: benchmark?.returns }
  const { drawdown, risk, returns, series, ...report } = performanceReport(input, range)
  const known = Object.fromEntries(Object.entries(risk).map(([key, outcome]) => [key, outcome ?? unknown('no_benchmark')])) as Record<
    RiskMetric,
    Outcome
  >
  const isAsked = ({ symbol }: { readonly symbol: string | null }) => query.symbol === undefined || symbol === query.symbol
  return ok({
    currency,
    firstDate,
    from: dateOfEpochDay(range.from),
    to: dateOfEpochDay(range.to),
    sums: report.sums,
    returns: presentFigures(returns, returnFigures),
    risk: presentFigures(known, riskMetrics),
    drawdown: { peakDate: drawdown.peakDate, troughDate: drawdown.troughDate, recoveryDate: drawdown.recoveryDate },
    benchmark: benchmark ? { symbol: benchmark.symbol, name: benchmark.name } : null,
    riskFreeRate,
    periods: periodNames.map(name => {
      const period = periods[name]
      if (!('days' in period)) {
        const figure = presentFigure(period)
        return {
          period: name,
          from: null,
          to: null,
          timeWeighted: figure,
          timeWeightedAnnual: figure,
          moneyWeighted: figure,
          benchmark: figure,
        }
      }
      const { from, to } = period
      const figures = returnsOf(series, period.days, benchmark?.returns)
      return {
        period: name,
        from,
        to,
        timeWeighted: presentFigure(figures.timeWeighted),
        timeWeightedAnnual: presentFigure(figures.timeWeightedAnnual),
        moneyWeighted: presentFigure(figures.moneyWeighted),
        benchmark: presentFigure(figures.benchmark),
      }
    }),
    contributions: report.contributions.map(({ contribution, ...item }) => ({ ...item, contribution: presentFigure(contribution) })),
    points: [...report.points],
    unpriced: history.unpriced.filter(isAsked),
    unconverted: history.unconverted.filter(isAsked),
  })
})
