import { describe, expect, test } from 'vitest'
import { annuityDuePayment, GUYTON_KLINGER_2006, type SpendingYear, vpwGrowthReal } from '../../../../domain/planning/spending/index.ts'
import { spend, spending, totals } from './paths.ts'

const FOUR_PERCENT = { kind: 'rate', rate: 0.04 } as const
const closeTo = (values: number[]): unknown[] => values.map(value => expect.closeTo(value, 6))

describe('constant real spending', () => {
  test('follows the price index from a share of the first balance, whatever the balance does', () => {
    const years = [{ priceIndex: 1.2 }, { priceIndex: 1.32, balance: 10 }, { priceIndex: 1.2, balance: 9e9 }]
    const spent = spend(spending({ kind: 'constant-real', initial: FOUR_PERCENT }), years)
    expect(spent.map(year => year.total)).toEqual(closeTo([40_000, 44_000, 40_000]))
    expect(spent.map(year => year.reasons)).toEqual([['initial'], ['inflation'], ['inflation']])
  })

  test('takes a real amount at the price level of the first year', () => {
    const rule = { kind: 'constant-real', initial: { kind: 'amount', amountReal: 30_000 } } as const
    expect(totals(spending(rule), [{ priceIndex: 1.5 }, { priceIndex: 1.6 }])).toEqual(closeTo([45_000, 48_000]))
  })
})

describe('shares of the balance', () => {
  test('fixed percent', () => {
    expect(totals(spending({ kind: 'fixed-percent', rate: 0.05 }), [{}, { balance: 600_000 }])).toEqual(closeTo([50_000, 30_000]))
  })

  test('floor and ceiling hold 15 % below and 20 % above the first real amount', () => {
    const rule = { kind: 'floor-ceiling', around: 'first', rate: 0.04, floorBelow: 0.15, ceilingAbove: 0.2 } as const
    const years = [{}, { balance: 500_000, priceIndex: 1.1 }, { balance: 2e6, priceIndex: 1.1 }, { balance: 1.1e6, priceIndex: 1.1 }]
    const spent = spend(spending(rule), years)
    expect(spent.map(year => year.total)).toEqual(closeTo([40_000, 37_400, 52_800, 44_000]))
    expect(spent.map(year => year.reasons)).toEqual([['balanceShare'], ['floor'], ['ceiling'], ['balanceShare']])
  })

  test('the 95 % rule follows its published example, then falls in years of loss', () => {
    const years = [{}, { balance: 1_008_000 }, { balance: 987_033 }, { balance: 700_000 }, { balance: 700_000 }]
    const spent = spend(spending({ kind: 'ninety-five-percent', rate: 0.04, keep: 0.95 }), years)
    expect(spent.map(year => Math.round(year.total))).toEqual([40_000, 40_320, 39_481, 37_507, 35_632])
    expect(spent.map(year => year.reasons[0])).toEqual(['balanceShare', 'balanceShare', 'balanceShare', 'keptShare', 'keptShare'])
  })
})

test('a CAPE-based share is a base rate plus half of the earnings yield, at most the whole balance', () => {
  const rule = { kind: 'cape-based', baseRate: 0.0175, yieldShare: 0.5 } as const
  const years = [{ earningsYield: 1 / 20 }, { earningsYield: 1 / 40, balance: 2e6 }, {}]
  const spent = spend(spending(rule), years)
  expect(spent.map(year => year.total)).toEqual(closeTo([42_500, 60_000, 17_500]))
  expect(spent[1]!.reasons).toEqual(['earningsYield'])
  expect(totals(spending({ ...rule, yieldShare: 10 }), [{ earningsYield: 1 }])).toEqual([1_000_000])
})

