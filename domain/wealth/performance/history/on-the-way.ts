import { TRANSFER_DAYS } from '../../lots/transfer-halves.ts'
import { HoldingTrack } from './holding-track.ts'
import type { HistoryEvent, ValueHistoryInput } from './types.ts'

/** The two halves of a transfer on different days. */
interface Pair {
  readonly out: HistoryEvent
  readonly into: HistoryEvent
}

/** What moves: the security and its shares, or the currency and its amount. Undefined for what is no half of a transfer. */
const keyOf = (
  { accountId, amount, quantity, symbol, type }: HistoryEvent,
  currencies: ReadonlyMap<string, string>,
): string | undefined => {
  const isTransfer = type === 'transfer_in' || type === 'transfer_out'
  if (symbol !== null) return isTransfer && quantity > 0 ? `${symbol}\n${quantity}` : undefined
  if (!isTransfer && type !== 'cash' && type !== 'contribution' && type !== 'withdrawal') return undefined
  return amount === 0 ? undefined : `${currencies.get(accountId)}\n\n${Math.abs(amount)}`
}

const isOut = ({ amount, symbol, type }: HistoryEvent): boolean => (symbol === null ? amount < 0 : type === 'transfer_out')

/** Days between two halves that fit, or infinity. Halves of cash must name the account, since many payments have one amount. */
const distance = (out: HistoryEvent, into: HistoryEvent): number => {
  const days = Math.abs(into.day - out.day)
  const isNamed = out.transferAccountId === into.accountId || into.transferAccountId === out.accountId
  const isOther = (half: HistoryEvent, accountId: string): boolean =>
    half.transferAccountId !== null && half.transferAccountId !== accountId
  const fits = out.accountId !== into.accountId && days <= TRANSFER_DAYS && !isOther(out, into.accountId) && !isOther(into, out.accountId)
  if (!fits || (!isNamed && out.symbol === null)) return Number.POSITIVE_INFINITY
  return isNamed ? days : days + TRANSFER_DAYS + 1
}

const findPairs = (events: readonly HistoryEvent[], currencies: ReadonlyMap<string, string>): Pair[] => {
  const ins = new Map<string, HistoryEvent[]>()
  for (const event of events) {
    const key = isOut(event) ? undefined : keyOf(event, currencies)
    if (key === undefined) continue
    const known = ins.get(key)
    if (known) known.push(event)
    else ins.set(key, [event])
  }
  const used = new Set<HistoryEvent>()
  const pairs: Pair[] = []
  for (const out of events) {
    const key = isOut(out) ? keyOf(out, currencies) : undefined
    const [best] = (ins.get(key ?? '') ?? [])
      .filter(into => !used.has(into) && Number.isFinite(distance(out, into)))
      .toSorted((one, other) => distance(out, one) - distance(out, other))
    if (!best) continue
    used.add(best)
    if (best.day !== out.day) pairs.push({ out, into: best })
  }
  return pairs
}

/**
 * What has left one account and not yet come into another, as holdings of their own, so that a set of both accounts has no gap between the two days.
 * Where it came before it left, the holding is negative.
 */
export const tracksOnTheWay = (input: ValueHistoryInput, days: number): HoldingTrack[] => {
  const currencies = new Map(input.accounts.map(({ currency, id }) => [id, currency]))
  return findPairs(input.transfers ?? input.events, currencies).map(({ into, out }) => {
    const { accountId, symbol } = out
    const units = symbol === null ? Math.abs(out.amount) : out.quantity
    const track = new HoldingTrack(accountId, symbol, currencies.get(accountId)!, days, into.accountId)
    for (const { day, isLeaving } of [
      { day: out.day, isLeaving: true },
      { day: into.day, isLeaving: false },
    ].toSorted((one, other) => one.day - other.day)) {
      if (day > input.lastDay) break
      const change = isLeaving ? units : -units
      const index = day - input.firstDay + 1
      track.long += change
      track.record(index)
      if (symbol === null) track.addMoney(index, change)
      else track.addMove(index, symbol, change)
    }
    return track
  })
}
