import { centsOfPart } from './quantities.ts'
import type { ClosingKind, HoldingTerm, LotOrigin } from './terms.ts'
import type { LotAccount } from './types.ts'

/** What one transaction has bought or sold short: the shares of one purchase cannot replace one another. */
export interface Purchase {
  readonly id: string
  readonly day: number
  readonly isShort: boolean
  /** Lots that came from it, closed ones of quantity 0 with them. */
  readonly lots: Lot[]
  /** Its closings of the day `closedDay`. */
  closedToday: Closed[]
  closedDay: number
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
  /** Purchases of which this lot has replaced shares, along the chain. */
  replaces: ReadonlySet<Purchase>
  /** Of a short lot: whether shares were held for more than a year when it was opened, IRC 1233(d). */
  isLongHeld: boolean
  /** Basis per share, to compare. */
  unit: number
}

/** A closing while wash sales can still change it. */
export interface Closed {
  readonly transactionId: string
  readonly purchase: Purchase | null
  readonly account: LotAccount
  symbol: string
  readonly kind: ClosingKind
  readonly origin: LotOrigin | null
  quantity: bigint
  readonly openedDay: number
  holdingDay: number
  readonly closedDay: number
  readonly termOverride: HoldingTerm | null
  proceedsCents: number | null
  basisCents: number | null
  disallowedCents: number
  isReplacement: boolean
  replaces: ReadonlySet<Purchase>
  isLossProcessed: boolean
  /** The part of the loss without a replacement so far, and its shares. */
  openCents: number
  openQuantity: bigint
}

const none: ReadonlySet<Purchase> = new Set()

export const createPurchase = (id: string, day: number, isShort: boolean): Purchase => ({
  id,
  day,
  isShort,
  lots: [],
  closedToday: [],
  closedDay: Number.NaN,
})

/** The basis per share of a lot, for comparisons. Unknown ones come last. */
export const setUnit = (lot: Lot): void => {
  lot.unit = lot.isBasisKnown ? (lot.cents + lot.washCents) / Number(lot.quantity) : -1
}

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
    replaces: none,
    isLongHeld: false,
    unit: 0,
  }
  setUnit(lot)
  purchase.lots.push(lot)
  return lot
}

/** Takes a part of a lot away as a lot of its own, with its share of every amount. */
export const splitLot = (lot: Lot, quantity: bigint): Lot => {
  const part: Lot = {
    ...lot,
    quantity,
    cents: centsOfPart(lot.cents, quantity, lot.quantity),
    washCents: centsOfPart(lot.washCents, quantity, lot.quantity),
    lossCents: lot.lossCents < 0 ? -1 : centsOfPart(lot.lossCents, quantity, lot.quantity),
  }
  lot.cents -= part.cents
  lot.washCents -= part.washCents
  if (lot.lossCents >= 0) lot.lossCents -= part.lossCents
  lot.quantity -= quantity
  setUnit(lot)
  setUnit(part)
  lot.purchase.lots.push(part)
  return part
}
