import { centsOfPart } from './quantities.ts'
import { type Closed, type Lot, noPurchases, type Purchase, splitLot } from './state.ts'

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
  /** Purchases by day that can still be replacements. */
  private readonly purchases: Purchase[] = []
  private firstPurchase = 0
  /** Losses in order that still wait for replacements. */
  private pending: Closed[] = []
  private today: Closed[] = []

  private readonly isIdentical: (one: string, other: string) => boolean
  private readonly insertClosing: (part: Closed, rest: Closed) => void

  /** @param insertClosing called with a part that was taken out of a closing of the day */
  constructor(isIdentical: (one: string, other: string) => boolean, insertClosing: (part: Closed, rest: Closed) => void) {
    this.isIdentical = isIdentical
    this.insertClosing = insertClosing
  }

  /** New shares, or shares that are sold short, on a day: they replace those of losses of the 30 days before and after their purchase. */
  bought(lot: Lot, day: number): void {
    const { purchase } = lot
    this.remember(purchase)
    if (this.pending.length === 0) return
    let rest: Lot | undefined = lot
    let kept = 0
    for (const closed of this.pending) {
      if (closed.closedDay < day - WASH_SALE_DAYS) continue
      if (rest && !rest.isReplacement && isNear(closed, purchase) && this.canReplace(closed, purchase, rest.symbol))
        rest = this.replace(closed, rest)
      if (closed.openQuantity > 0n) this.pending[kept++] = closed
    }
    this.pending.length = kept
  }

  /** A closing of the day that is running. Losses are looked at when the day ends. */
  closed(closing: Closed): void {
    this.today.push(closing)
  }

  /** The shares of losses that wait for a replacement change like all others. */
  split(symbol: string, numerator: bigint, denominator: bigint): void {
    for (const closed of this.pending)
      if (closed.openSymbol === symbol) closed.openQuantity = (closed.openQuantity * numerator) / denominator
  }

  /** Losses of a security are replaced by purchases of the one that it has become. */
  renamed(symbol: string, newSymbol: string): void {
    for (const closed of this.pending) if (closed.openSymbol === symbol) closed.openSymbol = newSymbol
  }

  /** Looks at the losses of the day, the shares that were bought first before the others. */
  endDay(): void {
    const { today } = this
    if (today.length === 0) return
    this.today = []
    if (!today.some(isLoss)) return
    for (const closed of today) if (closed.purchase) noteClosing(closed, closed.purchase)
    const queue = today.length === 1 ? today : today.toSorted((one, other) => one.openedDay - other.openedDay)
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

  /** Purchases come in order, but for those that were made elsewhere and came in later. */
  private remember(purchase: Purchase): void {
    const { purchases } = this
    let at = purchases.length
    while (at > this.firstPurchase && purchases[at - 1]!.day > purchase.day) at -= 1
    if (at === purchases.length) purchases.push(purchase)
    else purchases.splice(at, 0, purchase)
  }

  private canReplace(closed: Closed, purchase: Purchase, symbol: string): boolean {
    return (
      purchase !== closed.purchase &&
      purchase.isShort === closed.purchase!.isShort &&
      !closed.replaces.includes(purchase) &&
      this.isIdentical(closed.openSymbol, symbol)
    )
  }

  /** Shares of the 30 days before, and of the day, that are held or were sold on the same day. Returns the first changed place of the queue. */
  private replaceByEarlier(closed: Closed, queue: Closed[]): number {
    const { purchases } = this
    let changed = queue.length
    while (this.firstPurchase < purchases.length && purchases[this.firstPurchase]!.day < closed.closedDay - WASH_SALE_DAYS)
      this.firstPurchase += 1
    let index = this.firstPurchase
    // Purchases that cannot replace anything any more leave the list: those before `kept` stay.
    let kept = index
    for (; index < purchases.length && closed.openQuantity > 0n; index += 1) {
      const purchase = purchases[index]!
      const isSoldToday = purchase.closedDay === closed.closedDay
      if (purchase !== closed.purchase) {
        if (isSoldToday) changed = Math.min(changed, this.replaceBySold(closed, purchase, queue))
        this.replaceByHeld(closed, purchase)
      }
      if (isSoldToday || purchase.lots.length > 0) purchases[kept++] = purchase
    }
    if (kept < index) purchases.copyWithin(kept, index).length -= index - kept
    return changed
  }

  private replaceBySold(closed: Closed, purchase: Purchase, queue: Closed[]): number {
    let changed = queue.length
    for (let index = 0, { length } = purchase.closedToday; index < length && closed.openQuantity > 0n; index += 1) {
      const sold = purchase.closedToday[index]!
      if (sold.isReplacement || sold.isLossProcessed || sold.basisCents === null || sold.quantity === 0n) continue
      if (this.canReplace(closed, purchase, sold.symbol)) changed = Math.min(changed, queue.indexOf(this.replaceSold(closed, sold, queue)))
    }
    return changed
  }

  /** Forgets the lots of the purchase that cannot replace anything any more. */
  private replaceByHeld(closed: Closed, purchase: Purchase): void {
    const { lots } = purchase
    const { length } = lots
    let kept = 0
    for (let index = 0; index < length; index += 1) {
      const lot = lots[index]!
      if (lot.quantity === 0n || lot.isReplacement) continue
      if (closed.openQuantity > 0n && this.canReplace(closed, purchase, lot.symbol) && this.replace(closed, lot) === undefined) continue
      lots[kept++] = lot
    }
    lots.length = kept
  }

  /** Lets shares of a lot replace those of a loss. Returns the rest of the lot, if there is one. */
  private replace(closed: Closed, lot: Lot): Lot | undefined {
    lot.book?.leavePool(lot)
    const isWhole = lot.quantity <= closed.openQuantity
    const part = isWhole ? lot : splitLot(lot, closed.openQuantity)
    if (!isWhole) lot.book?.addPart(part, lot)
    const isLost = part.account.isTaxAdvantaged
    const cents = this.record(closed, part.purchase, part.account.id, part.symbol, part.quantity, isLost)
    part.isReplacement = true
    part.replaces = chainOf(part.replaces, closed)
    if (!isLost) {
      part.washCents += cents
      if (part.lossCents >= 0) part.lossCents += cents
      part.holdingDay -= closed.closedDay - closed.holdingDay
      part.book?.changed(part)
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
    part.replaces = chainOf(part.replaces, closed)
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

const isNear = (closed: Closed, purchase: Purchase): boolean => Math.abs(closed.closedDay - purchase.day) <= WASH_SALE_DAYS

/** The purchases that shares have replaced, and those of the loss that they now replace. Later losses are too far from others for these to matter. */
const chainOf = (replaces: readonly Purchase[], closed: Closed): readonly Purchase[] => {
  const chain = [...replaces, ...closed.replaces, closed.purchase!].filter(({ day }) => day >= closed.closedDay - WASH_SALE_DAYS)
  return chain.length === 0 ? noPurchases : chain
}

const noteClosing = (closed: Closed, purchase: Purchase): void => {
  if (purchase.closedDay === closed.closedDay) purchase.closedToday.push(closed)
  else {
    purchase.closedDay = closed.closedDay
    purchase.closedToday = [closed]
  }
}

const isLoss = (closed: Closed): boolean =>
  closed.basisCents !== null &&
  closed.proceedsCents !== null &&
  closed.proceedsCents < closed.basisCents &&
  closed.purchase !== null &&
  closed.quantity > 0n &&
  !closed.account.isTaxAdvantaged

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
