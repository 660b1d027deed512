import * as fc from 'fast-check'
import { type LotEvent, type LotMethod, ONE_SHARE } from '../../../../domain/wealth/index.ts'
import { event } from './histories.ts'

/** What is drawn of one step of a history: numbers that a walk makes a valid transaction of. */
const step = fc.record({
  kind: fc.constantFrom('buy', 'buy', 'buy', 'reinvestment', 'sell', 'sell', 'sell', 'sell', 'transfer', 'split', 'merger', 'rename'),
  account: fc.nat({ max: 3 }),
  security: fc.nat({ max: 1 }),
  /** Thousandths of a share bought, or of the shares held sold. */
  thousandths: fc.integer({ min: 1, max: 1000 }),
  cents: fc.integer({ min: 0, max: 100_000 }),
  gap: fc.nat({ max: 8 }),
  method: fc.constantFrom<LotMethod>('fifo', 'lifo', 'hifo', 'lowest_tax', 'average', 'specific'),
  ratio: fc.constantFrom([2, 1], [3, 2], [1, 7], [10, 3]),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

export interface GeneratedHistory {
  readonly events: readonly LotEvent[]
  /** Shares of each account and security at the end, by plain arithmetic. */
  readonly positions: ReadonlyMap<string, bigint>
  /** The security that each symbol belongs to. */
  readonly securityOf: (symbol: string) => string
}

const accountIds = ['taxable', 'spouse', 'ira', 'hsa']
const FIRST_DAY = 19_000

/** Writes the transactions of some steps; those that are not possible, such as a sale of nothing, are left out. */
const walk = (steps: readonly Step[]): GeneratedHistory => {
  const events: LotEvent[] = []
  const positions = new Map<string, bigint>()
  const names = ['A', 'B']
  const held = (accountId: string, symbol: string): bigint => positions.get(`${accountId} ${symbol}`) ?? 0n
  const hold = (accountId: string, symbol: string, quantity: bigint): void => {
    positions.set(`${accountId} ${symbol}`, quantity)
  }
  let day = FIRST_DAY
  const write = (type: LotEvent['type'], change: Partial<LotEvent>): void => {
    const id = String(events.length).padStart(4, '0')
    // The quantity of `event` is text; here it is in units already.
    events.push({ ...event(type, '2022-01-01', { id }), day, tie: id, ...change })
  }

  for (const { account, cents, gap, kind, method, ratio, security, thousandths } of steps) {
    const accountId = accountIds[account]!
    const symbol = names[security]!
    const isOfAll = kind === 'split' || kind === 'merger' || kind === 'rename' || kind === 'transfer'
    // Changes of all shares come first on their day, so they have a day of their own.
    day += isOfAll ? gap + 1 : gap
    const has = held(accountId, symbol)
    const [numerator, denominator] = ratio as [number, number]
    if (kind === 'buy' || kind === 'reinvestment') {
      const quantity = (BigInt(thousandths) * ONE_SHARE) / 100n
      write(kind, { accountId, symbol, quantity, cents })
      hold(accountId, symbol, has + quantity)
    } else if (kind === 'sell' || kind === 'transfer') {
      const quantity = (has * BigInt(thousandths)) / 1000n
      if (quantity === 0n) continue
      hold(accountId, symbol, has - quantity)
      if (kind === 'sell') write('sell', { accountId, symbol, quantity, cents, method })
      else {
        const other = accountIds[(account + 1) % 4]!
        write('transfer_out', { accountId, symbol, quantity, method, transferAccountId: other })
        write('transfer_in', { accountId: other, symbol, quantity, transferAccountId: accountId })
        hold(other, symbol, held(other, symbol) + quantity)
        day += 1
      }
    } else {
      const newSymbol = `${symbol}+`
      for (const one of accountIds) {
        const before = held(one, symbol)
        if (before === 0n) continue
        const after = kind === 'rename' ? before : (before * BigInt(numerator)) / BigInt(denominator)
        if (kind === 'split') write('split', { accountId: one, symbol, numerator, denominator })
        else if (kind === 'merger') write('merger', { accountId: one, symbol, newSymbol, numerator, denominator })
        else write('symbol_change', { accountId: one, symbol, newSymbol })
        if (kind !== 'split') hold(one, symbol, 0n)
        hold(one, kind === 'split' ? symbol : newSymbol, after)
      }
      if (kind !== 'split') names[security] = newSymbol
      day += 1
    }
  }
  return { events, positions, securityOf: symbol => symbol[0]! }
}

/** Histories of two securities in four accounts, two of which are not taxed, with everything that keeps the basis. */
export const anyHistory: fc.Arbitrary<GeneratedHistory> = fc.array(step, { maxLength: 100, size: 'max' }).map(walk)

/** Histories of purchases, sales and transfers alone. */
export const plainHistory: fc.Arbitrary<GeneratedHistory> = fc
  .array(step, { maxLength: 100, size: 'max' })
  .map(steps => walk(steps.filter(({ kind }) => kind !== 'split' && kind !== 'merger' && kind !== 'rename')))
