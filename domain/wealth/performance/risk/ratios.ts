import { log, log1p } from '../../../numeric/index.ts'
import { compounded, growthLessOne } from '../compounded.ts'
import { type Outcome, outcomeOf, unknown } from '../outcome.ts'
import { maximumDrawdown } from './drawdown.ts'
import { deviation, excess, growthOf, mean, present } from './observations.ts'

/** Returns a year has, by the length of their period. Days are trading days. */
export const periodsPerYear = { daily: 252, weekly: 52, monthly: 12, yearly: 1 } as const

/** A rate for each period that compounds to a rate per year. */
export const ratePerPeriod = (annualRate: number, perYear: number): number => growthLessOne(log1p(annualRate) / perYear)

/** The yearly rate that returns compound to. Periods without a return count for the time. */
export const compoundAnnualReturn = (returns: Float64Array, perYear: number): Outcome => {
  if (present(returns).length === 0) return unknown('too_few_observations')
  const growth = growthOf(returns)
  if (growth < 0) return unknown('total_loss')
  if (growth === 0) return { value: -1 }
  if (!Number.isFinite(growth)) return unknown('not_finite')
  return compounded((log(growth) * perYear) / returns.length)
}

export const annualVolatility = (returns: Float64Array, perYear: number): Outcome => {
  const values = present(returns)
  return values.length < 2 ? unknown('too_few_observations') : outcomeOf(deviation(values) * Math.sqrt(perYear))
}

/** @param riskFree rate per period, or one for each period */
export const sharpeRatio = (returns: Float64Array, perYear: number, riskFree: number | Float64Array = 0): Outcome => {
  const values = present(excess(returns, riskFree))
  if (values.length < 2) return unknown('too_few_observations')
  const spread = deviation(values)
  return spread === 0 ? unknown('no_variation') : outcomeOf((mean(values) / spread) * Math.sqrt(perYear))
}

/** @param required return per period, or one for each period */
export const downsideRisk = (returns: Float64Array, perYear: number, required: number | Float64Array = 0): Outcome => {
  const values = present(excess(returns, required))
  if (values.length === 0) return unknown('too_few_observations')
  let squares = 0
  for (const value of values) if (value < 0) squares += value * value
  return outcomeOf(Math.sqrt(squares / values.length) * Math.sqrt(perYear))
}

/** @param required return per period, or one for each period */
export const sortinoRatio = (returns: Float64Array, perYear: number, required: number | Float64Array = 0): Outcome => {
  const values = present(excess(returns, required))
  if (values.length < 2) return unknown('too_few_observations')
  const risk = downsideRisk(returns, perYear, required)
  if (risk.value === null) return risk
  return risk.value === 0 ? unknown('no_downside') : outcomeOf((mean(values) * perYear) / risk.value)
}

export const calmarRatio = (returns: Float64Array, perYear: number): Outcome => {
  const annual = compoundAnnualReturn(returns, perYear)
  if (annual.value === null) return annual
  const drawdown = maximumDrawdown(returns)
  if (drawdown.depth.value === null) return drawdown.depth
  return drawdown.depth.value === 0 ? unknown('no_drawdown') : outcomeOf(annual.value / -drawdown.depth.value)
}
