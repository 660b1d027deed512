import { applyMerger, applyReturnOfCapital, applySpinOff, applySplit, applyStockDividend, applySymbolChange } from './corporate-actions.ts'
import { securityFamilies } from './families.ts'
import { Family, termOf } from './family.ts'
import { longTermDayOf } from './holding-period.ts'
import { isOptionSymbol } from './options.ts'
import { LotBook } from './lot-book.ts'
import { orderEvents } from './order.ts'
import { centsOfPart, sharesOf } from './quantities.ts'
import { type Closed, createLot, createPurchase, type Lot } from './state.ts'
import { pairTransfers } from './transfer-halves.ts'
import type { Closing, LotAccount, LotEvent, LotHistory, LotProblem, LotResult, OpenLot, WashSale } from './types.ts'

/**
 * The tax lots of a household: which shares each account holds, since when and at what basis, what each sale has closed and with what gain,
 * and which losses wash sales disallow, over all accounts. The events can come in any order; the result depends only on what they are. Cents are
 * exact: the parts of an amount always add up to it. Nothing is refused: where the history lacks something, a problem says what, and the basis or the
 * proceeds concerned are null.
 */
export const calculateLots = (history: LotHistory): LotResult => {
  const accounts = new Map(history.accounts.map(account => [account.id, account]))
  const order = orderEvents(id => accounts.get(id)!.isTaxAdvantaged)
  const identical = new Set(history.identicalPairs.flatMap(([one, other]) => [`${one}\n${other}`, `${other}\n${one}`]))
  const isIdentical = (one: string, other: string): boolean => one === other || (identical.size > 0 && identical.has(`${one}\n${other}`))
  const result: Results = { lots: [], closings: [], washSales: [], problems: [] }
  for (const events of eventsByFamily(history)) {
    const family = calculateFamily(accounts, events.toSorted(order), isIdentical)
    addResults(family, result)
  }
  return result
}

/** The events of each family, families by the text of their names. */
const eventsByFamily = (history: LotHistory): LotEvent[][] => {
  const families = securityFamilies(history)
  const byFamily = new Map<string, LotEvent[]>()
  for (const name of [...new Set(families.values())].toSorted()) byFamily.set(name, [])
  const bySymbol = new Map([...families].map(([symbol, name]) => [symbol, byFamily.get(name)!]))
  for (const event of history.events) bySymbol.get(event.symbol)!.push(event)
  return [...byFamily.values()]
}

const calculateFamily = (
  accounts: ReadonlyMap<string, LotAccount>,
  events: readonly LotEvent[],
  isIdentical: (one: string, other: string) => boolean,
): Family => {
  const family = new Family(accounts, isIdentical)
  const transfers = new Transfers(family, events)
  const splitDays = new Set<string>()
  const options = new Set([...new Set(events.map(({ symbol }) => symbol))].filter(isOptionSymbol))
  let day = Number.NaN
  for (const event of events) {
    if (event.day !== day) {
      family.washSales.endDay()
      day = event.day
    }
    if (options.has(event.symbol)) {
      family.problem(event, 'option')
      continue
    }
    if (event.type === 'split' || event.type === 'stock_dividend') scaleLosses(family, event, splitDays)
    applyEvent(family, transfers, event)
  }
  family.washSales.endDay()
  return family
}

const applyEvent = (family: Family, transfers: Transfers, event: LotEvent): void => {
  switch (event.type) {
    case 'buy':
    case 'reinvestment':
      return buy(family, event)
    case 'sell':
      return sell(family, event)
    case 'short':
      if (event.cents === null) family.problem(event, 'no_rate')
      return family.buy(event, 'short', event.quantity, event.cents)
    case 'cover': {
      const missing = event.quantity - family.cover(event, event.quantity, event.cents)
      if (missing > 0n) family.problem(event, 'overcovered', missing)
      return undefined
    }
    case 'transfer_in':
      return transfers.in(event)
    case 'transfer_out':
      return transfers.out(event)
    case 'symbol_change':
      return applySymbolChange(family, event)
    case 'split':
      return applySplit(family, event)
    case 'stock_dividend':
      return applyStockDividend(family, event)
    case 'merger':
      return applyMerger(family, event)
    case 'spin_off':
      return applySpinOff(family, event)
    case 'return_of_capital':
      return applyReturnOfCapital(family, event)
  }
}

