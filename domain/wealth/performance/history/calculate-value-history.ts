import { dateOfEpochDay } from '../../../shared/index.ts'
import { eventRanks } from '../../lots/order.ts'
import type { LotEventType } from '../../lots/types.ts'
import { applyEvent } from './apply-event.ts'
import { HoldingTrack } from './holding-track.ts'
import { tracksOnTheWay } from './on-the-way.ts'
import { PriceBook } from './price-book.ts'
import { cashLine, type PriceLine, securityLine } from './price-lines.ts'
import { RateTable } from './rate-table.ts'
import type { HistoryAccount, HistoryEvent, HoldingHistory, LastPrice, ValueGap, ValueHistory, ValueHistoryInput } from './types.ts'
import { type Gap, valueHolding } from './value-holding.ts'

const LAST_RANK = 15
const rankOf = (type: HistoryEvent['type']): number => eventRanks[type as LotEventType] ?? LAST_RANK

/**
 * The value of each holding on each day, with what changed it: trades and money from outside, income, fees, prices and exchange rates. Floating-point
 * estimates for statistics; the ledger itself is exact. Prices are the last close of the market on or before the day, before the first one the last trade of
 * the ledger, without its fees and adjusted by later splits of the ledger. A holding without a known value on a day is listed and left out.
 * @throws RangeError if an event is of an account that is not given, or the last day is before the first one
 */
export const calculateValueHistory = (input: ValueHistoryInput): ValueHistory => {
  const { currency, firstDay, lastDay } = input
  if (lastDay < firstDay) throw new RangeError('lastDay must not be before firstDay')
  const days = lastDay - firstDay + 1
  const baseDay = firstDay - 1
  const prices = new PriceBook(input.prices)
  const rates = new RateTable(input.rates, currency, baseDay, days + 1)
  const tracks = [...readLedger(input, prices, days), ...tracksOnTheWay(input, days)]
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
  return { firstDay, lastDay, currency, holdings, unpriced, unconverted, lastPrices: [...lastPrices.values()] }
}

/** Reads all events up to the last day. */
const readLedger = ({ accounts, events, firstDay, lastDay }: ValueHistoryInput, prices: PriceBook, days: number): HoldingTrack[] => {
  const baseDay = firstDay - 1
  const byAccount = new Map<string, Map<string, HoldingTrack>>()
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
  const firstDays = new Map<string, number>()
  for (const { accountId, day } of counted) if (!firstDays.has(accountId)) firstDays.set(accountId, day)
  for (const account of accounts) {
    byAccount.set(account.id, new Map())
    openAccount(
      account,
      Math.min(account.openedDay, firstDays.get(account.id) ?? account.openedDay) - baseDay,
      trackOf(account.id, null),
      days,
    )
  }
  for (const event of counted)
    applyEvent(event, {
      prices,
      index: event.day - baseDay,
      cash: trackOf(event.accountId, null),
      security: event.symbol === null ? undefined : trackOf(event.accountId, event.symbol),
      successor: event.newSymbol === null ? undefined : trackOf(event.accountId, event.newSymbol),
    })
  return [...byAccount.values()].flatMap(tracks =>
    [...tracks].toSorted(([one], [other]) => (one < other ? -1 : Number(one > other))).map(([, track]) => track),
  )
}

const openAccount = ({ openingBalance }: HistoryAccount, index: number, cash: HoldingTrack, days: number): void => {
  if (openingBalance === 0 || index > days) return
  cash.long = openingBalance
  cash.record(index)
  cash.addMoney(index, openingBalance)
}
