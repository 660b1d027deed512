import { longTermDayOf } from './holding-period.ts'
import { centsByQuantity, LotBook } from './lot-book.ts'
import { centsOfPart, sharesOf } from './quantities.ts'
import { ShortSales } from './short-sales.ts'
import { type Closed, createLot, createPurchase, type Lot, noPurchases } from './state.ts'
import type { ClosingKind, HoldingTerm, LotOrigin, LotProblemKind } from './terms.ts'
import type { LotAccount, LotEvent, LotProblem } from './types.ts'
import { WashSales } from './wash-sales.ts'

/** The open lots and the closings of securities that affect each other, while their transactions are read in order. */
export class Family {
  readonly closings: Closed[] = []
  readonly problems: LotProblem[] = []
  readonly washSales: WashSales
  readonly shortSales: ShortSales
  private readonly isIdentical: (one: string, other: string) => boolean
  private readonly accounts: ReadonlyMap<string, LotAccount>
  private readonly longBooks = new Map<string, Map<string, LotBook>>()
  private readonly shortBooks = new Map<string, Map<string, LotBook>>()
  /** Parts that wash sales took out of closings, behind which they belong. */
  private readonly parts = new Map<Closed, Closed[]>()

  constructor(accounts: ReadonlyMap<string, LotAccount>, isIdentical: (one: string, other: string) => boolean) {
    this.accounts = accounts
    this.isIdentical = isIdentical
    this.shortSales = new ShortSales(isIdentical)
    this.washSales = new WashSales(isIdentical, (part, rest) => {
      const parts = this.parts.get(rest)
      if (parts) parts.push(part)
      else this.parts.set(rest, [part])
    })
  }

  account(id: string): LotAccount {
    return this.accounts.get(id)!
  }

  book(accountId: string, symbol: string, isShort = false): LotBook {
    const books = isShort ? this.shortBooks : this.longBooks
    let ofAccount = books.get(accountId)
    if (!ofAccount) books.set(accountId, (ofAccount = new Map<string, LotBook>()))
    let book = ofAccount.get(symbol)
    if (!book) ofAccount.set(symbol, (book = new LotBook()))
    return book
  }

  /** Whether the account has sold shares short that it has not covered. */
  isShort(accountId: string, symbol: string): boolean {
    return this.shortBooks.get(accountId)?.get(symbol)?.isEmpty === false
  }

  /** Every book with lots, by account and security. */
  *books(): Iterable<{ readonly accountId: string; readonly symbol: string; readonly book: LotBook }> {
    for (const books of [this.longBooks, this.shortBooks])
      for (const [accountId, bySymbol] of books) for (const [symbol, book] of bySymbol) if (!book.isEmpty) yield { accountId, symbol, book }
  }

  problem(event: LotEvent, kind: LotProblemKind, quantity = event.quantity): void {
    this.problems.push({ transactionId: event.id, accountId: event.accountId, symbol: event.symbol, kind, quantity })
  }

  /** Opens a lot of new shares that were bought or sold short. They can replace those of a loss. */
  buy(event: LotEvent, origin: LotOrigin, quantity: bigint, cents: number | null): void {
    const isShort = origin === 'short'
    const purchase = createPurchase(event.id, event.day, isShort)
    const days = { openedDay: event.day, holdingDay: event.day }
    const lot = createLot(purchase, this.account(event.accountId), event.symbol, origin, quantity, cents, days)
    if (event.isReplacement) lot.isReplacement = true
    this.book(event.accountId, event.symbol, isShort).add(lot)
    this.washSales.bought(lot, event.day)
    if (lot.account.isTaxAdvantaged) return
    if (isShort) this.shortSales.opened(lot, this.taxedLots(event.symbol))
    else this.shortSales.acquired(purchase)
  }

  /** Shares of identical securities that are held in accounts that are taxed, the oldest first. */
  private taxedLots(symbol: string): Lot[] {
    const lots: Lot[] = []
    for (const [accountId, books] of this.longBooks)
      if (!this.account(accountId).isTaxAdvantaged)
        for (const [other, book] of books) if (this.isIdentical(symbol, other)) lots.push(...book.open())
    return lots.toSorted((one, other) => one.openedDay - other.openedDay)
  }

