import { longTermDayOf } from './holding-period.ts'
import { centsByQuantity, LotBook } from './lot-book.ts'
import { type Closed, createLot, createPurchase, type Lot } from './state.ts'
import type { ClosingKind, HoldingTerm, LotOrigin, LotProblemKind } from './terms.ts'
import type { LotAccount, LotEvent, LotProblem } from './types.ts'
import { WashSales } from './wash-sales.ts'

const none: Closed['replaces'] = new Set()

/** The open lots and the closings of securities that affect each other, while their transactions are read in order. */
export class Family {
  readonly closings: Closed[] = []
  readonly problems: LotProblem[] = []
  readonly washSales: WashSales
  private readonly accounts: ReadonlyMap<string, LotAccount>
  private readonly longBooks = new Map<string, Map<string, LotBook>>()
  private readonly shortBooks = new Map<string, Map<string, LotBook>>()
  /** Parts that wash sales took out of closings, behind which they belong. */
  private readonly parts = new Map<Closed, Closed[]>()

  constructor(accounts: ReadonlyMap<string, LotAccount>, isIdentical: (one: string, other: string) => boolean) {
    this.accounts = accounts
    this.washSales = new WashSales(
      isIdentical,
      (part, rest) => this.book(rest.account.id, rest.symbol, rest.purchase.isShort).addPart(part, rest),
      (part, rest) => this.parts.set(rest, [...(this.parts.get(rest) ?? []), part]),
    )
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
    if (isShort) lot.isLongHeld = this.holdsLong(event)
    if (event.isReplacement) lot.isReplacement = true
    this.book(event.accountId, event.symbol, isShort).add(lot)
    this.washSales.bought(lot)
  }

  /** Whether shares that are taxed have been held for more than a year: a loss on a short sale is then long-term, IRC 1233(d). */
  private holdsLong(event: LotEvent): boolean {
    for (const { accountId, symbol, book } of this.books())
      if (symbol === event.symbol && !this.account(accountId).isTaxAdvantaged)
        for (const lot of book.open()) if (!lot.purchase.isShort && event.day >= longTermDayOf(lot.holdingDay)) return true
    return false
  }

  /** Closes shares that are held, and names those that are not. Of a sale the proceeds are divided by shares. */
  sell(event: LotEvent, kind: ClosingKind, quantity: bigint, cents: number | null): void {
    const unit = cents === null || quantity === 0n ? Number.NaN : cents / Number(quantity)
    const lots = this.book(event.accountId, event.symbol).take(quantity, event.method, event.picks, unit, event.day)
    const missing = quantity - lots.reduce((sum, lot) => sum + lot.quantity, 0n)
    const heldCents = cents === null || missing === 0n ? cents : cents - Math.round(unit * Number(missing))
    const proceeds = heldCents === null ? undefined : centsByQuantity(heldCents, lots, quantity - missing)
    for (const [index, lot] of lots.entries()) this.closeLot(event, kind, lot, proceeds?.[index] ?? null)
    if (missing === 0n) return
    this.problem(event, 'oversold', missing)
    this.addClosing(event, kind, {
      purchase: null,
      origin: null,
      quantity: missing,
      openedDay: event.day,
      holdingDay: event.day,
      proceedsCents: cents === null ? null : cents - heldCents!,
      basisCents: null,
    })
  }

  /** Closes short lots by buying. Returns how many shares it needed. */
  cover(event: LotEvent, quantity: bigint, cents: number | null): bigint {
    const lots = this.book(event.accountId, event.symbol, true).take(quantity, 'fifo', event.picks, Number.NaN, event.day)
    const covered = lots.reduce((sum, lot) => sum + lot.quantity, 0n)
    if (covered === 0n) return 0n
    const costs = cents === null ? undefined : centsByQuantity(cents, lots, covered)
    for (const [index, lot] of lots.entries()) {
      const cost = costs?.[index] ?? null
      const isLoss = cost !== null && cost + lot.washCents > lot.cents
      this.addClosing(
        event,
        'short',
        {
          ...fieldsOf(lot),
          proceedsCents: lot.isBasisKnown ? lot.cents : null,
          basisCents: cost === null ? null : cost + lot.washCents,
        },
        isLoss && lot.isLongHeld ? 'long' : 'short',
      )
      lot.quantity = 0n
    }
    return covered
  }

  private closeLot(event: LotEvent, kind: ClosingKind, lot: Lot, proceedsCents: number | null): void {
    const closing = { ...fieldsOf(lot), proceedsCents, basisCents: lot.isBasisKnown ? lot.cents + lot.washCents : null }
    if (lot.lossCents >= 0 && proceedsCents !== null && closing.basisCents !== null && proceedsCents < closing.basisCents) {
      // A gift that was worth less than the giver's basis: a loss counts from its worth and its day, and between the two nothing counts, IRC 1015(a).
      if (proceedsCents < lot.lossCents) closing.holdingDay = lot.giftDay
      closing.basisCents = Math.max(proceedsCents, lot.lossCents)
    }
    lot.quantity = 0n
    this.addClosing(event, kind, closing)
  }

  addClosing(
    event: LotEvent,
    kind: ClosingKind,
    fields: Pick<Closed, 'purchase' | 'origin' | 'quantity' | 'openedDay' | 'holdingDay' | 'proceedsCents' | 'basisCents'> &
      Partial<Pick<Closed, 'replaces' | 'isReplacement'>>,
    termOverride: HoldingTerm | null = null,
  ): void {
    const closing: Closed = {
      replaces: none,
      isReplacement: false,
      ...fields,
      transactionId: event.id,
      account: this.account(event.accountId),
      symbol: event.symbol,
      kind,
      closedDay: event.day,
      termOverride,
      disallowedCents: 0,
      isLossProcessed: false,
      openCents: 0,
      openQuantity: 0n,
    }
    this.closings.push(closing)
    this.washSales.closed(closing)
  }

  /** All closings in order, with the parts that wash sales took out of some, each before its rest. */
  allClosings(): Closed[] {
    if (this.parts.size === 0) return this.closings
    const withParts = (closed: Closed): Closed[] => [...(this.parts.get(closed) ?? []).flatMap(withParts), closed]
    return this.closings.flatMap(withParts)
  }
}

const fieldsOf = ({ holdingDay, isReplacement, openedDay, origin, purchase, quantity, replaces }: Lot) => ({
  purchase,
  origin,
  quantity,
  openedDay,
  holdingDay,
  isReplacement,
  replaces,
})

/** Whether a gain is long-term. Inherited property always is, IRC 1223(9). */
export const termOf = (closed: Closed): HoldingTerm => {
  if (closed.termOverride) return closed.termOverride
  return closed.origin === 'inheritance' || closed.closedDay >= longTermDayOf(closed.holdingDay) ? 'long' : 'short'
}
