import type { Outcome } from '../outcome.ts'
import { alpha, beta, correlation, informationRatio, trackingError } from './benchmark.ts'
import { type Drawdown, maximumDrawdown } from './drawdown.ts'
import { annualVolatility, calmarRatio, compoundAnnualReturn, downsideRisk, sharpeRatio, sortinoRatio } from './ratios.ts'
import { conditionalValueAtRisk, valueAtRisk } from './value-at-risk.ts'

/** What each metric is called and how it is computed. `n` is the number of periods in a year. */
export const riskMetrics = {
  annualReturn: {
    name: 'Annual return',
    formula: 'Growth of one unit over all periods, to the power of n over the number of periods, less 1. Periods without a return count.',
  },
  annualVolatility: {
    name: 'Annual volatility',
    formula: 'Sample standard deviation of the returns (divisor: number of returns less 1), times the square root of n.',
  },
  sharpeRatio: {
    name: 'Sharpe ratio',
    formula:
      'Mean of the returns less the risk-free rate of the period, over the sample standard deviation of these, times the square root of n.',
  },
  downsideRisk: {
    name: 'Downside risk',
    formula: 'Square root of the mean, over all returns, of the squares of what is below the required return, times the square root of n.',
  },
  sortinoRatio: {
    name: 'Sortino ratio',
    formula:
      'Mean of the returns less the required return of the period, times n, over the downside risk. The required return is the risk-free rate.',
  },
  calmarRatio: { name: 'Calmar ratio', formula: 'Annual return over the size of the maximum drawdown.' },
  maximumDrawdown: {
    name: 'Maximum drawdown',
    formula: 'The least value of growth over its highest value so far, less 1. The value before the first return counts as a high.',
  },
  valueAtRisk: {
    name: 'Value at risk, 95 %',
    formula: 'The 5th percentile of the returns, linear between two returns. Negative for a loss.',
  },
  conditionalValueAtRisk: {
    name: 'Conditional value at risk, 95 %',
    formula: 'Mean of the k lowest returns; k is 5 % of the number of returns less 1, rounded down, plus 1. Negative for a loss.',
  },
  beta: {
    name: 'Beta',
    formula:
      'Covariance of the returns with those of the benchmark, over the variance of those of the benchmark, where both have a return.',
  },
  alpha: {
    name: 'Alpha',
    formula:
      'Mean of the returns less the risk-free rate, less beta times the same mean of the benchmark; 1 plus this, to the power of n, less 1.',
  },
  trackingError: {
    name: 'Tracking error',
    formula: 'Sample standard deviation of the returns less those of the benchmark, times the square root of n.',
  },
  informationRatio: {
    name: 'Information ratio',
    formula:
      'Mean of the returns less those of the benchmark, over the sample standard deviation of these differences, times the square root of n.',
  },
  correlation: {
    name: 'Correlation',
    formula: 'Covariance of the returns with those of the benchmark, over the product of both standard deviations.',
  },
} as const
export type RiskMetric = keyof typeof riskMetrics

export interface RiskInput {
  /** One for each period; NaN where there is none. */
  readonly returns: Float64Array
  readonly periodsPerYear: number
  /** Per period: see `ratePerPeriod`. It is the required return too. */
  readonly riskFree: number
  /** Of the same periods. */
  readonly benchmark?: Float64Array | undefined
}

export interface RiskResult {
  readonly metrics: Readonly<Record<RiskMetric, Outcome | null>>
  readonly drawdown: Drawdown
}

/** All metrics of a series of returns: estimates. Those against a benchmark are null if there is none. */
export const calculateRisk = ({ benchmark, periodsPerYear, returns, riskFree }: RiskInput): RiskResult => {
  const drawdown = maximumDrawdown(returns)
  const against = (metric: (benchmark: Float64Array) => Outcome): Outcome | null => (benchmark ? metric(benchmark) : null)
  return {
    drawdown,
    metrics: {
      annualReturn: compoundAnnualReturn(returns, periodsPerYear),
      annualVolatility: annualVolatility(returns, periodsPerYear),
      sharpeRatio: sharpeRatio(returns, periodsPerYear, riskFree),
      downsideRisk: downsideRisk(returns, periodsPerYear, riskFree),
      sortinoRatio: sortinoRatio(returns, periodsPerYear, riskFree),
      calmarRatio: calmarRatio(returns, periodsPerYear),
      maximumDrawdown: drawdown.depth,
      valueAtRisk: valueAtRisk(returns),
      conditionalValueAtRisk: conditionalValueAtRisk(returns),
      beta: against(other => beta(returns, other)),
      alpha: against(other => alpha(returns, other, periodsPerYear, riskFree)),
      trackingError: against(other => trackingError(returns, other, periodsPerYear)),
      informationRatio: against(other => informationRatio(returns, other, periodsPerYear)),
      correlation: against(other => correlation(returns, other)),
    },
  }
}
