import { centsOfPart } from './quantities.ts'
import { ScanList } from './scan-list.ts'
import { type Closed, type Lot, noClosings, noPurchases, type Purchase, splitClosed, splitLot, updateTerm, WashSaleState } from './state.ts'
import type { LotAccount } from './types.ts'

/** Days before and after a sale at a loss in which a purchase replaces the shares, IRC 1091(a). */
export const WASH_SALE_DAYS = 30

/**
 * Finds the shares that replace those of losses, in the order of IRC 1091 and 26 CFR 1.1091-1: losses in the order of their sales, replacement shares in
 * the order of their purchases, each share once. Shares of one purchase do not replace one another, shares that were sold before the loss
 * replace nothing, and shares that have replaced others are not replaced by these in turn. The loss is added to the basis of the replacement
 * shares, and the time for which the sold shares were held to their holding period; in a tax-advantaged account the loss is lost (Rev. Rul. 2008-5).
 * A loss on a short sale is replaced by other short sales, 26 CFR 1.1091-1(g).
 */
export class WashSales {
  /** What was found, each with its loss. */
  readonly sales: WashSaleState[] = []
  readonly losses: Closed[] = []
  /** Purchases by day that can still be replacements. */
  private readonly purchases = new ScanList<Purchase>()
  /** Losses in order that still wait for replacements. */
  private readonly pending = new ScanList<Closed>()
  /** Losses of which the 30 days are over, in order. Shares that were bought elsewhere in these days can still come in. */
  private readonly past: Closed[] = []
  private today: Closed[] = noClosings

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
    // Purchases come in order, but for those that were made elsewhere and came in later.
    this.purchases.insert(purchase, other => other.day > purchase.day)
    let rest: Lot | undefined = purchase.day < day ? this.replacePast(lot) : lot
    if (this.pending.isEmpty) return
    this.pending.scan(
      () => rest === undefined,
      closed => {
        if (closed.closing.closedDay < day - WASH_SALE_DAYS) {
          this.past.push(closed)
          return false
        }
        if (rest && !rest.isReplacement && isNear(closed, purchase) && this.canReplace(closed, purchase, rest.symbol))
          rest = this.replace(closed, rest)
        return closed.openQuantity > 0n
      },
    )
  }

  /** Lets shares that were bought elsewhere replace those of earlier losses. Returns the rest of them, if there is one. */
  private replacePast(lot: Lot): Lot | undefined {
    const { past } = this
    const { purchase } = lot
    let first = 0
    for (let end = past.length; first < end; ) {
      const middle = (first + end) >> 1
      if (past[middle]!.closing.closedDay < purchase.day - WASH_SALE_DAYS) first = middle + 1
      else end = middle
    }
    let rest: Lot | undefined = lot
    for (let index = first; rest && index < past.length && isNear(past[index]!, purchase); index += 1) {
      const closed: Closed = past[index]!
      if (closed.openQuantity > 0n && !rest.isReplacement && this.canReplace(closed, purchase, rest.symbol))
        rest = this.replace(closed, rest)
    }
    return rest
  }

  /** A closing of the day that is running. Losses are looked at when the day ends. */
  closed(closed: Closed): void {
    if (this.today.length === 0) this.today = [closed]
    else this.today.push(closed)
  }

  /** The shares of losses that wait for a replacement change like all others. */
  split(symbol: string, numerator: bigint, denominator: bigint): void {
    this.forEachOpen(symbol, closed => {
      closed.openQuantity = (closed.openQuantity * numerator) / denominator
    })
  }

  /** Losses of a security are replaced by purchases of the one that it has become. */
  renamed(symbol: string, newSymbol: string): void {
    this.forEachOpen(symbol, closed => {
      closed.openSymbol = newSymbol
    })
  }

  private forEachOpen(symbol: string, work: (closed: Closed) => void): void {
    for (const closed of this.past) if (closed.openSymbol === symbol) work(closed)
    this.pending.forEach(closed => {
      if (closed.openSymbol === symbol) work(closed)
    })
  }

  /** Looks at the losses of the day, the shares that were bought first before the others. */
  endDay(): void {
    const queue = this.today
    if (queue.length === 0) return
    this.today = noClosings
    if (!queue.some(isLoss)) return
    for (const closed of queue) if (closed.purchase) noteClosing(closed, closed.purchase)
    if (!queue.every((closed, index) => index === 0 || openedDayOf(queue[index - 1]!) <= openedDayOf(closed)))
      queue.sort((one, other) => openedDayOf(one) - openedDayOf(other))
    for (let index = 0; index < queue.length; index += 1) queue[index]!.index = index
    for (let index = 0; index < queue.length; ) {
      const closed = queue[index]!
      index += 1
      if (closed.isLossProcessed || !isLoss(closed)) continue
      closed.isLossProcessed = true
      closed.openCents = closed.closing.basisCents! - closed.closing.proceedsCents!
      closed.openQuantity = closed.closing.quantity
      // A closing before this one can have become a loss.
      index = Math.min(index, this.replaceByEarlier(closed, queue))
      if (closed.openQuantity > 0n) this.pending.push(closed)
    }
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
    const { closedDay } = closed.closing
    let changed = queue.length
    this.purchases.scan(
      () => closed.openQuantity === 0n,
      purchase => {
        if (purchase.day < closedDay - WASH_SALE_DAYS) return false
        const isSoldToday = purchase.closedDay === closedDay
        if (purchase !== closed.purchase) {
          if (isSoldToday) changed = Math.min(changed, this.replaceBySold(closed, purchase, queue))
          this.replaceByHeld(closed, purchase)
        }
        return purchase.firstLot !== undefined || (isSoldToday && purchase.closedToday.length > 0)
      },
    )
    return changed
  }

  /** Forgets the closings of the purchase that cannot replace anything any more. */
  private replaceBySold(closed: Closed, purchase: Purchase, queue: Closed[]): number {
    const { closedToday } = purchase
    let changed = queue.length
    let kept = 0
    for (const sold of closedToday) {
      if (sold.isReplacement || sold.isLossProcessed || sold.closing.basisCents === null || sold.closing.quantity === 0n) continue
      if (closed.openQuantity > 0n && this.canReplace(closed, purchase, sold.closing.symbol))
        changed = Math.min(changed, this.replaceSold(closed, sold, queue).index)
      if (!sold.isReplacement) closedToday[kept++] = sold
    }
    closedToday.length = kept
    return changed
  }

  /** Forgets the lots of the purchase that cannot replace anything any more. */
  private replaceByHeld(closed: Closed, purchase: Purchase): void {
    let kept: Lot | undefined
    // Parts that are taken out of lots on the way have replaced shares, and come behind the last lot.
    const end = purchase.lastLot
    for (let lot = purchase.firstLot, isEnd = false; lot && !isEnd; lot = lot.sibling) {
      isEnd = lot === end
      if (lot.quantity === 0n || lot.isReplacement) continue
      if (closed.openQuantity > 0n && this.canReplace(closed, purchase, lot.symbol) && this.replace(closed, lot) === undefined) continue
      if (kept) kept.sibling = lot
      else purchase.firstLot = lot
      kept = lot
    }
    if (kept) kept.sibling = undefined
    else purchase.firstLot = undefined
    purchase.lastLot = kept
  }

  /** Lets shares of a lot replace those of a loss. Returns the rest of the lot, if there is one. */
  private replace(closed: Closed, lot: Lot): Lot | undefined {
    lot.book?.leavePool(lot)
    const isWhole = lot.quantity <= closed.openQuantity
    const part = isWhole ? lot : splitLot(lot, closed.openQuantity)
    if (!isWhole) lot.book?.addPart(part, lot)
    const cents = this.record(closed, part.purchase, part.account, part.symbol, part.quantity)
    part.isReplacement = true
    part.replaces = this.chainOf(part.replaces, closed)
    if (!part.account.isTaxAdvantaged) {
      part.washCents += cents
      if (part.lossCents >= 0) part.lossCents += cents
      part.holdingDay -= daysHeld(closed)
      part.book?.changed(part)
    }
    return isWhole ? undefined : lot
  }

  /** Lets shares that were sold on the day of a loss replace those of the loss. Returns the closing of these shares. */
  private replaceSold(closed: Closed, sold: Closed, queue: Closed[]): Closed {
    let part = sold
    if (sold.closing.quantity > closed.openQuantity) {
      part = splitClosed(sold, closed.openQuantity)
      this.insertClosing(part, sold)
      queue.splice(sold.index, 0, part)
      for (let index = sold.index; index < queue.length; index += 1) queue[index]!.index = index
    }
    const { account, closing } = part
    const cents = this.record(closed, part.purchase!, account, closing.symbol, closing.quantity)
    part.isReplacement = true
    part.replaces = this.chainOf(part.replaces, closed)
    if (!account.isTaxAdvantaged) {
      closing.basisCents! += cents
      closing.holdingDay! -= daysHeld(closed)
      updateTerm(closing)
    }
    return part
  }

  /**
   * The purchases that shares have replaced, and those of the loss that they now replace, as far as these can still be replacements: later losses are too
   * far from others.
   */
  private chainOf(replaces: readonly Purchase[], { closing, purchase, replaces: before }: Closed): readonly Purchase[] {
    const first = closing.closedDay - WASH_SALE_DAYS
    if (purchase!.day < first && replaces.length === 0 && before.length === 0) return noPurchases
    const chain = new Set([...replaces, ...before, purchase!])
    return [...chain].filter(one => one.day >= first && (isHeld(one) || this.today.some(closed => closed.purchase === one)))
  }

  private record(closed: Closed, purchase: Purchase, account: LotAccount, symbol: string, quantity: bigint): number {
    const cents = centsOfPart(closed.openCents, quantity, closed.openQuantity)
    closed.openCents -= cents
    closed.openQuantity -= quantity
    closed.closing.disallowedCents += cents
    this.losses.push(closed)
    this.sales.push(new WashSaleState(purchase, account, symbol, quantity, cents))
    return cents
  }
}

