import { exp, log } from './elementary.ts'
import { exactOrderStatistics, type OrderStatistics } from './quantiles.ts'

/** Sum from first to last: the order is part of the result's bits. */
export function sum(values: Float64Array): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]!
  return total
}

/** Sample standard deviation (divisor n - 1) around a given mean; 0 for a single value. */
export function standardDeviation(values: Float64Array, mean: number): number {
  if (values.length === 1) return 0
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i]! - mean
    squares += deviation * deviation
  }
  return Math.sqrt(squares / (values.length - 1))
}

function range(values: Float64Array): { minimum: number; maximum: number } {
  let minimum = Number.POSITIVE_INFINITY
  let maximum = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    minimum = Math.min(minimum, values[i]!)
    maximum = Math.max(maximum, values[i]!)
  }
  return { minimum, maximum }
}

/** Sum of the annual returns that compound to the gross returns over `years`. A gross return that underflowed to zero is a total loss: -1 per year. */
function sumAnnualised(growth: Float64Array, years: number): number {
  let total = 0
  for (let i = 0; i < growth.length; i++) total += growth[i] === 0 ? -1 : exp(log(growth[i]!) / years) - 1
  return total
}

/** The statistics of samples in a result. Each engine computes them with the same bits. */
export interface Statistics {
  readonly orderStatistics: OrderStatistics<Float64Array>
  readonly sum: typeof sum
  readonly standardDeviation: typeof standardDeviation
  readonly range: typeof range
  /** Quotients, one by one; valid until the next call. */
  readonly ratios: (numerators: Float64Array, denominators: Float64Array) => Float64Array
  readonly sumAnnualised: typeof sumAnnualised
}

export const plainStatistics: Statistics = {
  orderStatistics: exactOrderStatistics,
  sum,
  standardDeviation,
  range,
  ratios: (numerators, denominators) => numerators.map((numerator, i) => numerator / denominators[i]!),
  sumAnnualised,
}

/** Standard normal quantile of 0.975. */
const Z_975 = 1.9599639845400543

/**
 * Confidence interval of a proportion observed `count` times in `trials`; at the 95 % level by default.
 *
 * @param quantile of the standard normal distribution at (1 + level) / 2
 * Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927.
 */
export function wilsonInterval(count: number, trials: number, quantile = Z_975): { lower: number; upper: number } {
  const zz = quantile * quantile
  const proportion = count / trials
  const centre = proportion + zz / (2 * trials)
  const margin = quantile * Math.sqrt((proportion * (1 - proportion)) / trials + zz / (4 * trials * trials))
  const scale = 1 + zz / trials
  return {
    lower: count === 0 ? 0 : (centre - margin) / scale,
    upper: count === trials ? 1 : (centre + margin) / scale,
  }
}
