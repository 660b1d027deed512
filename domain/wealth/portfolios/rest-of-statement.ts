import { type CalendarDate, Decimal, type Money } from '../../shared/index.ts'
import type { Exchange } from '../exchange-rates.ts'
import type { HoldingPrice } from './value-holdings.ts'

/** What an account was stated to be worth, and what happened in it since. */
export interface Statement {
  /** In the currency of the account. */
  readonly currency: string
  readonly balance: Money
  readonly date: CalendarDate
  /** Sum of the amounts of the transactions after the day of the statement. */
  readonly movedSince: Money
}

/** Units of a security at the end of the day of a statement; below zero if they are owed. */
export interface StatedUnits {
  readonly units: string
  /** On the day of the statement. Undefined: not known. */
  readonly price: HoldingPrice | undefined
}

/**
 * What an account with a stated balance has beside its securities: the stated balance less the securities at the prices of the day of the statement, and the
 * money that moved since. A security without a price or an exchange rate on that day is a part of the rest, since nothing says what it was worth.
 * Each security counts in whole cents, as institutions state it.
 * @returns in the currency of the account
 */
export const restOfStatement = (
  { balance, currency, date, movedSince }: Statement,
  securities: readonly StatedUnits[],
  exchange: Exchange,
): Money =>
  securities
    .reduce((rest, { price, units }) => {
      const rate = price && exchange(price.currency, currency, date)
      return price && rate ? rest.minus(new Decimal(units).times(price.price).times(rate).toDecimalPlaces(2)) : rest
    }, new Decimal(balance).plus(movedSince))
    .toFixed(2)
