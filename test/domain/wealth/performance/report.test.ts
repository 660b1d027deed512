import { describe, expect, it } from 'vitest'
import { epochDayOf } from '../../../../domain/shared/index.ts'
import {
  benchmarkReturns,
  calculateValueHistory,
  type HistoryEvent,
  performanceReport,
  ratesByDay,
  statedHistory,
} from '../../../../domain/wealth/index.ts'

const firstDay = epochDayOf('2026-01-05')
const none = ratesByDay([])
const event = (day: number, type: HistoryEvent['type'], amount: number, more: Partial<HistoryEvent> = {}): HistoryEvent => ({
  accountId: 'a',
  day,
  type,
  symbol: null,
  newSymbol: null,
  quantity: 0,
  amount,
  fees: 0,
  value: null,
  numerator: 0,
  denominator: 0,
  transferAccountId: null,
  ...more,
})

/** The money of an account with statements and transactions over five days. */
const stated = (
  statements: Record<number, number>,
  events: readonly HistoryEvent[] = [],
  { currency = 'USD', rates = none }: { readonly currency?: string; readonly rates?: typeof none } = {},
) => {
  const history = calculateValueHistory({
    firstDay,
    lastDay: firstDay + 4,
    currency: 'USD',
    accounts: [{ id: 'a', currency, openingBalance: 0, openedDay: firstDay }],
    events,
    prices: new Map([['FUND', { currency: 'USD', days: Int32Array.of(firstDay, firstDay + 2), closes: Float64Array.of(10, 12) }]]),
    rates,
  })
  const account = {
    id: 'a',
    currency,
    statements: Object.entries(statements).map(([day, balance]) => ({ day: firstDay + Number(day), balance })),
  }
  return { ...statedHistory(account, history, rates), history }
}

describe('an account with a stated balance', () => {
  it('begins with its first statement, follows what comes and goes, and gains on the day of a statement', () => {
    const { holding } = stated({ 1: 100, 4: 180 }, [event(firstDay + 3, 'contribution', 50)])
    expect([...holding.value]).toEqual([0, 100, 100, 150, 180])
    expect([...holding.flow]).toEqual([0, 100, 0, 50, 0])
    expect([...holding.priceGain]).toEqual([0, 0, 0, 0, 30])
    expect(holding.openingValue).toBe(0)
  })

  it('has its securities at their prices each day, and the rest of what was stated as money', () => {
    // 100 are stated; 5 shares are bought at 10. On the third day they are worth 60, and at the end 115 are stated: 5 more than money and shares.
    const bought = event(firstDay + 1, 'buy', -50, { symbol: 'FUND', quantity: 5 })
    const { history, holding } = stated({ 0: 100, 4: 115 }, [bought])
    expect([...holding.value]).toEqual([100, 50, 50, 50, 55])
    expect([...holding.flow]).toEqual([100, -50, 0, 0, 0])
    expect([...holding.priceGain]).toEqual([0, 0, 0, 0, 5])
    const shares = history.holdings.find(({ symbol }) => symbol === 'FUND')!
    expect([...shares.value]).toEqual([0, 50, 60, 60, 60])
  })

  it('in another currency gains by the rate too, and has no value on days without one', () => {
    const rates = ratesByDay([
      { base: 'EUR', quote: 'USD', day: firstDay + 1, rate: 1.1 },
      { base: 'EUR', quote: 'USD', day: firstDay + 2, rate: 1.2 },
    ])
    const { holding } = stated({ 1: 100 }, [], { currency: 'EUR', rates })
    expect(holding.value[2]).toBeCloseTo(120, 10)
    expect(holding.currencyGain[2]).toBeCloseTo(10, 10)
    expect(holding.priceGain[2]).toBeCloseTo(0, 10)
    const without = stated({ 1: 100 }, [], { currency: 'EUR' })
    expect(without.unconverted).toEqual([{ accountId: 'a', symbol: null, from: '2026-01-06', to: '2026-01-06' }])
    expect([...without.holding.value]).toEqual([0, 0, 0, 0, 0])
  })
})

describe('a benchmark', () => {
  const part = (weight: number, closes: number[], currency = 'USD') => ({
    weight,
    currency,
    days: Int32Array.from(closes.map((_, index) => firstDay + index)),
    closes: Float64Array.from(closes),
  })

  it('has the weighted returns of its securities, and none before their first price', () => {
    const returns = benchmarkReturns([part(0.6, [100, 110, 110]), part(0.4, [50, 50, 60])], 'USD', firstDay, firstDay + 3, none)
    expect(returns[0]).toBeNaN()
    expect(returns[1]).toBeCloseTo(0.06, 12)
    expect(returns[2]).toBeCloseTo(0.08, 12)
    expect(returns[3]).toBe(0)
    expect(benchmarkReturns([], 'USD', firstDay, firstDay, none)[0]).toBeNaN()
  })

  it('in another currency gains by the rate too', () => {
    const rates = ratesByDay([
      { base: 'EUR', quote: 'USD', day: firstDay, rate: 1 },
      { base: 'EUR', quote: 'USD', day: firstDay + 1, rate: 1.1 },
    ])
    expect(benchmarkReturns([part(1, [10, 10], 'EUR')], 'USD', firstDay, firstDay + 1, rates)[1]).toBeCloseTo(0.1, 12)
  })
})

describe('a report', () => {
  const { holding } = stated({ 0: 100, 1: 120, 4: 90 })
  const input = { holdings: [holding], firstDay, lastDay: firstDay + 4, riskFreeRate: 0, benchmark: undefined }

  it('has sums, returns, points and contributions that agree', () => {
    const { contributions, drawdown, points, returns, sums } = performanceReport(input, { from: firstDay + 1, to: firstDay + 4 })
    expect(sums).toMatchObject({ beginValue: 100, endValue: 90, netFlow: 0, gain: -10 })
    expect(returns.timeWeighted.value).toBeCloseTo(-0.1, 12)
    expect(points.map(({ date, growth, value }) => [date, value, growth && Math.round(growth * 1e6) / 1e6])).toEqual([
      ['2026-01-05', 100, 1],
      ['2026-01-06', 120, 1.2],
      ['2026-01-07', 120, 1.2],
      ['2026-01-08', 120, 1.2],
      ['2026-01-09', 90, 0.9],
    ])
    expect(contributions[0]!.contribution.value).toBeCloseTo(-0.1, 12)
    expect(drawdown).toMatchObject({ peakDate: '2026-01-08', troughDate: '2026-01-09', recoveryDate: null })
    expect(returns.benchmark).toMatchObject({ value: null, reason: 'no_benchmark' })
  })

  it('says that a benchmark has no price at the beginning', () => {
    const benchmark = Float64Array.from([Number.NaN, 0.1, 0, 0, 0])
    expect(performanceReport({ ...input, benchmark }, { from: firstDay, to: firstDay + 4 }).returns.benchmark).toMatchObject({
      value: null,
      reason: 'no_price_of_benchmark',
    })
    const { points, returns } = performanceReport({ ...input, benchmark }, { from: firstDay + 1, to: firstDay + 4 })
    expect(returns.benchmark.value).toBeCloseTo(0.1, 12)
    expect(points.at(-1)!.benchmark).toBeCloseTo(1.1, 12)
  })
})
