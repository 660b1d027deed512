import { log1p } from '../../../numeric/index.ts'
import { compounded } from '../compounded.ts'
import { type Outcome, outcomeOf, unknown } from '../outcome.ts'
import { codeviation, deviation, excess, mean, paired } from './observations.ts'

/** The slope of the returns on those of the benchmark, over the periods in which both have one. */
export const beta = (returns: Float64Array, benchmark: Float64Array): Outcome => {
  const [own, other] = paired(returns, benchmark)
  if (own.length < 2) return unknown('too_few_observations')
  if (deviation(other) === 0) return unknown('no_variation')
  return outcomeOf(codeviation(own, other) / codeviation(other, other))
}

/** Jensen's alpha, compounded to a year. @param riskFree rate per period */
export const alpha = (returns: Float64Array, benchmark: Float64Array, perYear: number, riskFree = 0): Outcome => {
  const slope = beta(returns, benchmark)
  if (slope.value === null) return slope
  const [own, other] = paired(returns, benchmark)
  const each = mean(excess(own, riskFree)) - slope.value * mean(excess(other, riskFree))
  if (each <= -1) return unknown('total_loss')
  return compounded(log1p(each) * perYear)
}

/** The returns less those of the benchmark, where both have one. */
const active = (returns: Float64Array, benchmark: Float64Array): Float64Array => {
  const [own, other] = paired(returns, benchmark)
  return excess(own, other)
}

export const trackingError = (returns: Float64Array, benchmark: Float64Array, perYear: number): Outcome => {
  const values = active(returns, benchmark)
  return values.length < 2 ? unknown('too_few_observations') : outcomeOf(deviation(values) * Math.sqrt(perYear))
}

export const informationRatio = (returns: Float64Array, benchmark: Float64Array, perYear: number): Outcome => {
  const values = active(returns, benchmark)
  if (values.length < 2) return unknown('too_few_observations')
  const spread = deviation(values)
  return spread === 0 ? unknown('no_variation') : outcomeOf((mean(values) / spread) * Math.sqrt(perYear))
}

export const correlation = (returns: Float64Array, benchmark: Float64Array): Outcome => {
  const [own, other] = paired(returns, benchmark)
  if (own.length < 2) return unknown('too_few_observations')
  if (deviation(own) === 0 || deviation(other) === 0) return unknown('no_variation')
  const value = codeviation(own, other) / Math.sqrt(codeviation(own, own) * codeviation(other, other))
  return outcomeOf(Math.max(-1, Math.min(1, value)))
}
