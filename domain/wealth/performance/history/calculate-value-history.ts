import { dateOfEpochDay } from '../../../shared/index.ts'
import { eventRanks } from '../../lots/order.ts'
import type { LotEventType } from '../../lots/types.ts'
import { applyEvent } from './apply-event.ts'
import { HoldingTrack } from './holding-track.ts'
import { tracksOnTheWay } from './on-the-way.ts'
import { PriceBook } from './price-book.ts'
import { cashLine, type PriceLine, securityLine } from './price-lines.ts'
import { RateTable } from './rate-table.ts'
import type {
  HistoryAccount,
  HistoryEvent,
  HistoryState,
  HoldingHistory,
  LastPrice,
  ValueGap,
  ValueHistory,
  ValueHistoryInput,
} from './types.ts'
import { type Gap, valueHolding } from './value-holding.ts'

const LAST_RANK = 15
const rankOf = (type: HistoryEvent['type']): number => eventRanks[type as LotEventType] ?? LAST_RANK

/**
 * The value of each holding on each day, with what changed it: trades and money from outside, income, fees, prices and exchange rates. Floating-point
 * estimates for statistics; the ledger itself is exact. Prices are the last close of the market on or before the day, before the first one the last trade of
 * the ledger, without its fees and adjusted by later splits of the ledger. A holding without a known value on a day is listed and left out.
 * @throws RangeError if an event is of an account that is not given, the last day is before the first one, or the state is not of the day before the first one
 */
export const calculateValueHistory = (input: ValueHistoryInput): ValueHistory => {
  const { currency, firstDay, lastDay } = input
  if (lastDay < firstDay) throw new RangeError('lastDay must not be before firstDay')
  const days = lastDay - firstDay + 1
  const baseDay = firstDay - 1
  if (input.state && input.state.day !== baseDay) throw new RangeError('the state must be of the day before firstDay')
  const prices = new PriceBook(input.prices)
  const rates = new RateTable(input.rates, currency, baseDay, days + 1)
  const { states, tracks: ofAccounts } = readLedger(input, prices, days)
  const tracks = [...ofAccounts, ...tracksOnTheWay(input, days)]
  const lines = new Map<string, PriceLine>()
  const keep = (key: string, make: () => PriceLine): PriceLine => {
    const known = lines.get(key)
    if (known) return known
    const line = make()
    lines.set(key, line)
    return line
  }
  const lineOf = (symbol: string): PriceLine => keep(`security ${symbol}`, () => securityLine(symbol, prices, rates, baseDay, days + 1))
  const holdings: HoldingHistory[] = []
  const unpriced: ValueGap[] = []
  const unconverted: ValueGap[] = []
  const lastPrices = new Map<string, LastPrice>()
  const units = new Float64Array(days + 1)
  for (const track of tracks) {
    if (!track.isOfTheseDays) continue
    const { accountId, symbol } = track
    track.writeUnits(units)
    const line = symbol === null ? keep(`cash ${track.currency}`, () => cashLine(track.currency, rates)) : lineOf(symbol)
    const valued = valueHolding(track, units, line, rates.of(track.currency), lineOf)
    holdings.push(valued.holding)
    const datedOf = ({ from, to }: Gap): ValueGap => ({
      accountId,
      symbol,
      from: dateOfEpochDay(firstDay + from),
      to: dateOfEpochDay(firstDay + to),
    })
    unpriced.push(...valued.unpriced.map(datedOf))
    unconverted.push(...valued.unconverted.map(datedOf))
    if (symbol !== null && line.last) lastPrices.set(symbol, { symbol, source: line.last.source, date: dateOfEpochDay(line.last.day) })
  }
  return { firstDay, lastDay, currency, holdings, unpriced, unconverted, lastPrices: [...lastPrices.values()], states }
}

