import * as fc from 'fast-check'
import type { HistoryAccount, HistoryEvent, MarketPrices, ValueHistoryInput } from '../../../../domain/wealth/index.ts'

const kinds = [
  'buy',
  'buy',
  'sell',
  'sell',
  'short',
  'cover',
  'reinvestment',
  'dividend',
  'interest',
  'fee',
  'contribution',
  'withdrawal',
  'transfer',
  'move_cash',
  'split',
  'stock_dividend',
  'merger',
  'cash_merger',
  'symbol_change',
  'spin_off',
  'return_of_capital',
] as const

/** What is drawn of one step: numbers that a walk makes a valid transaction of. */
const step = fc.record({
  kind: fc.constantFrom(...kinds),
  account: fc.nat({ max: 1 }),
  security: fc.nat({ max: 1 }),
  thousandths: fc.integer({ min: 1, max: 1000 }),
  cents: fc.integer({ min: 100, max: 100_000 }),
  gap: fc.nat({ max: 4 }),
  // Ratios whose decimals end, so that floating-point quantities can be sold exactly.
  ratio: fc.constantFrom([2, 1], [3, 2], [1, 5], [5, 4]),
})

const daysOfTheirOwn: ReadonlySet<string> = new Set([
  'short',
  'cover',
  'split',
  'stock_dividend',
  'merger',
  'cash_merger',
  'symbol_change',
  'spin_off',
  'return_of_capital',
  'transfer',
])

const FIRST_DAY = 19_000
const accounts: readonly HistoryAccount[] = [
  { id: 'dollars', currency: 'USD', openingBalance: 50_000, openedDay: FIRST_DAY },
  { id: 'euros', currency: 'EUR', openingBalance: 20_000, openedDay: FIRST_DAY + 1 },
]

/** Exact thousandths of shares, not more than are held. */
const partOf = (held: number, thousandths: number): number => {
  const all = Math.floor(held * 1000 + 1e-6)
  return (thousandths > 800 ? all : Math.floor((all * thousandths) / 1000)) / 1000
}

