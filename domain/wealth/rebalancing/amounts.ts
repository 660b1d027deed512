import { Decimal, formatMoney, type Money } from '../../shared/index.ts'
import { ONE_SHARE } from '../lots/quantities.ts'

const PRICE_DECIMALS = 12
/** One cent in units of quantity times price. */
const ONE_CENT = ONE_SHARE * 10n ** BigInt(PRICE_DECIMALS - 2)
/** The smallest part of a share in a proposed trade of fractions: a millionth. */
export const SHARE_STEP = ONE_SHARE / 1_000_000n

/** Part of a cent that is noise of floating point. */
const NOISE = 1e-3

/** Reads a price, decimal text of at most 12 decimals, as a whole number of 10^-12 dollars. */
export const priceUnits = (text: string): bigint => {
  const [whole, decimals = ''] = text.split('.') as [string, string?]
  return BigInt(whole + decimals.padEnd(PRICE_DECIMALS, '0'))
}

/** Reads an amount of dollars and cents as a whole number of cents. */
export const centsOf = (amount: Money): number => new Decimal(amount).times(100).toNumber()

export const moneyOf = (cents: number): Money => formatMoney(new Decimal(cents).dividedBy(100), 'USD')

/** What shares are worth, to the nearest cent, a half upwards. */
export const centsAt = (units: bigint, price: bigint): number => Number((2n * units * price + ONE_CENT) / (2n * ONE_CENT))

/** What shares are worth at most, in whole cents. */
export const centsUpTo = (units: bigint, price: bigint): number => Number((units * price + ONE_CENT - 1n) / ONE_CENT)

/** The most shares, in whole steps, that cost no more than an amount of cents. */
export const unitsWithin = (cents: number, price: bigint, step: bigint): bigint =>
  cents <= 0 ? 0n : ((BigInt(Math.floor(cents + NOISE)) * ONE_CENT) / price / step) * step

/** The fewest shares, in whole steps, that bring at least an amount of cents. */
export const unitsRaising = (cents: number, price: bigint, step: bigint): bigint => {
  const units = (BigInt(Math.ceil(cents - NOISE)) * ONE_CENT + price - 1n) / price
  return ((units + step - 1n) / step) * step
}

/** The text order of code units, which no locale changes. */
export const byText = (one: string, other: string): number => (one < other ? -1 : Number(one > other))