/** A purchase closes shares that were sold short in the account first, as brokers do. */
const buy = (family: Family, event: LotEvent): void => {
  if (event.cents === null) family.problem(event, 'no_rate')
  const origin = event.type === 'reinvestment' ? 'reinvestment' : 'purchase'
  if (!family.isShort(event.accountId, event.symbol)) return family.buy(event, origin, event.quantity, event.cents)
  const shorts = family.book(event.accountId, event.symbol, true).total()
  const covering = shorts < event.quantity ? shorts : event.quantity
  const cost = event.cents === null ? null : centsOfPart(event.cents, covering, event.quantity)
  family.cover(event, covering, cost)
  const rest = event.quantity - covering
  if (rest > 0n) family.buy(event, origin, rest, event.cents === null ? null : event.cents - cost!)
}

const sell = (family: Family, event: LotEvent): void => {
  if (event.cents === null) family.problem(event, 'no_rate')
  for (const [openedBy, picked] of picksByLot(event)) {
    let held = 0n
    for (const lot of family.book(event.accountId, event.symbol).eachLot()) if (lot.purchase.id === openedBy) held += lot.quantity
    if (held < picked) family.problem(event, 'lot_not_held', picked - held)
  }
  family.sell(event, 'sale', event.quantity, event.cents)
}

const picksByLot = ({ picks }: LotEvent): ReadonlyMap<string, bigint> => {
  const quantities = new Map<string, bigint>()
  for (const { openedBy, quantity } of picks ?? []) quantities.set(openedBy, (quantities.get(openedBy) ?? 0n) + quantity)
  return quantities
}

/** Losses that wait for a replacement change with a split, once for all accounts. */
const scaleLosses = (family: Family, event: LotEvent, splitDays: Set<string>): void => {
  const key = `${event.day}\n${event.symbol}`
  if (splitDays.has(key)) return
  const before = event.type === 'split' ? 0n : family.book(event.accountId, event.symbol).total()
  if (event.type === 'stock_dividend' && before === 0n) return
  splitDays.add(key)
  const [numerator, denominator] =
    event.type === 'split' ? [BigInt(event.numerator), BigInt(event.denominator)] : [before + event.quantity, before]
  family.washSales.split(event.symbol, numerator, denominator)
  family.shortSales.split(event.symbol, numerator, denominator)
}

/** Moves lots between accounts with their days and their basis, and brings in those from outside. */
class Transfers {
  private readonly family: Family
  private readonly halves: ReadonlyMap<string, LotEvent>
  private readonly outs = new Map<string, LotEvent>()
  /** Lots that have left one account and not yet come into the other, by the event that brings them in. */
  private readonly onTheWay = new Map<string, LotBook>()
  private readonly done = new Set<string>()

  constructor(family: Family, events: readonly LotEvent[]) {
    this.family = family
    this.halves = events.some(({ type }) => type === 'transfer_out') ? pairTransfers(events) : new Map<string, LotEvent>()
    const byId = new Map(events.filter(({ type }) => type === 'transfer_out').map(event => [event.id, event]))
    for (const [outId, into] of this.halves) this.outs.set(into.id, byId.get(outId)!)
  }

  out(event: LotEvent): void {
    if (this.done.has(event.id)) return
    const { accountId, symbol } = event
    const into = this.halves.get(event.id)
    const lots = this.family.book(accountId, symbol).take(event.quantity, event.method, event.picks, Number.NaN, event.day)
    const missing = event.quantity - sharesOf(lots)
    if (missing > 0n) this.family.problem(event, 'oversold', missing)
    if (into) {
      const between = new LotBook()
      for (const lot of lots) between.add(lot)
      this.onTheWay.set(into.id, between)
    } else {
      for (const lot of lots) lot.quantity = 0n
      if (event.origin !== 'gift') this.family.problem(event, 'transfer_without_other_half')
    }
    // Recorded on an earlier day than it left, or on the same day.
    if (into && into.day <= event.day) this.in(into)
  }

