import type { DailySeries } from '../daily-series.ts'
import type { HoldingHistory, ValueHistory } from './types.ts'

/** What is left of flows that cancel out, as a part of them, is rounding. */
const ROUNDING = 1e-12

/** The holdings of some accounts, or of all. What is on the way is a holding if both of its accounts are among them. */
export const holdingsOf = (history: ValueHistory, accountIds?: ReadonlySet<string>): HoldingHistory[] =>
  history.holdings.filter(
    ({ accountId, toAccountId }) => !accountIds || (accountIds.has(accountId) && (toAccountId === null || accountIds.has(toAccountId))),
  )

/**
 * Adds holdings up to a portfolio. Flows between the holdings cancel out: trades against the cash of their account, and transfers between the accounts, which
 * are on the way if their halves have different days. What remains is external. A holding without a known value on a day is not in the sums.
 */
export const portfolioSeries = (history: ValueHistory, accountIds?: ReadonlySet<string>): DailySeries =>
  sumHoldings(history.firstDay, history.lastDay, holdingsOf(history, accountIds))

/** Adds any holdings of a history up: flows against those that are left out are external. */
export const sumHoldings = (firstDay: number, lastDay: number, holdings: readonly HoldingHistory[]): DailySeries => {
  const days = lastDay - firstDay + 1
  const sumOf = (numbersOf: (holding: HoldingHistory) => Float64Array): Float64Array => {
    const sums = new Float64Array(days)
    for (const holding of holdings) {
      const numbers = numbersOf(holding)
      for (let day = 0; day < days; day += 1) sums[day]! += numbers[day]!
    }
    return sums
  }
  const gross = new Float64Array(days)
  for (const { flow } of holdings) for (let day = 0; day < days; day += 1) gross[day]! += Math.abs(flow[day]!)
  return {
    firstDay,
    openingValue: holdings.reduce((sum, { openingValue }) => sum + (openingValue ?? 0), 0),
    value: sumOf(({ value }) => value),
    externalFlow: sumOf(({ flow }) => flow).map((flow, day) => (Math.abs(flow) <= ROUNDING * gross[day]! ? 0 : flow)),
    income: sumOf(({ income }) => income),
    fees: sumOf(({ fees }) => fees),
    priceGain: sumOf(({ priceGain }) => priceGain),
    currencyGain: sumOf(({ currencyGain }) => currencyGain),
  }
}
