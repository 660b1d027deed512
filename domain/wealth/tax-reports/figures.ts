import { Decimal, formatMoney, type Money, sumMoney } from '../../shared/index.ts'

/** How amounts are written: with their cents, or in whole dollars as forms allow. */
export type FormRounding = 'cents' | 'dollars'

/** An amount in dollars and cents. */
export const inCents = (amount: Decimal): Money => formatMoney(amount, 'USD')

/**
 * An amount as a form has it. Whole dollars: less than 50 cents are dropped, 50 cents and more go to the next dollar.
 * Source: Instructions for Form 8949, "Rounding Off to Whole Dollars".
 */
export const onForm = (amount: Decimal, rounding: FormRounding): Money =>
  inCents(rounding === 'dollars' ? amount.toDecimalPlaces(0, Decimal.ROUND_HALF_UP) : amount)

/** The sum of amounts as text. */
export const sumOf = (amounts: Iterable<Money>): Money => inCents(sumMoney([...amounts].map(amount => new Decimal(amount))))

/** A figure of a report with the transactions that it is made of. */
export interface Figure {
  readonly amount: Money
  readonly transactionIds: readonly string[]
}

/** An amount of one transaction. */
export interface Part {
  readonly transactionId: string
  readonly amount: Money
}

/** The figure of some parts. A transaction with several parts is named once. */
export const figureOf = (parts: readonly Part[]): Figure => ({
  amount: sumOf(parts.map(({ amount }) => amount)),
  transactionIds: [...new Set(parts.map(({ transactionId }) => transactionId))],
})
