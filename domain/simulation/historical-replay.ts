import { normalisedWeights } from './portfolio.ts'
import type { HistoricalReturns } from './return-models.ts'
import type { SimulationSpec } from './spec.ts'

/** A withdrawal study: the outcome of a retirement that starts in each year of the history. */
export interface HistoricalReplay {
  /** Consecutive calendar years, as annual or monthly returns; rebalanced to the weights at the end of each period. */
  history: HistoricalReturns
  horizonYears: number
  /** First year's withdrawal as a fraction of the opening balance; with monthly returns, a twelfth of it is withdrawn each month. */
  withdrawalRate: number
  /** Whether withdrawals rise with the history's inflation, period by period, or stay level. */
  withdrawals: 'real' | 'nominal'
  /** 'begin': pay, then grow; 'end': grow, then pay, at prices of the period's end. */
  flowTiming: SimulationSpec['flowTiming']
}

/** One retirement, from the start of `startYear` (with monthly returns, its January). */
export interface Cohort {
  startYear: number
  /** Whether every withdrawal was paid in full; a balance of exactly zero after the last one is a success. */
  success: boolean
  /** Calendar year in which a withdrawal could first not be paid in full. */
  depletedIn?: number
  /** Balance after the horizon, as a multiple of the opening balance. */
  closing: number
  /** Withdrawal rate that this cohort could have paid to the last cent. */
  safeRate: number
}

/**
 * Every cohort with its whole horizon inside the history, by start year.
 * Source: Bengen, "Determining withdrawal rates using historical data", Journal of Financial Planning, October 1994;
 * Cooley, Hubbard and Walz, "Retirement savings: choosing a withdrawal rate that is sustainable", AAII Journal, February 1998.
 *
 * @throws RangeError if the years are not consecutive, or fewer than the horizon
 */
export function replayHistory(replay: HistoricalReplay): Cohort[] {
  const { history, horizonYears, withdrawals, flowTiming } = replay
  const { years, periodsPerYear = 1 } = history
  if (years.some((year, i) => year !== years[0]! + i)) throw new RangeError('the history leaves out a year')
  if (!(Number.isInteger(horizonYears) && horizonYears >= 1 && horizonYears <= years.length)) {
    throw new RangeError(`a horizon of ${horizonYears} years does not fit into a history of ${years.length}`)
  }
  const market = portfolioPeriods(history)
  const inflation = withdrawals === 'real' ? market.inflation : market.inflation.fill(1)
  return years.slice(0, years.length - horizonYears + 1).map((startYear, start) => {
    const [from, to] = [start * periodsPerYear, (start + horizonYears) * periodsPerYear]
    const growth = market.growth.subarray(from, to)
    const prices = inflation.subarray(from, to)
    const safeRate = periodsPerYear * safeWithdrawalRate(growth, prices, flowTiming)
    return { startYear, safeRate, ...replayCohort(replay, startYear, growth, prices) }
  })
}

function replayCohort(
  replay: HistoricalReplay,
  startYear: number,
  growth: Float64Array,
  inflation: Float64Array,
): Omit<Cohort, 'startYear' | 'safeRate'> {
  const { periodsPerYear = 1 } = replay.history
  const withdrawal = replay.withdrawalRate / periodsPerYear
  let balance = 1
  let priceIndex = 1
  for (let period = 0; period < growth.length; period++) {
    if (replay.flowTiming === 'begin') balance = (balance - withdrawal * priceIndex) * growth[period]!
    priceIndex *= inflation[period]!
    if (replay.flowTiming === 'end') balance = balance * growth[period]! - withdrawal * priceIndex
    if (balance < 0) return { success: false, depletedIn: startYear + Math.floor(period / periodsPerYear), closing: 0 }
  }
  return { success: true, closing: balance }
}

/**
 * The constant real withdrawal per period, as a fraction of the opening balance, that exhausts a portfolio exactly at the end: 1 / sum of I_k / G_k, with G_k and I_k the cumulative
 * growth and inflation before payment k.
 *
 * @param growth gross portfolio return of each period
 * @param inflation gross inflation of each period; ones for level withdrawals
 */
export function safeWithdrawalRate(
  growth: ArrayLike<number>,
  inflation: ArrayLike<number>,
  flowTiming: SimulationSpec['flowTiming'],
): number {
  let discounted = 1
  let total = 0
  for (let period = 0; period < growth.length; period++) {
    if (flowTiming === 'begin') total += discounted
    discounted *= inflation[period]! / growth[period]!
    if (flowTiming === 'end') total += discounted
  }
  return 1 / total
}

/** Gross portfolio return (rebalanced each period) and gross inflation of each period of a history. */
export function portfolioPeriods(history: HistoricalReturns): { growth: Float64Array; inflation: Float64Array } {
  const weights = normalisedWeights(history.assets)
  return {
    growth: Float64Array.from(history.inflation, (_, row) =>
      history.assets.reduce((total, asset, index) => total + weights[index]! * (1 + asset.returns[row]!), 0),
    ),
    inflation: Float64Array.from(history.inflation, rate => 1 + rate),
  }
}
