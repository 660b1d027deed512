/**
 * Exponential smoothing a(i) = a(i-1) + weight (x(i) - a(i-1)), seeded with the simple mean of its first `period` values: NaN before the
 * seed, which is at the last of them. The seed's share in a value `k` pushes later is (1 - weight)^k, so a value depends less and less
 * on where the series begins. NaN is not counted: a pushed NaN is returned, and the average does not change.
 */
export class ExponentialAverage {
  private readonly period: number
  private readonly weight: number
  private missing: number
  private average = 0

  /** @param weight of the newest value; 2 / (period + 1) is the usual one, 1 / period that of Wilder's averages */
  constructor(period: number, weight = 2 / (period + 1)) {
    this.period = period
    this.weight = weight
    this.missing = period
  }

  push(value: number): number {
    if (Number.isNaN(value)) return value
    if (this.missing === 0) return (this.average += this.weight * (value - this.average))
    this.average += value
    this.missing--
    if (this.missing > 0) return Number.NaN
    return (this.average /= this.period)
  }
}

/** The EMA over `period` of another EMA. It begins at the same bar with the same value, so the two are equal at first. */
export const averageOfAverage = (period: number): ExponentialAverage => new ExponentialAverage(1, 2 / (period + 1))

/** Wilder's average: weight 1 / period. J. Welles Wilder, New Concepts in Technical Trading Systems, 1978. */
export const wilderAverage = (period: number): ExponentialAverage => new ExponentialAverage(period, 1 / period)

/** How Wilder's averages begin, for the descriptions of indicators that use them. */
export const wilderConvention =
  "Wilder's averages begin with the simple mean of their first values, as in Wilder's book. Packages that begin them otherwise have other values at first; the difference fades."

/** The same for exponential moving averages. */
export const exponentialConvention =
  'Exponential averages begin with the simple mean of their first values, as in TA-Lib and TTR. Packages that begin with the first value have other values at first; the difference fades.'
