import { centsByQuantity, LotBook } from './lot-book.ts'
import { centsOfPart, sharesOf } from './quantities.ts'
import { ShortSales } from './short-sales.ts'
import { Closed, ClosingState, Lot, noClosings, noPurchases, Purchase, updateTerm } from './state.ts'
import type { ClosingKind, LotOrigin, LotProblemKind } from './terms.ts'
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

  /** Brings lots that are in no book, the oldest first, into an account under the name of a security. */
  move(lots: readonly Lot[], accountId: string, symbol: string, isShort = false): void {
    const account = this.account(accountId)
    for (const lot of lots) {
      lot.account = account
      lot.symbol = symbol
    }
    this.book(accountId, symbol, isShort).addAll(lots)
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
    const purchase = new Purchase(event.id, event.day, isShort)
    const lot = new Lot(purchase, this.account(event.accountId), event.symbol, origin, quantity, cents, event.day, event.day)
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
    if (lots.length === 1 && lots[0]!.quantity === quantity) return this.closeLot(event, kind, lots[0]!, cents)
    const missing = quantity - sharesOf(lots)
    const heldCents = cents === null || missing === 0n ? cents : centsOfPart(cents, quantity - missing, quantity)
    const proceeds = heldCents === null ? undefined : centsByQuantity(heldCents, lots, quantity - missing)
    for (let index = 0; index < lots.length; index += 1) this.closeLot(event, kind, lots[index]!, proceeds?.[index] ?? null)
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
      const closing = this.addClosing(event, 'short', lot, lot.quantity, proceeds, cost === null ? null : cost + lot.washCents)
      closing.term = isLoss && lot.isLongHeld ? 'long' : 'short'
      lot.quantity = 0n
      this.shortSales.covered(lot.purchase, closing.quantity, event.day)
    }
    return covered
  }

  private closeLot(event: LotEvent, kind: ClosingKind, lot: Lot, proceedsCents: number | null): void {
    const basisCents = lot.isBasisKnown ? lot.cents + lot.washCents : null
    const closing = this.addClosing(event, kind, lot, lot.quantity, proceedsCents, basisCents)
    lot.quantity = 0n
    if (lot.shortSale) {
      closing.holdingDay = event.day
      updateTerm(closing)
    }
    if (lot.lossCents >= 0 && proceedsCents !== null && basisCents !== null && proceedsCents < basisCents) {
      // A gift that was worth less than the giver's basis: a loss counts from its worth and its day, and between the two nothing counts, IRC 1015(a).
      if (proceedsCents < lot.lossCents) closing.holdingDay = lot.giftDay
      closing.basisCents = Math.max(proceedsCents, lot.lossCents)
      updateTerm(closing)
    }
  }

  /** @param lot undefined if shares were sold that were not held */
  addClosing(
    event: LotEvent,
    kind: ClosingKind,
    lot: Lot | undefined,
    quantity: bigint,
    proceedsCents: number | null,
    basisCents: number | null,
  ): ClosingState {
    const closing = new ClosingState({
      transactionId: event.id,
      openedBy: lot ? lot.purchase.id : null,
      accountId: event.accountId,
      symbol: event.symbol,
      kind,
      origin: lot ? lot.origin : null,
      quantity,
      openedDay: lot ? lot.openedDay : null,
      holdingDay: lot ? lot.holdingDay : null,
      closedDay: event.day,
      term: 'short',
      proceedsCents,
      basisCents,
      disallowedCents: 0,
    })
    updateTerm(closing)
    const account = this.account(event.accountId)
    const closed = lot
      ? new Closed(closing, lot.purchase, account, lot.isReplacement, lot.replaces)
      : new Closed(closing, null, account, false, noPurchases)
    this.closings.push(closed)
    this.washSales.closed(closed)
    return closing
  }

  /** All closings in order, with the parts that wash sales took out of some, each before its rest. */
  allClosings(): Closed[] {
    if (this.parts.size === 0) return this.closings
    const all: Closed[] = []
    const add = (closed: Closed): void => {
      for (const part of this.parts.get(closed) ?? noClosings) add(part)
      all.push(closed)
    }
    for (const closed of this.closings) add(closed)
    return all
  }
}
