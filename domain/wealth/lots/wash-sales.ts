import { centsOfPart } from './quantities.ts'
import { type Closed, type Lot, type Purchase, setUnit, splitLot } from './state.ts'

/** Days before and after a sale at a loss in which a purchase replaces the shares, IRC 1091(a). */
export const WASH_SALE_DAYS = 30

/** A loss and the shares that replaced those that were sold, while the calculation runs. */
export interface Match {
  readonly closed: Closed
  readonly purchase: Purchase
  readonly accountId: string
  readonly symbol: string
  readonly quantity: bigint
  readonly cents: number
  readonly isLost: boolean
}

/**
 * Finds the shares that replace those of losses, in the order of IRC 1091 and 26 CFR 1.1091-1: losses in the order of their sales, replacement shares in
 * the order of their purchases, each share once. Shares of one purchase do not replace one another, shares that were sold before the loss
 * replace nothing, and shares that have replaced others are not replaced by these in turn. The loss is added to the basis of the replacement
 * shares, and the time for which the sold shares were held to their holding period; in a tax-advantaged account the loss is lost (Rev. Rul. 2008-5).
 * A loss on a short sale is replaced by other short sales, 26 CFR 1.1091-1(g).
 */
export class WashSales {
  readonly matches: Match[] = []
  private readonly purchases: Purchase[] = []
  private firstPurchase = 0
  private readonly pending: Closed[] = []
  private firstPending = 0
  private today: Closed[] = []

  private readonly isIdentical: (one: string, other: string) => boolean
  private readonly insertPart: (part: Lot, rest: Lot) => void
  private readonly insertClosing: (part: Closed, rest: Closed) => void

  /**
   * @param insertPart called with a part that was taken out of a lot
   * @param insertClosing called with a part that was taken out of a closing of the day
   */
  constructor(
    isIdentical: (one: string, other: string) => boolean,
    insertPart: (part: Lot, rest: Lot) => void,
    insertClosing: (part: Closed, rest: Closed) => void,
  ) {
    this.isIdentical = isIdentical
    this.insertPart = insertPart
    this.insertClosing = insertClosing
  }

  /** New shares, or shares that are sold short: they replace those of losses of the 30 days before. */
  bought(lot: Lot): void {
    const { purchase } = lot
    this.purchases.push(purchase)
    while (this.firstPending < this.pending.length && this.pending[this.firstPending]!.closedDay < purchase.day - WASH_SALE_DAYS)
      this.firstPending += 1
    let rest: Lot | undefined = lot
    for (let index = this.firstPending; rest && !rest.isReplacement && index < this.pending.length; index += 1) {
      const closed = this.pending[index]!
      if (closed.openQuantity > 0n && this.canReplace(closed, purchase, rest.symbol)) rest = this.replace(closed, rest)
    }
  }

  /** A closing of the day that is running. Losses are looked at when the day ends. */
  closed(closing: Closed): void {
    this.today.push(closing)
    const { purchase } = closing
    if (!purchase) return
    if (purchase.closedDay === closing.closedDay) purchase.closedToday.push(closing)
    else {
      purchase.closedDay = closing.closedDay
      purchase.closedToday = [closing]
    }
  }

  /** The shares of losses that wait for a replacement change like all others. */
  split(symbol: string, numerator: bigint, denominator: bigint): void {
    for (let index = this.firstPending; index < this.pending.length; index += 1) {
      const closed = this.pending[index]!
      if (closed.symbol === symbol) closed.openQuantity = (closed.openQuantity * numerator) / denominator
    }
  }

  /** Losses of a security are replaced by purchases of the one that it has become. */
  renamed(symbol: string, newSymbol: string): void {
    for (let index = this.firstPending; index < this.pending.length; index += 1) {
      const closed = this.pending[index]!
      if (closed.symbol === symbol) closed.symbol = newSymbol
    }
  }

  /** Looks at the losses of the day, the shares that were bought first before the others. */
  endDay(): void {
    if (this.today.length === 0) return
    const queue = this.today.toSorted((one, other) => one.openedDay - other.openedDay)
    this.today = []
    for (let index = 0; index < queue.length; ) {
      const closed = queue[index]!
      index += 1
      if (closed.isLossProcessed || !isLoss(closed)) continue
      closed.isLossProcessed = true
      closed.openCents = closed.basisCents! - closed.proceedsCents!
      closed.openQuantity = closed.quantity
      const changed = this.replaceByEarlier(closed, queue)
      // A closing before this one can have become a loss.
      if (changed < index) index = changed
      if (closed.openQuantity > 0n) this.pending.push(closed)
    }
  }

