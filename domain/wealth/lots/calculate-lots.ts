import { applyMerger, applyReturnOfCapital, applySpinOff, applySplit, applyStockDividend, applySymbolChange } from './corporate-actions.ts'
import { securityFamilies } from './families.ts'
import { Family } from './family.ts'
import { isOptionSymbol } from './options.ts'
import { EventList } from './order.ts'
import { centsOfPart } from './quantities.ts'
import { OpenLotState } from './state.ts'
import { Transfers } from './transfers.ts'
import type { Closing, LotAccount, LotEvent, LotHistory, LotPick, LotProblem, LotResult, OpenLot, WashSale } from './types.ts'

/**
 * The tax lots of a household: which shares each account holds, since when and at what basis, what each sale has closed and with what gain,
 * and which losses wash sales disallow, over all accounts. The events can come in any order; the result depends only on what they are. Cents are
 * exact: the parts of an amount always add up to it. Nothing is refused: where the history lacks something, a problem says what, and the basis or the
 * proceeds concerned are null.
 */
export const calculateLots = (history: LotHistory): LotResult => {
  const result = emptyResult()
  for (const family of calculateFamilies(history)) addResults(family, result)
  return result
}

/**
 * The tax lots of a household, as `calculateLots` gives them, for one family of securities after the other. Each result is complete in itself: its wash sales
 * name closings of it. Use it for a large history: it is twice as fast if the results do not stay in memory, and faster still if the events of each
 * security come together.
 */
export function* calculateLotsByFamily(history: LotHistory): Generator<LotResult> {
  for (const family of calculateFamilies(history)) {
    const result = emptyResult()
    addResults(family, result)
    yield result
  }
}

function* calculateFamilies(history: LotHistory): Generator<Family> {
  const accounts = new Map(history.accounts.map(account => [account.id, account]))
  const identical = new Set(history.identicalPairs.flatMap(([one, other]) => [`${one}\n${other}`, `${other}\n${one}`]))
  const isIdentical = (one: string, other: string): boolean => one === other || (identical.size > 0 && identical.has(`${one}\n${other}`))
  for (const events of eventsByFamily(history, accounts)) yield calculateFamily(accounts, events.inOrder(), isIdentical)
}

/** The events of each family, families by the text of their names. */
const eventsByFamily = ({ events, identicalPairs }: LotHistory, accounts: ReadonlyMap<string, LotAccount>): EventList[] => {
  const bySymbol = new Map<string, EventList>()
  const links: LotEvent[] = []
  for (let place = 0; place < events.length; place += 1) {
    const event = events[place]!
    const known = bySymbol.get(event.symbol)
    const list = known ?? new EventList(events)
    list.add(event, place, accounts.get(event.accountId)!.isTaxAdvantaged)
    if (!known) bySymbol.set(event.symbol, list)
    if (!known || event.newSymbol !== null) links.push(event)
  }
  const byFamily = new Map<string, EventList>()
  for (const [symbol, name] of securityFamilies({ events: links, identicalPairs })) {
    const list = bySymbol.get(symbol)
    const family = byFamily.get(name)
    if (family && list) family.addAll(list)
    else if (list) byFamily.set(name, list)
  }
  return [...byFamily].toSorted(([one], [other]) => byText(one, other)).map(([, list]) => list)
}

const calculateFamily = (
  accounts: ReadonlyMap<string, LotAccount>,
  events: readonly LotEvent[],
  isIdentical: (one: string, other: string) => boolean,
): Family => {
  const family = new Family(accounts, isIdentical)
  const transfers = new Transfers(family, events)
  const splitDays = new Set<string>()
  let day = Number.NaN
  for (const event of events) {
    if (event.day !== day) {
      family.washSales.endDay()
      day = event.day
    }
    if (isOptionSymbol(event.symbol)) {
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
  if (event.picks) findMissingPicks(family, event, event.picks)
  family.sell(event, 'sale', event.quantity, event.cents)
}

const findMissingPicks = (family: Family, event: LotEvent, picks: readonly LotPick[]): void => {
  const missing = new Map<string, bigint>()
  for (const { openedBy, quantity } of picks) missing.set(openedBy, (missing.get(openedBy) ?? 0n) + quantity)
  for (const { purchase, quantity } of family.book(event.accountId, event.symbol).open()) {
    const picked = missing.get(purchase.id)
    if (picked !== undefined) missing.set(purchase.id, picked - quantity)
  }
  for (const quantity of missing.values()) if (quantity > 0n) family.problem(event, 'lot_not_held', quantity)
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

const byText = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

interface Results {
  readonly lots: OpenLot[]
  readonly closings: Closing[]
  readonly washSales: WashSale[]
  readonly problems: LotProblem[]
}

const emptyResult = (): Results => ({ lots: [], closings: [], washSales: [], problems: [] })

const addResults = (family: Family, { closings, lots, problems, washSales }: Results): void => {
  const books = [...family.books()].toSorted((one, other) => byText(one.symbol, other.symbol) || byText(one.accountId, other.accountId))
  for (const { book } of books) for (const lot of book.open()) lots.push(new OpenLotState(lot))
  for (const closed of family.allClosings()) {
    closed.index = closings.length
    closings.push(closed.closing)
  }
  const { losses, sales } = family.washSales
  for (let index = 0; index < sales.length; index += 1) {
    sales[index]!.closing = losses[index]!.index
    washSales.push(sales[index]!)
  }
  for (const problem of family.problems) problems.push(problem)
}
