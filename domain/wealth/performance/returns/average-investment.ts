import { type Outcome, outcomeOf, unknown } from '../outcome.ts'

/** Shares that were bought, or sold (negative), and their price without fees. */
export interface InvestmentChange {
  /** Days since 1970-01-01. */
  readonly day: number
  readonly quantity: number
  readonly price: number
}

export interface AverageInvestment {
  /** The mean of what was invested on the days on which something was. */
  readonly average: Outcome
  /** What the shares that are left have cost, at the average cost. */
  readonly atEnd: number
}

/**
 * What was invested in a position on average over time: the cost of the shares that were held, at their average cost, by days. A gain over it is the return on
 * average investment (ROAI), which is neither a time-weighted nor a money-weighted return. An estimate, without short sales.
 * @param changes in the order of days
 */
export const averageInvestment = (changes: readonly InvestmentChange[], lastDay: number): AverageInvestment => {
  let shares = 0
  let cost = 0
  let sum = 0
  let days = 0
  for (const [index, { day, price, quantity }] of changes.entries()) {
    if (quantity >= 0) cost += quantity * price
    else cost = shares > -quantity ? (cost * (shares + quantity)) / shares : 0
    shares = Math.max(0, shares + quantity)
    const until = Math.min(lastDay, changes[index + 1]?.day ?? lastDay)
    if (cost <= 0 || until <= day) continue
    sum += cost * (until - day)
    days += until - day
  }
  return { average: days === 0 ? unknown('no_capital') : outcomeOf(sum / days), atEnd: cost }
}