const walk = (steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[]): HistoryEvent[] => {
  const events: HistoryEvent[] = []
  const held = new Map<string, number>()
  const names = ['A', 'B']
  let day = FIRST_DAY + 2
  const hold = (accountId: string, symbol: string, units: number): Map<string, number> =>
    held.set(`${accountId} ${symbol}`, Math.abs(units) < 1e-11 ? 0 : units)
  const heldOf = (accountId: string, symbol: string): number => held.get(`${accountId} ${symbol}`) ?? 0
  const write = (accountId: string, type: HistoryEvent['type'], stated: Partial<HistoryEvent>): void => {
    const nothing = {
      symbol: null,
      newSymbol: null,
      quantity: 0,
      amount: 0,
      fees: 0,
      value: null,
      numerator: 0,
      denominator: 0,
      transferAccountId: null,
    }
    events.push({ accountId, day, type, ...nothing, ...stated })
  }
  for (const { account, cents, gap, kind, ratio, security, thousandths } of steps) {
    const accountId = accounts[account]!.id
    const other = accounts[1 - account]!.id
    const symbol = names[security]!
    const has = heldOf(accountId, symbol)
    const money = cents / 100
    const fees = thousandths % 2 === 0 ? 0 : 1
    // Changes of all shares come first on their day, and purchases before short sales: these have a day of their own.
    const isAlone = daysOfTheirOwn.has(kind) || ((kind === 'buy' || kind === 'reinvestment') && has < 0)
    day += gap + Number(isAlone)
    const [numerator, denominator] = ratio as [number, number]
    if (kind === 'buy' || kind === 'reinvestment') {
      const quantity = thousandths / 10
      write(accountId, kind, { symbol, quantity, ...(kind === 'buy' || fees === 1 ? { amount: -money - fees, fees } : { value: money }) })
      hold(accountId, symbol, has + quantity)
    } else if (kind === 'sell' || kind === 'cover') {
      const quantity = partOf(kind === 'sell' ? has : -has, thousandths)
      if (quantity <= 0) continue
      write(accountId, kind, { symbol, quantity, amount: (kind === 'sell' ? money : -money) - fees, fees })
      hold(accountId, symbol, kind === 'sell' ? has - quantity : has + quantity)
    } else if (kind === 'short') {
      // A seller who holds shares sells them first.
      if (has > 1e-9) continue
      write(accountId, kind, { symbol, quantity: thousandths / 1000, amount: money - fees, fees })
      hold(accountId, symbol, has - thousandths / 1000)
    } else if (kind === 'contribution' || kind === 'interest') write(accountId, kind, { amount: money })
    else if (kind === 'withdrawal' || kind === 'fee') write(accountId, kind, { amount: -money })
    else if (kind === 'move_cash') {
      write(accountId, 'transfer_out', { amount: -money, transferAccountId: other })
      write(other, 'transfer_in', { amount: money, day: day + (thousandths % 3) })
    } else if (has <= 1e-9) continue
    else if (kind === 'dividend' || kind === 'return_of_capital')
      write(accountId, kind, { symbol, amount: money, fees: kind === 'dividend' ? fees : 0 })
    else if (kind === 'transfer') {
      const quantity = partOf(has, thousandths)
      if (quantity <= 0 || heldOf(other, symbol) < 0) continue
      write(accountId, 'transfer_out', { symbol, quantity })
      write(other, 'transfer_in', { symbol, quantity, day: day + (thousandths % 2) })
      hold(accountId, symbol, has - quantity)
      hold(other, symbol, heldOf(other, symbol) + quantity)
    } else {
      const isSplit = kind === 'split' || kind === 'stock_dividend'
      const newSymbol = kind === 'cash_merger' || isSplit ? null : `${symbol}${kind === 'spin_off' ? '*' : '+'}`
      for (const { id } of accounts) {
        const before = heldOf(id, symbol)
        if (before === 0 || (before < 0 && kind !== 'split' && kind !== 'symbol_change')) continue
        const after = (before * numerator) / denominator
        if (kind === 'split') write(id, 'split', { symbol, numerator, denominator })
        else if (kind === 'stock_dividend') write(id, 'stock_dividend', { symbol, quantity: 1 })
        else if (kind === 'cash_merger') write(id, 'merger', { symbol, amount: money })
        else if (kind === 'symbol_change') write(id, 'symbol_change', { symbol, newSymbol })
        else write(id, kind, { symbol, newSymbol, numerator, denominator })
        if (isSplit) hold(id, symbol, kind === 'split' ? after : before + 1)
        else if (kind !== 'spin_off') hold(id, symbol, 0)
        if (newSymbol !== null) hold(id, newSymbol, kind === 'symbol_change' ? before : heldOf(id, newSymbol) + after)
      }
      if (kind === 'merger' || kind === 'symbol_change') names[security] = newSymbol!
    }
    if (isAlone) day += 1
  }
  return events
}

/** Dollars of one euro on a day; unknown on some, if there are gaps. */
const euroOn = (day: number): number => 1 + ((day * 7919) % 97) / 400
const hasGap = (day: number): boolean => day % 31 === 7

const pricesOf = (currency: string, start: number, moves: readonly number[]): MarketPrices => {
  let price = start
  const closes = moves.map(move => (price *= 1 + move / 1000))
  return { currency, days: Int32Array.from(moves, (_, index) => FIRST_DAY + 10 + index * 2), closes: Float64Array.from(closes) }
}

/** Ledgers of two accounts in two currencies, without problems of tax lots; one of the securities has market prices, in euros, from a day on. */
export const anyLedger = (currency: string, { withGaps = false } = {}): fc.Arbitrary<ValueHistoryInput> =>
  fc
    .record({
      steps: fc.array(step, { maxLength: 40, size: 'max' }),
      moves: fc.array(fc.integer({ min: -200, max: 200 }), { minLength: 1, maxLength: 60, size: 'max' }),
    })
    .map(({ moves, steps }) => ({
      firstDay: FIRST_DAY + 5,
      lastDay: FIRST_DAY + 280,
      currency,
      accounts,
      events: walk(steps),
      prices: new Map([['A', pricesOf('EUR', 20, moves)]]),
      rates: (from: string, to: string, day: number): number | undefined => {
        if (withGaps && hasGap(day)) return undefined
        if (from === to) return 1
        return from === 'EUR' ? euroOn(day) : 1 / euroOn(day)
      },
    }))
