import { Decimal, type Issue, minorDigits, splitMoney, sumMoney } from '../shared/index.ts'

/** A part of a transaction: all parts have an amount as decimal text, or all have a weight. */
export interface SplitPart {
  readonly amount?: string | undefined
  readonly weight?: string | undefined
}

/**
 * The amounts of the parts of a transaction. Weights give whole minor units that add up exactly to the amount, by the largest remainder.
 * @param currency ISO 4217 code
 * @returns the amounts, or the issues: a part of zero or of the other sign, or a sum that differs
 */
export const splitTransaction = (
  amount: string,
  parts: readonly SplitPart[],
  currency: string,
): { readonly amounts: readonly string[] } | { readonly issues: readonly Issue[] } => {
  const whole = new Decimal(amount)
  const weights = parts.map(({ weight }) => weight ?? '0')
  if (parts[0]?.weight !== undefined && weights.every(weight => Number(weight) === 0))
    return { issues: [{ path: '', message: 'must have a weight above zero' }] }
  const amounts = parts[0]?.weight === undefined ? parts.map(part => new Decimal(part.amount ?? 0)) : splitMoney(whole, weights, currency)
  const digits = minorDigits(currency)
  const faults = amounts.flatMap((part, index): Issue[] => {
    if (part.isZero() || part.isNegative() !== whole.isNegative())
      return [{ path: String(index), message: `must not be zero and must have the sign of the transaction, ${amount}` }]
    return part.decimalPlaces() > digits
      ? [{ path: String(index), message: `must have at most ${digits} decimals, as ${currency} has` }]
      : []
  })
  if (faults.length > 0) return { issues: faults }
  const difference = whole.minus(sumMoney(amounts))
  if (!difference.isZero())
    return { issues: [{ path: '', message: `must add up to ${amount}: ${difference.toFixed(2)} is not divided yet` }] }
  return { amounts: amounts.map(part => part.toFixed(2)) }
}
