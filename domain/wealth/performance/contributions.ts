import { type DayRange, isSeries, seriesIn } from './daily-series.ts'
import { sumHoldings } from './history/portfolio-series.ts'
import type { HoldingHistory } from './history/types.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { dayReturns, type OutflowTime } from './returns/day-returns.ts'

export interface Contribution {
  readonly accountId: string
  /** Null for cash. */
  readonly symbol: string | null
  /** Of what is on the way between two accounts: the one that it comes into. */
  readonly toAccountId: string | null
  /** The part of the time-weighted return of all holdings that comes from this one. */
  readonly contribution: Outcome
}

/**
 * What each holding contributes to the time-weighted return of all of them: its gain of each day over the capital of all on that day, times what one unit of
 * the portfolio had become of by the day before. The contributions add up to the return. Cash is a holding. An estimate.
 * @param holdings of one history
 * @param firstDay of the history
 */
export const contributions = (
  holdings: readonly HoldingHistory[],
  firstDay: number,
  range: DayRange,
  outflows: OutflowTime = 'start',
): Contribution[] => {
  const days = holdings[0]?.value.length ?? 0
  const part = seriesIn(sumHoldings(firstDay, firstDay + days - 1, holdings), range)
  const daily = isSeries(part) ? dayReturns(part, outflows) : part
  const named = (holding: HoldingHistory, contribution: Outcome): Contribution => ({
    accountId: holding.accountId,
    symbol: holding.symbol,
    toAccountId: holding.toAccountId,
    contribution,
  })
  if (!('returns' in daily)) return holdings.map(holding => named(holding, daily))
  const weights = new Float64Array(daily.returns.length)
  let growth = 1
  for (let day = 0; day < weights.length; day += 1) {
    weights[day] = daily.capital[day] === 0 ? 0 : growth / daily.capital[day]!
    growth *= 1 + daily.returns[day]!
  }
  const start = range.from - firstDay
  return holdings.map(holding => {
    const { currencyGain, fees, income, priceGain } = holding
    let sum = 0
    for (let day = 0; day < weights.length; day += 1) {
      const at = start + day
      sum += weights[day]! * (priceGain[at]! + currencyGain[at]! + income[at]! - fees[at]!)
    }
    return named(holding, outcomeOf(sum))
  })
}
