import { normalisedWeights } from './portfolio.ts'
import type { HistoricalReturns } from './return-models.ts'
import type { SimulationSpec } from './spec.ts'

/** A withdrawal study: what would have become of everyone who retired in a year of the past. */
export interface HistoricalReplay {
  /** Consecutive calendar years, rebalanced to the weights at each year's end. */
  history: HistoricalReturns
  horizonYears: number
  /** First year's withdrawal as a fraction of the opening balance. */
  withdrawalRate: number
  /** Whether withdrawals rise with the history's inflation or stay level. */
  withdrawals: 'real' | 'nominal'
  /** 'begin': pay, then grow; 'end': grow, then pay, at year-end prices. */
  flowTiming: SimulationSpec['flowTiming']
}

/** One retirement, from the start of `startYear`. */
export interface Cohort {
  startYear: number
  /** Whether every withdrawal was paid in full; exactly zero after the last is a success. */
  success: boolean
  /** Calendar year in which a withdrawal could first not be paid in full. */
  depletedIn?: number
  /** Balance after the horizon, as a multiple of the opening balance. */
  closing: number
  /** Withdrawal rate that this cohort could have paid to the last cent. */
  safeRate: number
}

/**
 * Every cohort whose whole horizon lies within the history, by start year.
 * Source: Bengen, "Determining withdrawal rates using historical data", Journal of Financial Planning, October 1994;
 * Cooley, Hubbard and Walz, "Retirement savings: choosing a withdrawal rate that is sustainable", AAII Journal, February 1998.
 *
 * @throws RangeError if the years are not consecutive, or fewer than the horizon
 */
export function replayHistory(replay: HistoricalReplay): Cohort[] {
  const { history, horizonYears, withdrawals, flowTiming } = replay
  const { years } = history
  if (years.some((year, i) => year !== years[0]! + i)) throw new RangeError('the history leaves out a year')
  if (!(Number.isInteger(horizonYears) && horizonYears >= 1 && horizonYears <= years.length)) {
    throw new RangeError(`a horizon of ${horizonYears} years does not fit into a history of ${years.length}`)
  }
  const market = portfolioYears(history)
  const inflation = withdrawals === 'real' ? market.inflation : market.inflation.fill(1)
  return years.slice(0, years.length - horizonYears + 1).map((startYear, start) => {
    const growth = market.growth.subarray(start, start + horizonYears)
    const prices = inflation.subarray(start, start + horizonYears)
    const safeRate = safeWithdrawalRate(growth, prices, flowTiming)
    return { startYear, safeRate, ...replayCohort(replay, startYear, growth, prices) }
  })
}

function replayCohort(
  replay: HistoricalReplay,
  startYear: number,
  growth: Float64Array,
  inflation: Float64Array,
): Omit<Cohort, 'startYear' | 'safeRate'> {
  let balance = 1
  let priceIndex = 1
  for (let year = 0; year < growth.length; year++) {
    if (replay.flowTiming === 'begin') balance = (balance - replay.withdrawalRate * priceIndex) * growth[year]!
    priceIndex *= inflation[year]!
    if (replay.flowTiming === 'end') balance = balance * growth[year]! - replay.withdrawalRate * priceIndex
    if (balance < 0) return { success: false, depletedIn: startYear + year, closing: 0 }
  }
  return { success: true, closing: balance }
}

/**
 * The constant real withdrawal rate that exhausts a portfolio exactly at the end: 1 / sum of I_k / G_k, with G_k and I_k the cumulative
 * growth and inflation before payment k.
 *
 * @param growth gross portfolio return of each year
 * @param inflation gross inflation of each year; ones for level withdrawals
 */
export function safeWithdrawalRate(
  growth: ArrayLike<number>,
  inflation: ArrayLike<number>,
  flowTiming: SimulationSpec['flowTiming'],
): number {
  let discounted = 1
  let total = 0
  for (let year = 0; year < growth.length; year++) {
    if (flowTiming === 'begin') total += discounted
    discounted *= inflation[year]! / growth[year]!
    if (flowTiming === 'end') total += discounted
  }
  return 1 / total
}

/** Gross portfolio return (rebalanced each year) and gross inflation of each calendar year of a history. */
export function portfolioYears(history: HistoricalReturns): { growth: Float64Array; inflation: Float64Array } {
  const weights = normalisedWeights(history.assets)
  return {
    growth: Float64Array.from(history.years, (_, row) =>
      history.assets.reduce((total, asset, index) => total + weights[index]! * (1 + asset.returns[row]!), 0),
    ),
    inflation: Float64Array.from(history.inflation, rate => 1 + rate),
  }
}
