import type { RateByDay } from '../rates-by-day.ts'

/** A security of a benchmark: closes with the dividends and splits worked in, and its part of the benchmark. */
export interface BenchmarkPart {
  readonly weight: number
  readonly currency: string
  /** Days since 1970-01-01, ascending. */
  readonly days: Int32Array
  /** Adjusted for splits and dividends. */
  readonly closes: Float64Array
}

/**
 * The daily returns of a benchmark in a currency: the weighted returns of its securities, brought back to the weights each day. A day without a close has a return
 * of zero. NaN on the days before all of its securities have a price and a rate. An estimate.
 */
export const benchmarkReturns = (
  parts: readonly BenchmarkPart[],
  currency: string,
  firstDay: number,
  lastDay: number,
  rates: RateByDay,
): Float64Array => {
  const days = lastDay - firstDay + 1
  const returns = new Float64Array(days)
  if (parts.length === 0) return returns.fill(Number.NaN)
  for (const part of parts) {
    const levels = levelsOf(part, currency, firstDay - 1, days + 1, rates)
    for (let day = 0; day < days; day += 1) returns[day]! += part.weight * (levels[day + 1]! / levels[day]! - 1)
  }
  return returns
}

/** What one unit is worth at the end of each day; NaN before the first price. A day without a rate has that of the day before. */
const levelsOf = (
  { closes, currency: own, days, weight: _weight }: BenchmarkPart,
  currency: string,
  firstDay: number,
  count: number,
  rates: RateByDay,
): Float64Array => {
  const levels = new Float64Array(count).fill(Number.NaN)
  let place = -1
  let rate: number | undefined
  for (let day = 0; day < count; day += 1) {
    while (place + 1 < days.length && days[place + 1]! <= firstDay + day) place += 1
    rate = rates(own, currency, firstDay + day) ?? rate
    if (place >= 0 && rate !== undefined) levels[day] = closes[place]! * rate
  }
  return levels
}