  /** Closes shares that are held, and names those that are not. Of a sale the proceeds are divided by shares. */
  sell(event: LotEvent, kind: ClosingKind, quantity: bigint, cents: number | null): void {
    const unit = cents === null || quantity === 0n ? Number.NaN : cents / Number(quantity)
    const lots = this.book(event.accountId, event.symbol).take(quantity, event.method, event.picks, unit, event.day)
    const missing = quantity - sharesOf(lots)
    const heldCents = cents === null || missing === 0n ? cents : centsOfPart(cents, quantity - missing, quantity)
    const proceeds = heldCents === null ? undefined : centsByQuantity(heldCents, lots, quantity - missing)
    for (const [index, lot] of lots.entries()) this.closeLot(event, kind, lot, proceeds?.[index] ?? null)
    if (missing === 0n) return
    this.problem(event, 'oversold', missing)
    this.addClosing(event, kind, undefined, missing, cents === null ? null : cents - heldCents!, null)
  }

  /** Closes short lots by buying. Returns how many shares it needed. */
  cover(event: LotEvent, quantity: bigint, cents: number | null): bigint {
    const lots = this.book(event.accountId, event.symbol, true).take(quantity, 'fifo', event.picks, Number.NaN, event.day)
    const covered = sharesOf(lots)
    if (covered === 0n) return 0n
    const costs = cents === null ? undefined : centsByQuantity(cents, lots, covered)
    for (const [index, lot] of lots.entries()) {
      const cost = costs?.[index] ?? null
      const isLoss = cost !== null && cost + lot.washCents > lot.cents
      const proceeds = lot.isBasisKnown ? lot.cents : null
      const closed = this.addClosing(event, 'short', lot, lot.quantity, proceeds, cost === null ? null : cost + lot.washCents)
      closed.termOverride = isLoss && lot.isLongHeld ? 'long' : 'short'
      const { quantity: closing } = lot
      lot.quantity = 0n
      this.shortSales.covered(lot.purchase, closing, event.day)
    }
    return covered
  }

  private closeLot(event: LotEvent, kind: ClosingKind, lot: Lot, proceedsCents: number | null): void {
    const basisCents = lot.isBasisKnown ? lot.cents + lot.washCents : null
    const closed = this.addClosing(event, kind, lot, lot.quantity, proceedsCents, basisCents)
    lot.quantity = 0n
    if (lot.shortSale) closed.holdingDay = event.day
    if (lot.lossCents < 0 || proceedsCents === null || basisCents === null || proceedsCents >= basisCents) return
    // A gift that was worth less than the giver's basis: a loss counts from its worth and its day, and between the two nothing counts, IRC 1015(a).
    if (proceedsCents < lot.lossCents) closed.holdingDay = lot.giftDay
    closed.basisCents = Math.max(proceedsCents, lot.lossCents)
  }

  /** @param lot undefined if shares were sold that were not held */
  addClosing(
    event: LotEvent,
    kind: ClosingKind,
    lot: Lot | undefined,
    quantity: bigint,
    proceedsCents: number | null,
    basisCents: number | null,
  ): Closed {
    const closed: Closed = {
      transactionId: event.id,
      purchase: lot ? lot.purchase : null,
      account: this.account(event.accountId),
      symbol: event.symbol,
      kind,
      origin: lot ? lot.origin : null,
      quantity,
      openedDay: lot ? lot.openedDay : event.day,
      holdingDay: lot ? lot.holdingDay : event.day,
      closedDay: event.day,
      termOverride: null,
      proceedsCents,
      basisCents,
      disallowedCents: 0,
      isReplacement: lot ? lot.isReplacement : false,
      replaces: lot ? lot.replaces : noPurchases,
      isLossProcessed: false,
      openSymbol: event.symbol,
      openCents: 0,
      openQuantity: 0n,
      index: 0,
    }
    this.closings.push(closed)
    this.washSales.closed(closed)
    return closed
  }

  /** All closings in order, with the parts that wash sales took out of some, each before its rest. */
  allClosings(): Closed[] {
    if (this.parts.size === 0) return this.closings
    const withParts = (closed: Closed): Closed[] => [...(this.parts.get(closed) ?? []).flatMap(withParts), closed]
    return this.closings.flatMap(withParts)
  }
}

/** Whether a gain is long-term. Inherited property always is, IRC 1223(9). */
export const termOf = (closed: Closed): HoldingTerm => {
  if (closed.termOverride) return closed.termOverride
  return closed.origin === 'inheritance' || closed.closedDay >= longTermDayOf(closed.holdingDay) ? 'long' : 'short'
}