  private canReplace(closed: Closed, purchase: Purchase, symbol: string): boolean {
    return (
      purchase !== closed.purchase &&
      purchase.isShort === closed.purchase!.isShort &&
      !closed.replaces.has(purchase) &&
      this.isIdentical(closed.symbol, symbol)
    )
  }

  /** Shares of the 30 days before, and of the day, that are held or were sold on the same day. Returns the first changed place of the queue. */
  private replaceByEarlier(closed: Closed, queue: Closed[]): number {
    let changed = queue.length
    while (this.firstPurchase < this.purchases.length && this.purchases[this.firstPurchase]!.day < closed.closedDay - WASH_SALE_DAYS)
      this.firstPurchase += 1
    for (let index = this.firstPurchase; closed.openQuantity > 0n && index < this.purchases.length; index += 1) {
      const purchase = this.purchases[index]!
      if (purchase === closed.purchase) continue
      if (purchase.closedDay === closed.closedDay)
        for (const sold of [...purchase.closedToday]) {
          if (closed.openQuantity === 0n) break
          if (sold.isReplacement || sold.isLossProcessed || sold.basisCents === null) continue
          if (sold.quantity === 0n || !this.canReplace(closed, purchase, sold.symbol)) continue
          changed = Math.min(changed, queue.indexOf(this.replaceSold(closed, sold, queue)))
        }
      for (const lot of [...purchase.lots]) {
        if (closed.openQuantity === 0n) break
        if (lot.quantity > 0n && !lot.isReplacement && this.canReplace(closed, purchase, lot.symbol)) this.replace(closed, lot)
      }
    }
    return changed
  }

  /** Lets shares of a lot replace those of a loss. Returns the rest of the lot, if there is one. */
  private replace(closed: Closed, lot: Lot): Lot | undefined {
    const isWhole = lot.quantity <= closed.openQuantity
    const part = isWhole ? lot : splitLot(lot, closed.openQuantity)
    if (!isWhole) this.insertPart(part, lot)
    const isLost = lot.account.isTaxAdvantaged
    const cents = this.record(closed, part.purchase, part.account.id, part.symbol, part.quantity, isLost)
    part.isReplacement = true
    part.replaces = new Set([...part.replaces, ...closed.replaces, closed.purchase!])
    if (!isLost) {
      part.washCents += cents
      if (part.lossCents >= 0) part.lossCents += cents
      part.holdingDay -= closed.closedDay - closed.holdingDay
      setUnit(part)
    }
    return isWhole ? undefined : lot
  }

  /** Lets shares that were sold on the day of a loss replace those of the loss. Returns the closing of these shares. */
  private replaceSold(closed: Closed, sold: Closed, queue: Closed[]): Closed {
    let part = sold
    if (sold.quantity > closed.openQuantity) {
      part = splitClosed(sold, closed.openQuantity)
      this.insertClosing(part, sold)
      sold.purchase!.closedToday.push(part)
      queue.splice(queue.indexOf(sold), 0, part)
    }
    const isLost = part.account.isTaxAdvantaged
    const cents = this.record(closed, part.purchase!, part.account.id, part.symbol, part.quantity, isLost)
    part.isReplacement = true
    part.replaces = new Set([...part.replaces, ...closed.replaces, closed.purchase!])
    if (!isLost) {
      part.basisCents! += cents
      part.holdingDay -= closed.closedDay - closed.holdingDay
    }
    return part
  }

  private record(closed: Closed, purchase: Purchase, accountId: string, symbol: string, quantity: bigint, isLost: boolean): number {
    const cents = centsOfPart(closed.openCents, quantity, closed.openQuantity)
    closed.openCents -= cents
    closed.openQuantity -= quantity
    closed.disallowedCents += cents
    this.matches.push({ closed, purchase, accountId, symbol, quantity, cents, isLost })
    return cents
  }
}

const isLoss = (closed: Closed): boolean =>
  !closed.account.isTaxAdvantaged &&
  closed.purchase !== null &&
  closed.quantity > 0n &&
  closed.basisCents !== null &&
  closed.proceedsCents !== null &&
  closed.proceedsCents < closed.basisCents

const splitClosed = (closed: Closed, quantity: bigint): Closed => {
  const part: Closed = {
    ...closed,
    quantity,
    proceedsCents: closed.proceedsCents === null ? null : centsOfPart(closed.proceedsCents, quantity, closed.quantity),
    basisCents: closed.basisCents === null ? null : centsOfPart(closed.basisCents, quantity, closed.quantity),
  }
  if (closed.proceedsCents !== null) closed.proceedsCents -= part.proceedsCents!
  if (closed.basisCents !== null) closed.basisCents -= part.basisCents!
  closed.quantity -= quantity
  return part
}
