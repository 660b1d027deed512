import { longTermDayOf } from './holding-period.ts'
import { sharesOf } from './quantities.ts'
import { type Lot, type Purchase, type ShortSale, splitLot } from './state.ts'

/**
 * What short sales do to the holding period of identical shares in accounts that are taxed: of as many as were sold short, if they were held for one
 * year or less then or were acquired before the cover, it begins on the day of the cover or of their sale, IRC 1233(b)(2).
 */
export class ShortSales {
  private readonly open = new Map<Purchase, ShortSale>()
  private readonly isIdentical: (one: string, other: string) => boolean

  constructor(isIdentical: (one: string, other: string) => boolean) {
    this.isIdentical = isIdentical
  }

  /**
   * Shares were sold short. The loss on as many as have been held for more than a year is long-term, IRC 1233(d) and (e)(1): they become a lot of their own.
   * @param held identical shares, the oldest first
   */
  opened(lot: Lot, held: readonly Lot[]): void {
    const { purchase, quantity, symbol } = lot
    const young = held.filter(one => one.origin !== 'inheritance' && purchase.day < longTermDayOf(one.holdingDay))
    const longHeld = sharesOf(held) - sharesOf(young)
    const sale: ShortSale = { purchase, symbol, restarting: [], left: quantity, uncovered: quantity }
    this.open.set(purchase, sale)
    for (const one of young) join(sale, one)
    if (longHeld > 0n) takePart(lot, longHeld).isLongHeld = true
  }

  /** New shares in an account that is taxed. */
  acquired({ firstLot }: Purchase): void {
    for (const sale of this.open.values())
      for (let lot = firstLot; lot; lot = lot.sibling) if (this.isIdentical(sale.symbol, lot.symbol)) join(sale, lot)
  }

  /**
   * Shares came into an account that is taxed, from outside. Those that were given have been acquired on that day; the others when they were bought, and
   * they count unless that was more than a year before the short sale. Inherited ones are always long-term.
   */
  cameIn(lot: Lot): void {
    if (lot.origin === 'inheritance') return
    for (const sale of this.open.values())
      if (this.isIdentical(sale.symbol, lot.symbol) && (lot.origin === 'gift' || sale.purchase.day < longTermDayOf(lot.holdingDay)))
        join(sale, lot)
  }

  /** Shares of a short sale were covered on a day. */
  covered(purchase: Purchase, quantity: bigint, day: number): void {
    const sale = this.open.get(purchase)
    if (!sale) return
    let most = quantity
    for (const lot of sale.restarting.splice(0)) {
      if (lot.quantity === 0n) continue
      if (most === 0n) {
        sale.restarting.push(lot)
        continue
      }
      const part = takePart(lot, most)
      most -= part.quantity
      part.shortSale = undefined
      part.holdingDay = Math.max(part.holdingDay, day)
      part.book?.changed(part)
      if (part !== lot) sale.restarting.push(lot)
    }
    sale.uncovered -= quantity
    if (sale.uncovered <= 0n) this.open.delete(purchase)
  }

  split(symbol: string, numerator: bigint, denominator: bigint): void {
    for (const sale of this.open.values()) {
      if (sale.symbol !== symbol) continue
      sale.left = (sale.left * numerator) / denominator
      sale.uncovered = (sale.uncovered * numerator) / denominator
    }
  }
}

const join = (sale: ShortSale, lot: Lot): void => {
  if (sale.left === 0n || lot.shortSale || lot.quantity === 0n) return
  const part = takePart(lot, sale.left)
  part.shortSale = sale
  sale.restarting.push(part)
  sale.left -= part.quantity
}

/** A part of a lot, beside it in its book; or the lot itself. */
const takePart = (lot: Lot, most: bigint): Lot => {
  if (lot.quantity <= most) return lot
  lot.book?.leavePool(lot)
  const part = splitLot(lot, most)
  lot.book?.addPart(part, lot)
  return part
}