describe('Guyton-Klinger', () => {
  const rule = { ...GUYTON_KLINGER_2006, initial: { kind: 'rate', rate: 0.05 } } as const
  const second = (year: Partial<SpendingYear>, changes = {}) => spend(spending({ ...rule, ...changes }), [{}, year])[1]!

  test('raises with inflation', () => {
    expect(second({ inflation: 0.03, portfolioReturn: 0.01 })).toMatchObject({
      total: 51_500,
      reasons: ['inflation'],
      equitiesSpared: false,
    })
  })

  test('does not raise after a loss while the rate is above the initial one, and spares equities', () => {
    const year = { balance: 900_000, inflation: 0.03, portfolioReturn: -0.05 }
    expect(second(year)).toMatchObject({ total: 50_000, reasons: ['inflationSkipped'], equitiesSpared: true })
  })

  test('raises after a loss while the rate is not above the initial one', () => {
    expect(second({ balance: 1e6, inflation: 0.03, portfolioReturn: -0.01 })).toMatchObject({ total: 51_500, reasons: ['inflation'] })
  })

  test('does not treat a return of zero, up to rounding, as a loss', () => {
    expect(0.7 + 0.2 + 0.1 - 1).toBeLessThan(0)
    expect(second({ balance: 900_000, inflation: 0.03, portfolioReturn: 0.7 + 0.2 + 0.1 - 1 }).reasons).toEqual(['inflation'])
  })

  test('cuts when the rate is above 6 %, but not at 6 %', () => {
    expect(second({ balance: 50_000 / 0.06 }).reasons).toEqual(['inflation'])
    expect(second({ balance: 50_000 / 0.06001, inflation: 0.02 })).toMatchObject({
      total: 45_900,
      reasons: ['inflation', 'capitalPreservation'],
    })
  })

  test('cuts after a loss that skips the raise', () => {
    const year = { balance: 700_000, inflation: 0.1, portfolioReturn: -0.3 }
    expect(second(year)).toMatchObject({ total: 45_000, reasons: ['inflationSkipped', 'capitalPreservation'] })
  })

  test('does not cut in the last 15 years, and gives that reason', () => {
    expect(second({ balance: 700_000, yearsLeft: 15 })).toMatchObject({ total: 50_000, reasons: ['inflation', 'preservationOff'] })
    expect(second({ balance: 700_000, yearsLeft: 16 }).total).toBe(45_000)
  })

  test('raises by a tenth when the rate is below 4 %, also in the last years', () => {
    const expected = { total: expect.closeTo(55_000, 6), reasons: ['inflation', 'prosperity'] }
    expect(second({ balance: 1_250_001 })).toMatchObject(expected)
    expect(second({ balance: 1_250_001, yearsLeft: 2 })).toMatchObject(expected)
    expect(second({ balance: 1_249_999 }).reasons).toEqual(['inflation'])
  })

  test('caps the inflation raise, and does not make up for it later', () => {
    const capped = spend(spending({ ...rule, inflationCap: 0.06 }), [{}, { inflation: 0.1 }, { inflation: 0.02 }])
    expect(capped.map(year => year.total)).toEqual(closeTo([50_000, 53_000, 54_060]))
    expect(capped.map(year => year.reasons[0])).toEqual(['initial', 'inflationCapped', 'inflation'])
  })

  test('measures the rate without the age curve: planned halved spending gives no raise', () => {
    const ageCurve = {
      interpolation: 'step' as const,
      points: [
        { age: 65, factor: 1 },
        { age: 66, factor: 0.5 },
      ],
    }
    const halved = spend(spending(rule, { ageCurve }), [{}, { age: 66 }, { age: 67, balance: 1e6 }])
    expect(halved.map(year => year.total)).toEqual([50_000, 25_000, 25_000])
    expect(halved.map(year => year.reasons)).toEqual([['initial'], ['inflation', 'age'], ['inflation']])
  })
})

describe('VPW', () => {
  // Bogleheads' forward test (2019-2020) quotes these percentages of the published table for 60/40.
  test.each([
    [35, 5.0],
    [34, 5.1],
    [5, 21.5],
    [4, 26.4],
  ])('pays, with %i years left, the published %d %%', (yearsLeft, percent) => {
    const rule = { kind: 'vpw', growthReal: vpwGrowthReal(0.6), legacyReal: 0 } as const
    expect(Math.round(totals(spending(rule), [{ yearsLeft }])[0]! / 1000) / 10).toBe(percent)
  })

  test('spends everything in the last year', () => {
    expect(totals(spending({ kind: 'vpw', growthReal: 0.03, legacyReal: 0 }), [{ yearsLeft: 1 }])).toEqual([1_000_000])
  })

  test('leaves the real legacy, and spends nothing when the balance is below it', () => {
    const rule = { kind: 'vpw', growthReal: 0, legacyReal: 400_000 } as const
    const years = [{ yearsLeft: 10 }, { yearsLeft: 1, priceIndex: 2 }, { yearsLeft: 1, priceIndex: 3 }]
    expect(totals(spending(rule), years)).toEqual(closeTo([60_000, 200_000, 0]))
  })

  test('a payment without growth is an equal share', () => {
    expect(annuityDuePayment(0, 4, 100, 20)).toBe(20)
  })
})

