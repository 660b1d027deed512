import { Decimal as Base } from 'decimal.js'
import { minorDigits } from './currencies.ts'

/** An amount of money as decimal text, `"-1234.56"`: the form in which it is sent, stored and hashed. Zero has no sign. */
export type Money = string

/**
 * Decimals for money: sums, and products of an amount with a price or a rate, are exact up to 50 significant digits. If digits are lost,
 * halves are rounded away from zero.
 */
export const Decimal = Base.clone({ precision: 50, rounding: Base.ROUND_HALF_UP })
export type Decimal = Base

/**
 * How an amount between two minor units is rounded. `half-up`: to the nearest, a half away from zero, as PostgreSQL's round(numeric) does.
 * `half-even`: to the nearest, a half to the even neighbour (banker's rounding). `down`: towards zero. `up`: away from zero.
 */
export type Rounding = 'half-even' | 'half-up' | 'down' | 'up'

const modes = {
  'half-even': Base.ROUND_HALF_EVEN,
  'half-up': Base.ROUND_HALF_UP,
  down: Base.ROUND_DOWN,
  up: Base.ROUND_UP,
} as const satisfies Record<Rounding, Base.Rounding>

const moneyPattern = /^-?\d{1,18}(\.\d{1,8})?$/

const isNegativeZero = (amount: Decimal): boolean => amount.isZero() && amount.isNegative()

/**
 * Reads an amount of money.
 * @param text at most 18 digits before the decimal point; zeros beyond the currency's minor unit are allowed, as in "1000.00" JPY
 * @param currency ISO 4217 code
 * @throws RangeError for another form of text, a negative zero, and an amount that is not a whole number of minor units
 */
export const parseMoney = (text: Money, currency: string): Decimal => {
  const amount = moneyPattern.test(text) ? new Decimal(text) : undefined
  if (amount === undefined || isNegativeZero(amount)) {
    throw new RangeError(`"${text}" is not an amount of money: a decimal string, like "-1234.56"`)
  }
  const digits = minorDigits(currency)
  if (amount.decimalPlaces() > digits) throw new RangeError(`"${text}" has more than the ${digits} decimals of ${currency}`)
  return amount
}

/**
 * Rounds an amount to the minor unit of its currency. A zero result has no sign.
 * @param currency ISO 4217 code
 */
export const roundMoney = (amount: Decimal, currency: string, rounding: Rounding = 'half-up'): Decimal => {
  const rounded = amount.toDecimalPlaces(minorDigits(currency), modes[rounding])
  return isNegativeZero(rounded) ? rounded.abs() : rounded
}

/**
 * The text of an amount, rounded to the minor unit of its currency and with all of its decimals: "5.00" USD, "5" JPY.
 * @param currency ISO 4217 code
 * @throws RangeError for NaN and infinities
 */
export const formatMoney = (amount: Decimal, currency: string, rounding: Rounding = 'half-up'): Money => {
  if (!amount.isFinite()) throw new RangeError(`${amount.toString()} is not an amount of money`)
  return roundMoney(amount, currency, rounding).toFixed(minorDigits(currency))
}

/** Exact sum of amounts of one currency; zero for an empty list. */
export const sumMoney = (amounts: Iterable<Decimal>): Decimal => {
  let sum: Decimal = new Decimal(0)
  for (const amount of amounts) sum = sum.plus(amount)
  return sum
}
