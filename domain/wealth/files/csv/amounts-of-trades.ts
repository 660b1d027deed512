import { Decimal, type Money } from '../../../shared/index.ts'
import { isZero, magnitude, negated } from '../amounts.ts'
import type { FileCharges } from '../rows.ts'

/** What a row of a trade says of its money. */
export interface TradeFigures {
  /** As the file writes it. */
  readonly amount: Money | undefined
  readonly quantity: string | undefined
  readonly price: string | undefined
  readonly charges: FileCharges | undefined
}

/** Quantity times price, rounded to two decimals. */
export const grossOf = ({ price, quantity }: Pick<TradeFigures, 'price' | 'quantity'>): Money | undefined =>
  price === undefined || quantity === undefined ? undefined : magnitude(new Decimal(quantity).times(price).toFixed(2))

/** Commission and fees together. */
export const feesOf = (charges: FileCharges | undefined): Money => new Decimal(charges?.commission ?? 0).plus(charges?.fees ?? 0).toFixed(2)

export const computedNote = 'Amounts without a figure were computed from quantity, price and fees.'

export interface TradeAmount {
  readonly amount: Money
  /** Said of the whole file once. */
  readonly note?: string
}

/**
 * The money of a trade with its sign. An amount that is exactly quantity times price does not include the fees, which are then counted too;
 * any other amount is taken as it stands. Without an amount it is computed. Undefined if nothing gives it.
 */
export const amountOfTrade = (figures: TradeFigures, isOut: boolean): TradeAmount | undefined => {
  const gross = grossOf(figures)
  const fees = feesOf(figures.charges)
  const signed = (net: Money): Money => (isOut ? negated(net) : net)
  const withFees = (amount: Money): Money =>
    isOut ? new Decimal(amount).plus(fees).toFixed(2) : new Decimal(amount).minus(fees).toFixed(2)
  if (figures.amount !== undefined) {
    const given = magnitude(figures.amount)
    if (given !== gross || isZero(fees)) return { amount: signed(given) }
    return { amount: signed(withFees(given)), note: 'Amounts of trades do not include the fees. The fees were counted with them.' }
  }
  if (gross === undefined) return undefined
  return { amount: signed(withFees(gross)), note: computedNote }
}