test('1/N spends an equal share for each year left, and everything in the last year', () => {
  const spent = spend(spending({ kind: 'one-over-n' }), [
    { yearsLeft: 25 },
    { yearsLeft: 24, balance: 1.2e6 },
    { yearsLeft: 1, balance: 7 },
  ])
  expect(spent.map(year => year.total)).toEqual([40_000, 50_000, 7])
  expect(spent[0]!.reasons).toEqual(['yearsLeft'])
})

test("Hebeler's autopilot blends last year's amount, raised by inflation, with the balance divided by the life expectancy", () => {
  const rule = { kind: 'hebeler-autopilot', lastYearShare: 0.75, firstAge: 72, divisors: [25, 24, 20] } as const
  const years = [
    { age: 72 },
    { age: 73, balance: 960_000, inflation: 0.04, priceIndex: 1.04 },
    { age: 74, balance: 500_000, inflation: 0, priceIndex: 1.04 },
  ]
  const spent = spend(spending({ ...rule, divisors: [...rule.divisors] }), years)
  // 0.75 * 40,000 * 1.04 + 0.25 * 960,000 / 24 = 41,200; 0.75 * 41,200 + 0.25 * 500,000 / 20 = 37,150
  expect(spent.map(year => year.total)).toEqual(closeTo([40_000, 41_200, 37_150]))
  expect(spent.map(year => year.reasons)).toEqual([['lifeExpectancy'], ['blend'], ['blend']])
})

test('RMD spending divides by the life expectancy of the age', () => {
  // IRS Uniform Lifetime Table from 2022 on (Treas. Reg. 1.401(a)(9)-9(c)), its first entries.
  const rule = { kind: 'rmd', firstAge: 72, divisors: [27.4, 26.5, 25.5] } as const
  const spent = spend(
    spending({ ...rule, divisors: [...rule.divisors] }),
    [70, 72, 73, 74, 80].map(age => ({ age, balance: 274_000 })),
  )
  expect(spent.map(year => year.total)).toEqual(closeTo([274_000 / 29.4, 10_000, 274_000 / 26.5, 274_000 / 25.5, 274_000 / 25.5]))
  expect(spent[0]!.reasons).toEqual(['lifeExpectancy'])
})

describe('ratchet', () => {
  const rule = { kind: 'ratchet', initial: FOUR_PERCENT, threshold: 0.5, thresholdIn: 'nominal', raise: 0.1, everyYears: 3 } as const

  test('raises by a tenth above 150 % of the first balance, at most every three years, and never cuts', () => {
    const balances = [1e6, 1.5e6, 1.6e6, 1.7e6, 1.8e6, 1.9e6, 0.2e6]
    const spent = spend(
      spending(rule),
      balances.map(balance => ({ balance })),
    )
    expect(spent.map(year => year.total)).toEqual(closeTo([40_000, 40_000, 44_000, 44_000, 44_000, 48_400, 48_400]))
    expect(spent.map(year => year.reasons.includes('ratchet'))).toEqual([false, false, true, false, false, true, false])
  })

  test('never raises when the first balance is zero', () => {
    const rule = {
      kind: 'ratchet',
      initial: { kind: 'amount', amountReal: 1000 },
      threshold: 0.5,
      thresholdIn: 'nominal',
      raise: 0.1,
    } as const
    expect(totals(spending({ ...rule, everyYears: 3 }), [{ balance: 0 }, { balance: 5000 }])).toEqual([1000, 1000])
  })

  test('can measure the balance in real terms', () => {
    const years = [{ priceIndex: 2 }, { balance: 2e6, priceIndex: 4, inflation: 1 }, { balance: 3.1e6, priceIndex: 4 }]
    expect(totals(spending({ ...rule, thresholdIn: 'real' }), years)).toEqual(closeTo([40_000, 80_000, 88_000]))
  })
})
