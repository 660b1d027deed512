import { type LotAccount, type LotEvent, type LotHistory, type LotMethod, ONE_SHARE } from '../../domain/wealth/index.ts'

/** Numbers from 0 to below 1 from a seed: xorshift of 32 bits. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

const METHODS: readonly LotMethod[] = ['fifo', 'fifo', 'fifo', 'hifo', 'lifo', 'lowest_tax', 'average']
const FIRST_DAY = 14_610 // 2010-01-01

export const plainEvent = ({ id, type, day, ...change }: Partial<LotEvent> & Pick<LotEvent, 'id' | 'type' | 'day'>): LotEvent => ({
  id,
  accountId: change.accountId ?? 'account 00',
  type,
  day,
  symbol: change.symbol ?? 'S000',
  quantity: change.quantity ?? 0n,
  cents: change.cents === undefined ? 0 : change.cents,
  method: change.method ?? 'fifo',
  picks: null,
  isReplacement: false,
  newSymbol: null,
  numerator: change.numerator ?? 0,
  denominator: change.denominator ?? 0,
  priceMillionths: null,
  basisCents: null,
  valueCents: null,
  acquiredDay: null,
  origin: null,
  basisShare: null,
  transferAccountId: change.transferAccountId ?? null,
  tie: id,
})

/** Shares with four decimals, as funds have them. */
export const shares = (tenThousandths: number): bigint => BigInt(tenThousandths) * (ONE_SHARE / 10_000n)

export const accountsOf = (count: number): LotAccount[] =>
  Array.from({ length: count }, (_, index) => ({ id: `account ${String(index).padStart(2, '0')}`, isTaxAdvantaged: index % 5 === 4 }))

/**
 * A household of 40 accounts and 400 securities over 15 years, by day: 51 % purchases, 20 % reinvested dividends, 28 % sales by every standing
 * method, and splits and transfers between accounts. Prices change by up to 3 % a day and rise by 7 % a year. Nothing is sold that is not held.
 */
export const realisticHistory = (count: number): LotHistory => {
  const random = randomFrom(20_260_101)
  const accounts = accountsOf(40)
  const prices = Array.from({ length: 400 }, () => 20 + random() * 180)
  const held = new Map<string, number>()
  const events: LotEvent[] = []
  const nextId = (): string => String(events.length).padStart(7, '0')
  const keyOf = (accountId: string, security: number): string => `${accountId} ${security}`
  const symbols = prices.map((_, security) => `S${String(security).padStart(3, '0')}`)

  const split = (day: number, security: number): void => {
    for (const { id: accountId } of accounts) {
      const before = held.get(keyOf(accountId, security)) ?? 0
      if (before === 0) continue
      held.set(keyOf(accountId, security), before * 2)
      events.push(plainEvent({ id: nextId(), type: 'split', day, accountId, symbol: symbols[security]!, numerator: 2, denominator: 1 }))
    }
    prices[security]! /= 2
  }
  const transfer = (day: number, security: number, index: number, has: number): void => {
    const accountId = accounts[index]!.id
    const other = accounts[(index + 1) % accounts.length]!.id
    const quantity = Math.ceil(has / 2)
    held.set(keyOf(accountId, security), has - quantity)
    held.set(keyOf(other, security), (held.get(keyOf(other, security)) ?? 0) + quantity)
    const half = { day, symbol: symbols[security]!, quantity: shares(quantity), cents: null }
    events.push(plainEvent({ ...half, id: nextId(), type: 'transfer_out', accountId, transferAccountId: other }))
    events.push(plainEvent({ ...half, id: nextId(), type: 'transfer_in', accountId: other, transferAccountId: accountId }))
  }
  const trade = (day: number, security: number, index: number, has: number): void => {
    const accountId = accounts[index]!.id
    const kind = random()
    const type = has > 0 && kind < 0.28 ? 'sell' : kind < 0.48 ? 'reinvestment' : 'buy'
    const most = { sell: 40, reinvestment: 2, buy: 60 }[type] * 10_000
    const wanted = Math.ceil(random() * most)
    const quantity = type === 'sell' ? Math.min(has, wanted) : wanted
    held.set(keyOf(accountId, security), type === 'sell' ? has - quantity : has + quantity)
    const cents = Math.round((quantity / 100) * prices[security]!)
    const method = METHODS[index % METHODS.length]!
    events.push(plainEvent({ id: nextId(), type, day, accountId, symbol: symbols[security]!, quantity: shares(quantity), cents, method }))
  }

  let today = 0
  while (events.length < count) {
    const day = FIRST_DAY + Math.floor((events.length / count) * 5475)
    if (day > today) {
      today = day
      for (let security = 0; security < prices.length; security += 1) prices[security]! *= 1.0002 + (random() - 0.5) * 0.06
      if (random() < 0.05) split(day, Math.floor(random() * prices.length))
    }
    const security = Math.floor(random() * prices.length)
    // A security is held in up to six of the accounts.
    const index = (security * 7 + Math.floor(random() * 6)) % accounts.length
    const has = held.get(keyOf(accounts[index]!.id, security)) ?? 0
    if (has > 0 && random() < 0.005) transfer(day, security, index, has)
    else trade(day, security, index, has)
  }
  return { accounts, events: events.slice(0, count), identicalPairs: [] }
}

/**
 * The same events, by security and then by day: as the database gives them. Each event and its quantity are made again in this order, since objects are in
 * memory in the order in which they were made.
 */
export const bySecurity = (history: LotHistory): LotHistory => {
  const groups = Map.groupBy(history.events, ({ symbol }) => symbol)
  return {
    ...history,
    events: [...groups.values()].flat().map(event => plainEvent({ ...event, quantity: BigInt(String(event.quantity)) })),
  }
}

/** The same events in another order, which depends on nothing else. */
export const shuffled = (history: LotHistory): LotHistory => {
  const random = randomFrom(7)
  const events = [...history.events]
  for (let index = events.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1))
    ;[events[index], events[other]] = [events[other]!, events[index]!]
  }
  return { ...history, events }
}
