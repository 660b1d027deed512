import type { Heap } from './heap.ts'
import { centsOfPart } from './quantities.ts'
import type { ClosingKind, HoldingTerm, LotOrigin } from './terms.ts'
import type { LotAccount } from './types.ts'

/** What one transaction has bought or sold short: the shares of one purchase cannot replace one another. */
export interface Purchase {
  readonly id: string
  readonly day: number
  readonly isShort: boolean
  /** Lots that came from it, closed ones of quantity 0 and replacements perhaps with them. */
  lots: Lot[]
  /** Its closings of the day `closedDay`, which is the last one with a loss on which it was closed. */
  closedToday: Closed[]
  closedDay: number
}

/** A short sale that is not covered, with what it does to identical shares. */
export interface ShortSale {
  readonly purchase: Purchase
  readonly symbol: string
  /** Shares whose holding period begins anew when it is covered, in the order in which they were acquired. */
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
export interface Lot {
  readonly purchase: Purchase
  account: LotAccount
  symbol: string
  readonly origin: LotOrigin
  readonly openedDay: number
  holdingDay: number
  quantity: bigint
  /** Without what wash sales have added. Of a short lot: the proceeds. */
  cents: number
  isBasisKnown: boolean
  washCents: number
  /** Basis for a loss on a gift that was worth less on its day than the giver's basis; -1 for others. */
  lossCents: number
  giftDay: number
  isReplacement: boolean
  /** Purchases of which this lot has replaced shares, along the chain, as far as they can still be replacements. */
  replaces: readonly Purchase[]
  /** Of a short lot: whether as many shares were held for more than a year when it was opened, IRC 1233(d). */
  isLongHeld: boolean
  /** A short sale of identical shares whose cover begins the holding period anew. */
  shortSale: ShortSale | undefined
  /** The book that holds it, with its neighbours there. */
  book: Holder | undefined
  previous: Lot | undefined
  next: Lot | undefined
  /** Order in the book. */
  place: number
  /** Whether its basis is a part of that of the pool of its book; `cents` and `washCents` are then out of date. */
  isPooled: boolean
  /** Where the book ranks its lots: basis per share, and the place in a heap. */
  unit: number
  heap: Heap<Lot> | undefined
  heapAt: number
}

/** A closing while wash sales can still change it. */
export interface Closed {
  readonly transactionId: string
  readonly purchase: Purchase | null
  readonly account: LotAccount
  readonly symbol: string
  readonly kind: ClosingKind
  readonly origin: LotOrigin | null
  quantity: bigint
  readonly openedDay: number
  holdingDay: number
  readonly closedDay: number
  termOverride: HoldingTerm | null
  proceedsCents: number | null
  basisCents: number | null
  disallowedCents: number
  isReplacement: boolean
  replaces: readonly Purchase[]
  isLossProcessed: boolean
  /** What replaces it: its security, or what that has become. */
  openSymbol: string
  /** The part of the loss without a replacement so far, and its shares. */
  openCents: number
  openQuantity: bigint
  /** Its place in the result. */
  index: number
}

export const noPurchases: readonly Purchase[] = []
const noClosings: Closed[] = []

export const createPurchase = (id: string, day: number, isShort: boolean): Purchase => ({
  id,
  day,
  isShort,
  lots: [],
  closedToday: noClosings,
  closedDay: Number.NaN,
})

export const createLot = (
  purchase: Purchase,
  account: LotAccount,
  symbol: string,
  origin: LotOrigin,
  quantity: bigint,
  cents: number | null,
  days: { readonly openedDay: number; readonly holdingDay: number },
): Lot => {
  const lot: Lot = {
    purchase,
    account,
    symbol,
    origin,
    openedDay: days.openedDay,
    holdingDay: days.holdingDay,
    quantity,
    cents: cents ?? 0,
    isBasisKnown: cents !== null,
    washCents: 0,
    lossCents: -1,
    giftDay: 0,
    isReplacement: false,
    replaces: noPurchases,
    isLongHeld: false,
    shortSale: undefined,
    book: undefined,
    previous: undefined,
    next: undefined,
    place: 0,
    isPooled: false,
    unit: 0,
    heap: undefined,
    heapAt: 0,
  }
  purchase.lots.push(lot)
  return lot
}

/** Takes a part of a lot away as a lot of its own, with its share of every amount. */
export const splitLot = (lot: Lot, quantity: bigint): Lot => {
  const cents = centsOfPart(lot.cents, quantity, lot.quantity)
  const part = createLot(lot.purchase, lot.account, lot.symbol, lot.origin, quantity, cents, lot)
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
