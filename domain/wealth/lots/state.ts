import type { Heap } from './heap.ts'
import { longTermDayOf } from './holding-period.ts'
import { centsOfPart } from './quantities.ts'
import type { ClosingKind, HoldingTerm, LotOrigin } from './terms.ts'
import type { Closing, LotAccount, OpenLot, WashSale } from './types.ts'

export const noPurchases: readonly Purchase[] = []
export const noClosings: Closed[] = []
const NO_DAY = -(10 ** 9)

/*
 * Purchases, lots, closings and wash sales are classes: V8 allocates objects of literals that live for long among the old ones, where millions of them that are of no more
 * use after their family of securities would wait for the slow garbage collection.
 */

/** What one transaction has bought or sold short: the shares of one purchase cannot replace one another. */
export class Purchase {
  readonly id: string
  readonly day: number
  readonly isShort: boolean
  /** Lots that came from it, linked by `sibling`; closed ones of quantity 0 and replacements perhaps with them. */
  firstLot: Lot | undefined = undefined
  lastLot: Lot | undefined = undefined
  /** Its closings of the day `closedDay`, which is the last one with a loss on which it was closed, as far as they can still be replacements. */
  closedToday = noClosings
  closedDay = NO_DAY

  constructor(id: string, day: number, isShort: boolean) {
    this.id = id
    this.day = day
    this.isShort = isShort
  }
}

/** A short sale that is not covered, with what it does to identical shares. */
export interface ShortSale {
  readonly purchase: Purchase
  readonly symbol: string
  /** Shares with a holding period that begins anew when it is covered, in the order in which they were acquired. */
  readonly restarting: Lot[]
  /** Shares sold short beyond those: the next ones that are acquired join them. */
  left: bigint
  uncovered: bigint
}

/** What holds lots, and must know when one of them changes. */
export interface Holder {
  changed(lot: Lot): void
  leavePool(lot: Lot): void
  addPart(part: Lot, rest: Lot): void
}

/** A lot, or a part of one with a basis and a holding period of its own, while it changes. */
export class Lot {
  readonly purchase: Purchase
  /** The lot that came from the purchase after this one. */
  sibling: Lot | undefined = undefined
  account: LotAccount
  symbol: string
  readonly origin: LotOrigin
  readonly openedDay: number
  holdingDay: number
  quantity: bigint
  /** Without what wash sales have added. Of a short lot: the proceeds. */
  cents: number
  isBasisKnown: boolean
  washCents = 0
  /** Basis for a loss on a gift that was worth less on its day than the giver's basis; -1 for others. */
  lossCents = -1
  giftDay = 0
  isReplacement = false
  /** Purchases of which this lot has replaced shares, along the chain, as far as they can still be replacements. */
  replaces = noPurchases
  /** Of a short lot: whether as many shares were held for more than a year when it was opened, IRC 1233(d). */
  isLongHeld = false
  /** A short sale of identical shares. When it is covered, the holding period begins anew. */
  shortSale: ShortSale | undefined = undefined
  /** The book that holds it, with its neighbours there. */
  book: Holder | undefined = undefined
  previous: Lot | undefined = undefined
  next: Lot | undefined = undefined
  /** Whether its basis is a part of that of the pool of its book; `cents` and `washCents` are then out of date. */
  isPooled = false
  /** Where the book ranks its lots. */
  rank: RankedLot | undefined = undefined

  constructor(
    purchase: Purchase,
    account: LotAccount,
    symbol: string,
    origin: LotOrigin,
    quantity: bigint,
    cents: number | null,
    openedDay: number,
    holdingDay: number,
  ) {
    this.purchase = purchase
    this.account = account
    this.symbol = symbol
    this.origin = origin
    this.openedDay = openedDay
    this.holdingDay = holdingDay
    this.quantity = quantity
    this.cents = cents ?? 0
    this.isBasisKnown = cents !== null
    if (purchase.lastLot) purchase.lastLot.sibling = this
    else purchase.firstLot = this
    purchase.lastLot = this
  }
}

/** A lot where its book ranks it. */
export interface RankedLot {
  readonly lot: Lot
  /** Basis per share, to compare. Unknown ones come last. */
  unit: number
  /** Order in the book. */
  place: number
  heap: Heap<RankedLot>
  heapAt: number
}

/** What the result says of a closing, while it can change. */
export class ClosingState implements Closing {
  readonly transactionId: string
  readonly openedBy: string | null
  readonly accountId: string
  readonly symbol: string
  readonly kind: ClosingKind
  readonly origin: LotOrigin | null
  quantity: bigint
  readonly openedDay: number | null
  holdingDay: number | null
  readonly closedDay: number
  term: HoldingTerm
  proceedsCents: number | null
  basisCents: number | null
  disallowedCents: number

  constructor(closing: Closing, quantity = closing.quantity) {
    this.transactionId = closing.transactionId
    this.openedBy = closing.openedBy
    this.accountId = closing.accountId
    this.symbol = closing.symbol
    this.kind = closing.kind
    this.origin = closing.origin
    this.quantity = quantity
    this.openedDay = closing.openedDay
    this.holdingDay = closing.holdingDay
    this.closedDay = closing.closedDay
    this.term = closing.term
    this.proceedsCents = closing.proceedsCents
    this.basisCents = closing.basisCents
    this.disallowedCents = closing.disallowedCents
  }
}

