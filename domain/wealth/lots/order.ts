import type { LotEvent, LotEventType } from './types.ts'

/** What happens first on a day: changes of all shares, then shares that come in, then shares that leave. The ledger knows no time of day. */
export const eventRanks: Record<LotEventType, number> = {
  symbol_change: 0,
  split: 1,
  stock_dividend: 1,
  merger: 2,
  spin_off: 3,
  return_of_capital: 4,
  transfer_in: 5,
  buy: 6,
  reinvestment: 6,
  transfer_out: 7,
  sell: 8,
  short: 9,
  cover: 10,
}
const RANKS = 16
/** More events than memory can hold. With the keys of all days that a calendar has, the products stay below 2^53. */
const PLACES = 2 ** 26

const byTie = (one: LotEvent, other: LotEvent): number => {
  if (one.tie !== other.tie) return one.tie < other.tie ? -1 : 1
  if (one.accountId !== other.accountId) return one.accountId < other.accountId ? -1 : 1
  return one.id < other.id ? -1 : Number(one.id > other.id)
}

/**
 * Some of many events with their order among others. It is written down while the events are read one after the other, and sorted as numbers: to read them
 * again in no order costs much more, since they are all over the memory.
 */
export class EventList {
  private readonly all: readonly LotEvent[]
  /** The key of each event with its place among all events behind it. */
  private readonly orders: number[] = []

  constructor(all: readonly LotEvent[]) {
    this.all = all
  }

  /** Purchases of a day in accounts that are taxed come before those in others: a loss that they replace is not lost. */
  add(event: LotEvent, place: number, isTaxAdvantaged: boolean): void {
    this.orders.push(((event.day * RANKS + eventRanks[event.type]) * 2 + Number(isTaxAdvantaged)) * PLACES + place)
  }

  addAll({ orders }: EventList): void {
    for (const order of orders) this.orders.push(order)
  }

  /** The events in the order in which they count: by day, then by type, then by what they are. */
  inOrder(): LotEvent[] {
    const orders = new Float64Array(this.orders)
    orders.sort()
    const ordered: LotEvent[] = []
    for (let start = 0, end = 0; start < orders.length; start = end) {
      const key = Math.floor(orders[start]! / PLACES)
      for (end = start; end < orders.length && Math.floor(orders[end]! / PLACES) === key; end += 1)
        ordered.push(this.all[orders[end]! - key * PLACES]!)
      if (end - start > 1) sortTies(ordered, start)
    }
    return ordered
  }
}

/** Sorts the last events, from a place on, which have the same key. */
const sortTies = (events: LotEvent[], start: number): void => {
  let at = start + 1
  while (at < events.length && byTie(events[at - 1]!, events[at]!) <= 0) at += 1
  if (at === events.length) return
  const sorted = events.slice(start).toSorted(byTie)
  for (let index = 0; index < sorted.length; index += 1) events[start + index] = sorted[index]!
}