/** Reads all events up to the last day. */
const readLedger = (input: ValueHistoryInput, prices: PriceBook, days: number): { tracks: HoldingTrack[]; states: HistoryState[] } => {
  const { accounts, events, firstDay, lastDay, state } = input
  const checkpoints = (input.checkpoints ?? []).filter(day => day >= firstDay && day <= lastDay)
  const baseDay = firstDay - 1
  const byAccount = new Map<string, Map<string, HoldingTrack>>(accounts.map(({ id }) => [id, new Map()]))
  const currencies = new Map(accounts.map(({ currency, id }) => [id, currency]))
  const trackOf = (accountId: string, symbol: string | null): HoldingTrack => {
    const tracks = byAccount.get(accountId)
    if (!tracks) throw new RangeError(`an event is of the account ${accountId}, which is not given`)
    // A symbol is never empty.
    let track = tracks.get(symbol ?? '')
    if (!track) tracks.set(symbol ?? '', (track = new HoldingTrack(accountId, symbol, currencies.get(accountId)!, days)))
    return track
  }
  const counted = events
    .filter(({ day }) => day <= lastDay)
    .toSorted((one, other) => one.day - other.day || rankOf(one.type) - rankOf(other.type))
  if (state) prices.restore(state)
  for (const holding of state?.holdings ?? []) trackOf(holding.accountId, holding.symbol).restore(holding)
  const opened = openAccounts(input, counted, byAccount, trackOf, days)
  const stateOn = (day: number): HistoryState => ({
    day,
    holdings: [...byAccount].flatMap(([accountId, tracks]) =>
      [...tracks.values()].filter(({ symbol }) => symbol !== null || opened.get(accountId)! <= day).map(track => track.state),
    ),
    ...prices.stateOn(day),
    stated: [],
  })
  const states: HistoryState[] = []
  const reach = (day: number): void => {
    for (let next = checkpoints[states.length]; next !== undefined && next < day; next = checkpoints[states.length])
      states.push(stateOn(next))
  }
  for (const event of counted) {
    reach(event.day)
    applyEvent(event, {
      prices,
      index: event.day - baseDay,
      cash: trackOf(event.accountId, null),
      security: event.symbol === null ? undefined : trackOf(event.accountId, event.symbol),
      successor: event.newSymbol === null ? undefined : trackOf(event.accountId, event.newSymbol),
    })
  }
  reach(lastDay + 1)
  const tracks = [...byAccount.values()].flatMap(own =>
    [...own].toSorted(([one], [other]) => (one < other ? -1 : Number(one > other))).map(([, track]) => track),
  )
  return { tracks, states }
}

/** Gives the accounts their opening balance, except those that an earlier history has opened. Returns the day on which each account begins. */
const openAccounts = (
  { accounts, firstDay, state }: ValueHistoryInput,
  counted: readonly HistoryEvent[],
  byAccount: ReadonlyMap<string, ReadonlyMap<string, HoldingTrack>>,
  trackOf: (accountId: string, symbol: null) => HoldingTrack,
  days: number,
): Map<string, number> => {
  const firstDays = new Map<string, number>()
  for (const { accountId, day } of counted) if (!firstDays.has(accountId)) firstDays.set(accountId, day)
  const opened = new Map<string, number>()
  for (const account of accounts) {
    // The cash of an account is the track without a symbol.
    const isOpen = byAccount.get(account.id)!.has('')
    const day = isOpen ? state!.day : Math.min(account.openedDay, firstDays.get(account.id) ?? account.openedDay)
    opened.set(account.id, day)
    const cash = trackOf(account.id, null)
    if (!isOpen) openAccount(account, day - firstDay + 1, cash, days)
  }
  return opened
}

const openAccount = ({ openingBalance }: HistoryAccount, index: number, cash: HoldingTrack, days: number): void => {
  if (openingBalance === 0 || index > days) return
  cash.long = openingBalance
  cash.record(index)
  cash.addMoney(index, openingBalance)
}
