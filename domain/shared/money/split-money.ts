import { minorDigits } from './currencies.ts'
import { Decimal } from './money.ts'

/** Scales weights to whole numbers with the same proportions. */
const wholeWeights = (weights: readonly (number | string | Decimal)[]): bigint[] => {
  const exact = weights.map(weight => new Decimal(weight))
  for (const [index, weight] of exact.entries()) {
    if (!weight.isFinite() || weight.lessThan(0))
      throw new RangeError(`weights.${index} is ${weight.toString()}: a weight must be zero or more`)
  }
  const decimals = Math.max(0, ...exact.map(weight => weight.decimalPlaces()))
  return exact.map(weight => BigInt(weight.toFixed(decimals).replace('.', '')))
}

/**
 * Divides an amount in proportion to weights, into whole minor units that add up exactly to it. Each part is its exact share rounded
 * towards zero; the units left over go one by one to the largest remainders, the earlier part first if remainders are equal (Hamilton's
 * method). Parts have the sign of the amount: a refund is split like the payment. A weight of zero gives zero.
 * @param amount a whole number of minor units of the currency
 * @param weights zero or more, at least one above zero; decimals such as "0.6" need not add up to 1
 * @param currency ISO 4217 code
 * @throws RangeError for other weights or amounts
 */
export const splitMoney = (amount: Decimal, weights: readonly (number | string | Decimal)[], currency: string): Decimal[] => {
  const digits = minorDigits(currency)
  if (!(amount.decimalPlaces() <= digits)) throw new RangeError(`${amount.toString()} is not a whole number of minor units of ${currency}`)
  const whole = wholeWeights(weights)
  const total = whole.reduce((sum, weight) => sum + weight, 0n)
  if (total === 0n) throw new RangeError('at least one weight must be above zero')
  const units = BigInt(amount.abs().toFixed(digits).replace('.', ''))
  const shares = whole.map((weight, index) => ({ index, units: (units * weight) / total, remainder: (units * weight) % total }))
  const left = Number(units - shares.reduce((sum, share) => sum + share.units, 0n))
  const extra = new Set(
    shares
      .toSorted((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
      .slice(0, left)
      .map(share => share.index),
  )
  const sign = amount.isNegative() ? -1n : 1n
  return shares.map(({ index, units }) => new Decimal(`${sign * (units + (extra.has(index) ? 1n : 0n))}e-${digits}`))
}