const isNear = ({ closing }: Closed, purchase: Purchase): boolean => Math.abs(closing.closedDay - purchase.day) <= WASH_SALE_DAYS
const daysHeld = ({ closing }: Closed): number => closing.closedDay - closing.holdingDay!
const openedDayOf = ({ closing }: Closed): number => closing.openedDay ?? closing.closedDay

/** Whether shares of a purchase can replace others: held ones, or some that were sold on the day that ends. */
const isHeld = ({ closedToday, firstLot }: Purchase): boolean => {
  for (let lot = firstLot; lot; lot = lot.sibling) if (lot.quantity > 0n && !lot.isReplacement) return true
  return closedToday.some(sold => !sold.isReplacement && !sold.isLossProcessed)
}

const noteClosing = (closed: Closed, purchase: Purchase): void => {
  if (purchase.closedDay === closed.closing.closedDay) purchase.closedToday.push(closed)
  else {
    purchase.closedDay = closed.closing.closedDay
    purchase.closedToday = [closed]
  }
}

const isLoss = ({ account, closing, purchase }: Closed): boolean =>
  closing.basisCents !== null &&
  closing.proceedsCents !== null &&
  closing.proceedsCents < closing.basisCents &&
  purchase !== null &&
  closing.quantity > 0n &&
  !account.isTaxAdvantaged
