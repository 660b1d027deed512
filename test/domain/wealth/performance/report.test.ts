import { describe, expect, it } from 'vitest'
import { epochDayOf } from '../../../../domain/shared/index.ts'
import { benchmarkReturns, performanceReport, ratesByDay, statedHistory } from '../../../../domain/wealth/index.ts'

const firstDay = epochDayOf('2026-01-05')
const none = ratesByDay([])
const flowOn = (day: number, amount: number, type: 'contribution' | 'dividend' = 'contribution') => ({
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
})

describe('an account with a stated balance', () => {
  const account = {
    id: 'a',
    currency: 'USD',
    statements: [
      { day: firstDay + 1, balance: 100 },
      { day: firstDay + 4, balance: 180 },
    ],
  }
  const report = { currency: 'USD', firstDay, lastDay: firstDay + 4 }

  it('begins with its first statement, follows what comes and goes, and gains on the day of a statement', () => {
    const { holding } = statedHistory(account, [flowOn(firstDay + 3, 50), flowOn(firstDay + 3, 5, 'dividend')], report, none)
    expect([...holding.value]).toEqual([0, 100, 100, 150, 180])
    expect([...holding.flow]).toEqual([0, 100, 0, 50, 0])
    expect([...holding.priceGain]).toEqual([0, 0, 0, 0, 30])
    expect(holding.openingValue).toBe(0)
  })

  it('has at the beginning of later days what was known before', () => {
    const later = { currency: 'USD', firstDay: firstDay + 3, lastDay: firstDay + 4 }
    const { holding } = statedHistory(account, [flowOn(firstDay + 2, 20)], later, none)
    expect(holding.openingValue).toBe(120)
    expect([...holding.value]).toEqual([120, 180])
  })

  it('in another currency gains by the rate too, and has no value on days without one', () => {
    const rates = ratesByDay([
      { base: 'EUR', quote: 'USD', day: firstDay + 1, rate: 1.1 },
      { base: 'EUR', quote: 'USD', day: firstDay + 2, rate: 1.2 },
    ])
    const { holding } = statedHistory({ ...account, currency: 'EUR' }, [], report, rates)
    expect(holding.value[2]).toBeCloseTo(120, 10)
    expect(holding.currencyGain[2]).toBeCloseTo(10, 10)
    const without = statedHistory({ ...account, currency: 'EUR' }, [], report, none)
    expect(without.unconverted).toEqual([{ accountId: 'a', symbol: null, from: '2026-01-06', to: '2026-01-09' }])
    expect([...without.holding.isKnown]).toEqual([1, 0, 0, 0, 0])
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
  const { holding } = statedHistory(
    {
      id: 'a',
      currency: 'USD',
      statements: [
        { day: firstDay, balance: 100 },
        { day: firstDay + 1, balance: 120 },
        { day: firstDay + 4, balance: 90 },
      ],
    },
    [],
    { currency: 'USD', firstDay, lastDay: firstDay + 4 },
    none,
  )
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
