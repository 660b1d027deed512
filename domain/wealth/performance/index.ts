export { type BenchmarkPart, benchmarkReturns } from './benchmark-returns.ts'
export { type Contribution, contributions } from './contributions.ts'
export { type DailySeries, type DayRange } from './daily-series.ts'
export { followAccounts } from './history/follow-accounts.ts'
export { calculateValueHistory } from './history/calculate-value-history.ts'
export { holdingsOf, portfolioSeries, sumHoldings } from './history/portfolio-series.ts'
export {
  type HistoryAccount,
  type HistoryEvent,
  type HistoryState,
  type HoldingHistory,
  type LastPrice,
  type MarketPrices,
  type RateOn,
  type ValueGap,
  type ValueHistory,
  type ValueHistoryInput,
} from './history/types.ts'
export { type StatedAccount, statedHistory } from './history/stated-account.ts'
export { type Known, type Outcome, type PerformanceReason, performanceReasons, type Unknown, unknown } from './outcome.ts'
export { type PerformanceReport, performanceReport, returnFigures, type ReturnFigure, returnsOf } from './report.ts'
export { type Period, type PeriodName, periodNames, performancePeriods } from './periods.ts'
export { type DayReturns, type OutflowTime } from './returns/day-returns.ts'
export { averageInvestment, type AverageInvestment, type InvestmentChange } from './returns/average-investment.ts'
export { modifiedDietz, type ModifiedDietz, type WeightedFlow } from './returns/modified-dietz.ts'
export { moneyWeightedReturn } from './returns/money-weighted.ts'
export { simpleReturn, type SimpleReturn } from './returns/simple-return.ts'
export { type SubPeriod, type TimeWeighted, timeWeightedReturn } from './returns/time-weighted.ts'
export { type CashFlow, xirr, type XirrResult } from './returns/xirr.ts'
export { alpha, beta, correlation, informationRatio, trackingError } from './risk/benchmark.ts'
export { datedDrawdown, type DatedDrawdown, type Drawdown, maximumDrawdown } from './risk/drawdown.ts'
export { calculateRisk, type RiskInput, type RiskMetric, riskMetrics, type RiskResult } from './risk/metrics.ts'
export {
  annualVolatility,
  calmarRatio,
  compoundAnnualReturn,
  downsideRisk,
  ratePerPeriod,
  sharpeRatio,
  sortinoRatio,
} from './risk/ratios.ts'
export { conditionalValueAtRisk, valueAtRisk } from './risk/value-at-risk.ts'
export { type WeekdayReturns, weekdayReturns } from './risk/weekday-returns.ts'
