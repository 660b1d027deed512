import { describe, expect, test } from 'vitest'
import {
  beginPath,
  createSpendingState,
  prepareSpendingRule,
  retirementSpendingSmile,
  spendingForYear,
  unfundedSpending,
} from '../../../../domain/planning/spending/index.ts'
import { spend, spending, totals } from './paths.ts'

const FIVE_PERCENT = { kind: 'fixed-percent', rate: 0.05 } as const

describe('essential spending', () => {
  test('is never cut: a cut reduces the discretionary part', () => {
    const years = [{}, { balance: 800_000 }, { balance: 400_000 }, { balance: 400_000, priceIndex: 1.5 }]
    const spent = spend(spending(FIVE_PERCENT, { essentialReal: 30_000 }), years)
    expect(spent.map(({ total, essential, discretionary }) => [total, essential, discretionary])).toEqual([
      [50_000, 30_000, 20_000],
      [40_000, 30_000, 10_000],
      [30_000, 30_000, 0],
      [45_000, 45_000, 0],
    ])
    expect(spent.map(year => year.reasons)).toEqual([
      ['balanceShare'],
      ['balanceShare'],
      ['balanceShare', 'essential'],
      ['balanceShare', 'essential'],
    ])
  })

  test('is the amount that a rule continues from where its own was lower', () => {
    const rule = { kind: 'ninety-five-percent', rate: 0.04, keep: 0.95 } as const
    expect(totals(spending(rule, { essentialReal: 39_000 }), [{}, { balance: 0 }, { balance: 970_000 }])).toEqual([40_000, 39_000, 39_000])
    expect(totals(spending(rule, { essentialReal: 39_000 }), [{}, { balance: 0 }, { balance: 980_000 }])[2]).toBe(39_200)
  })

  test('can have its own age curve', () => {
    const essentialAgeCurve = {
      interpolation: 'linear' as const,
      points: [
        { age: 70, factor: 1 },
        { age: 80, factor: 2 },
      ],
    }
    const years = [60, 70, 75, 80, 90].map(age => ({ age }))
    const spent = spend(spending(FIVE_PERCENT, { essentialReal: 20_000, essentialAgeCurve }), years)
    expect(spent.map(year => year.essential)).toEqual([20_000, 20_000, 30_000, 40_000, 40_000])
    expect(spent.map(year => year.total)).toEqual([50_000, 50_000, 50_000, 50_000, 50_000])
  })

  test('or all spending can decide success', () => {
    const missing = (success: 'essential' | 'all', paid: number): number => {
      const rule = prepareSpendingRule(spending(FIVE_PERCENT, { essentialReal: 30_000, success }))
      const state = createSpendingState()
      beginPath(state)
      spendingForYear(rule, state, { age: 65, balance: 1e6, priceIndex: 1, inflation: 0, portfolioReturn: 0, yearsLeft: 30 })
      return unfundedSpending(rule, state, paid)
    }
    expect([missing('all', 50_000), missing('all', 45_000)]).toEqual([0, 5_000])
    expect([missing('essential', 45_000), missing('essential', 29_000)]).toEqual([0, 1_000])
  })
})

describe('age curves', () => {
  const points = [
    { age: 65, factor: 1 },
    { age: 75, factor: 0.8 },
    { age: 85, factor: 0.9 },
  ]
  const at = (interpolation: 'linear' | 'step') =>
    totals(
      spending(FIVE_PERCENT, { ageCurve: { interpolation, points } }),
      [60, 65, 70, 74, 75, 80, 85, 100].map(age => ({ age })),
    )

  test('are linear between points, and level outside them', () => {
    expect(at('linear').map(Math.round)).toEqual([50_000, 50_000, 45_000, 41_000, 40_000, 42_500, 45_000, 45_000])
  })

  test('can have steps', () => {
    expect(at('step')).toEqual([50_000, 50_000, 50_000, 50_000, 40_000, 40_000, 45_000, 45_000])
  })

  test("follow Blanchett's equation, computed by hand for $100,000 at 65", () => {
    const { points } = retirementSpendingSmile(100_000, 65)
    // ln 100,000 = 11.512925: the change into 66 is 0.34848 - 0.825 - 0.0759853 + 0.546 = -0.0065053
    expect(points.slice(0, 2)).toEqual([
      { age: 65, factor: 1 },
      { age: 66, factor: expect.closeTo(0.9934947, 7) },
    ])
    expect(points.find(point => point.age === 84)!.factor).toBeCloseTo(0.74907, 4)
    expect(points.at(-1)).toEqual({ age: 90, factor: expect.closeTo(0.70095, 4) })
  })

  test('fall fastest at 78 in the spending smile, which starts at 60 for earlier retirements', () => {
    const { points } = retirementSpendingSmile(60_000, 50)
    const changes = points.slice(1).map((point, index) => ({ age: point.age, change: point.factor / points[index]!.factor }))
    expect(points[0]).toEqual({ age: 60, factor: 1 })
    expect(changes.reduce((lowest, each) => (each.change < lowest.change ? each : lowest)).age).toBe(78)
  })
})

test('a state can be reused for path after path', () => {
  const rule = prepareSpendingRule(spending({ kind: 'constant-real', initial: { kind: 'rate', rate: 0.04 } }))
  const state = createSpendingState()
  const firstTwo = (balance: number): number[] => {
    beginPath(state)
    return [1, 1.1].map(priceIndex =>
      spendingForYear(rule, state, { age: 65, balance, priceIndex, inflation: 0.1, portfolioReturn: 0, yearsLeft: 30 }),
    )
  }
  const first = firstTwo(1e6)
  firstTwo(5e5)
  expect(firstTwo(1e6)).toEqual(first)
})