  in(event: LotEvent): void {
    if (this.done.has(event.id)) return
    const out = this.outs.get(event.id)
    if (out && !this.onTheWay.has(event.id)) {
      if (out.day > event.day) {
        this.out({ ...out, day: event.day })
        this.done.add(out.id)
      }
      return
    }
    this.done.add(event.id)
    const between = this.onTheWay.get(event.id)
    const lots = between?.open() ?? []
    const account = this.family.account(event.accountId)
    for (const lot of lots) {
      between!.remove(lot)
      lot.account = account
      lot.symbol = event.symbol
      this.family.book(event.accountId, event.symbol).add(lot)
    }
    const rest = event.quantity - sharesOf(lots)
    if (rest > 0n) this.fromOutside(event, rest, out !== undefined)
  }

  private fromOutside(event: LotEvent, quantity: bigint, isRestOfPair: boolean): void {
    const origin = event.origin ?? 'transfer'
    const basis = isRestOfPair ? null : (event.basisCents ?? (origin === 'inheritance' ? event.valueCents : null))
    if (basis === null) this.family.problem(event, 'unknown_basis', quantity)
    const openedDay = (origin === 'transfer' ? event.acquiredDay : null) ?? event.day
    const holdingDay = event.acquiredDay ?? event.day
    const purchase = createPurchase(event.id, openedDay, false)
    const account = this.family.account(event.accountId)
    const lot = createLot(purchase, account, event.symbol, origin, quantity, basis, { openedDay, holdingDay })
    if (origin === 'gift' && event.valueCents !== null && basis !== null && event.valueCents < basis) {
      lot.lossCents = event.valueCents
      lot.giftDay = event.day
    }
    lot.isReplacement = event.isReplacement
    this.family.book(event.accountId, event.symbol).add(lot)
    // Shares that were bought elsewhere replace those of a loss too; a gift and an inheritance are no purchase.
    if (origin === 'transfer' && event.acquiredDay !== null) this.family.washSales.bought(lot, event.day)
  }
}

const byText = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

interface Results {
  readonly lots: OpenLot[]
  readonly closings: Closing[]
  readonly washSales: WashSale[]
  readonly problems: LotProblem[]
}

const addResults = (family: Family, { closings, lots, problems, washSales }: Results): void => {
  const books = [...family.books()].toSorted((one, other) => byText(one.symbol, other.symbol) || byText(one.accountId, other.accountId))
  for (const { book } of books) for (const lot of book.eachLot()) lots.push(openLotOf(lot))
  for (const closed of family.allClosings()) {
    closed.index = closings.length
    closings.push(closingOf(closed))
  }
  for (const { accountId, cents, closed, isLost, purchase, quantity, symbol } of family.washSales.matches)
    washSales.push({
      closing: closed.index,
      replacedBy: purchase.id,
      accountId,
      symbol,
      replacementDay: purchase.day,
      quantity,
      disallowedCents: cents,
      isLost,
    })
  for (const problem of family.problems) problems.push(problem)
}

const closingOf = (closed: Closed): Closing => ({
  transactionId: closed.transactionId,
  openedBy: closed.purchase ? closed.purchase.id : null,
  accountId: closed.account.id,
  symbol: closed.symbol,
  kind: closed.kind,
  origin: closed.origin,
  quantity: closed.quantity,
  openedDay: closed.purchase ? closed.openedDay : null,
  holdingDay: closed.purchase ? closed.holdingDay : null,
  closedDay: closed.closedDay,
  term: termOf(closed),
  proceedsCents: closed.proceedsCents,
  basisCents: closed.basisCents,
  disallowedCents: closed.disallowedCents,
})

const openLotOf = (lot: Lot): OpenLot => ({
  openedBy: lot.purchase.id,
  accountId: lot.account.id,
  symbol: lot.symbol,
  origin: lot.origin,
  openedDay: lot.openedDay,
  holdingDay: lot.holdingDay,
  longTermDay: lot.origin === 'inheritance' ? lot.openedDay : longTermDayOf(lot.holdingDay),
  quantity: lot.quantity,
  basisCents: lot.isBasisKnown ? lot.cents + lot.washCents : null,
  washCents: lot.washCents,
  lossBasisCents: lot.lossCents < 0 ? null : lot.lossCents,
})