/** A wash sale while the place of its loss is not known. */
export class WashSaleState implements WashSale {
  closing = 0
  readonly replacedBy: string
  readonly accountId: string
  readonly symbol: string
  readonly replacementDay: number
  readonly quantity: bigint
  readonly disallowedCents: number
  readonly isLost: boolean

  constructor(purchase: Purchase, account: LotAccount, symbol: string, quantity: bigint, disallowedCents: number) {
    this.replacedBy = purchase.id
    this.accountId = account.id
    this.symbol = symbol
    this.replacementDay = purchase.day
    this.quantity = quantity
    this.disallowedCents = disallowedCents
    this.isLost = account.isTaxAdvantaged
  }
}

/** A closing while wash sales can still change it. */
export class Closed {
  readonly closing: ClosingState
  readonly purchase: Purchase | null
  readonly account: LotAccount
  isReplacement: boolean
  replaces: readonly Purchase[]
  isLossProcessed = false
  /** What replaces it: its security, or what that has become. */
  openSymbol: string
  /** The part of the loss without a replacement so far, and its shares. */
  openCents = 0
  openQuantity = 0n
  /** Its place among the closings of its day, and then in the result. */
  index = 0

  constructor(
    closing: ClosingState,
    purchase: Purchase | null,
    account: LotAccount,
    isReplacement: boolean,
    replaces: readonly Purchase[],
  ) {
    this.closing = closing
    this.purchase = purchase
    this.account = account
    this.isReplacement = isReplacement
    this.replaces = replaces
    this.openSymbol = closing.symbol
  }
}

/** What the result says of a lot that is open. */
export class OpenLotState implements OpenLot {
  readonly openedBy: string
  readonly accountId: string
  readonly symbol: string
  readonly origin: LotOrigin
  readonly openedDay: number
  readonly holdingDay: number
  readonly longTermDay: number
  readonly quantity: bigint
  readonly basisCents: number | null
  readonly washCents: number
  readonly lossBasisCents: number | null

  constructor(lot: Lot) {
    this.openedBy = lot.purchase.id
    this.accountId = lot.account.id
    this.symbol = lot.symbol
    this.origin = lot.origin
    this.openedDay = lot.openedDay
    this.holdingDay = lot.holdingDay
    this.longTermDay = lot.origin === 'inheritance' ? lot.openedDay : longTermDayOf(lot.holdingDay)
    this.quantity = lot.quantity
    this.basisCents = lot.isBasisKnown ? lot.cents + lot.washCents : null
    this.washCents = lot.washCents
    this.lossBasisCents = lot.lossCents < 0 ? null : lot.lossCents
  }
}

/** Takes a part of a lot away as a lot of its own, with its share of every amount. */
export const splitLot = (lot: Lot, quantity: bigint): Lot => {
  const cents = centsOfPart(lot.cents, quantity, lot.quantity)
  const part = new Lot(lot.purchase, lot.account, lot.symbol, lot.origin, quantity, cents, lot.openedDay, lot.holdingDay)
  part.isBasisKnown = lot.isBasisKnown
  part.washCents = centsOfPart(lot.washCents, quantity, lot.quantity)
  if (lot.lossCents >= 0) part.lossCents = centsOfPart(lot.lossCents, quantity, lot.quantity)
  part.giftDay = lot.giftDay
  part.isReplacement = lot.isReplacement
  part.replaces = lot.replaces
  part.isLongHeld = lot.isLongHeld
  part.shortSale = lot.shortSale
  lot.shortSale?.restarting.push(part)
  lot.cents -= cents
  lot.washCents -= part.washCents
  if (lot.lossCents >= 0) lot.lossCents -= part.lossCents
  lot.quantity -= quantity
  lot.book?.changed(lot)
  return part
}

/** Takes a part of a closing away as a closing of its own, with its share of every amount. */
export const splitClosed = (closed: Closed, quantity: bigint): Closed => {
  const { closing } = closed
  const part = new Closed(new ClosingState(closing, quantity), closed.purchase, closed.account, closed.isReplacement, closed.replaces)
  if (closing.proceedsCents !== null) {
    part.closing.proceedsCents = centsOfPart(closing.proceedsCents, quantity, closing.quantity)
    closing.proceedsCents -= part.closing.proceedsCents
  }
  if (closing.basisCents !== null) {
    part.closing.basisCents = centsOfPart(closing.basisCents, quantity, closing.quantity)
    closing.basisCents -= part.closing.basisCents
  }
  closing.quantity -= quantity
  return part
}

/** Says again whether a gain is long-term, when the holding period has changed. That of a short sale has rules of its own, IRC 1233. */
export const updateTerm = (closing: ClosingState): void => {
  if (closing.kind === 'short') return
  // Inherited property always is, IRC 1223(9).
  const isLong = closing.origin === 'inheritance' || closing.closedDay >= longTermDayOf(closing.holdingDay ?? closing.closedDay)
  closing.term = isLong ? 'long' : 'short'
}
