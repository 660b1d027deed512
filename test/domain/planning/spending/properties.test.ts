import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GUYTON_KLINGER_2006, type SpendingRuleSpec, type SpendingYear } from '../../../../domain/planning/spending/index.ts'
import { spend, spending, totals } from './paths.ts'

const initial = { kind: 'rate', rate: 0.05 } as const
const RULES: SpendingRuleSpec[] = [
  { kind: 'constant-real', initial },
  { kind: 'fixed-percent', rate: 0.05 },
  { kind: 'floor-ceiling', around: 'first', rate: 0.05, floorBelow: 0.15, ceilingAbove: 0.2 },
  { ...GUYTON_KLINGER_2006, initial },
  { kind: 'vpw', growthReal: 0.03, legacyReal: 50_000 },
  { kind: 'rmd', firstAge: 60, divisors: [35, 34, 33, 32, 31, 30] },
  { kind: 'ratchet', initial, threshold: 0.5, thresholdIn: 'nominal', raise: 0.1, everyYears: 3 },
  { kind: 'ninety-five-percent', rate: 0.05, keep: 0.95 },
  { kind: 'one-over-n' },
  { kind: 'hebeler-autopilot', lastYearShare: 0.75, firstAge: 60, divisors: [35, 34, 33, 32, 31, 30] },
  { kind: 'cape-based', baseRate: 0.0175, yieldShare: 0.5 },
]
const NOT_BY_BALANCE = new Set(['constant-real', 'guyton-klinger', 'ratchet'])
const BY_BALANCE = RULES.filter(rule => !NOT_BY_BALANCE.has(rule.kind))

/** Consistent years of a path: the price index follows inflation, the age and the years left follow the calendar. */
const path = fc
  .array(
    fc.record({
      balance: fc.double({ min: 0, max: 5e6, noNaN: true }),
      inflation: fc.double({ min: -0.05, max: 0.15, noNaN: true }),
      portfolioReturn: fc.double({ min: -0.4, max: 0.4, noNaN: true }),
      earningsYield: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 2, maxLength: 30 },
  )
  .map(years => {
    let priceIndex = 1
    return years.map((year, index): SpendingYear => {
      if (index > 0) priceIndex *= 1 + year.inflation
      return { ...year, priceIndex, balance: index === 0 ? 1e6 : year.balance, age: 62 + index, yearsLeft: years.length - index }
    })
  })

describe.each(RULES)('$kind', rule => {
  test('splits spending into parts that add up, and never spends less than the essential amount', () => {
    fc.assert(
      fc.property(path, fc.double({ min: 0, max: 80_000, noNaN: true }), (years, essentialReal) => {
        for (const [index, year] of spend(spending(rule, { essentialReal }), years).entries()) {
          expect(year.essential + year.discretionary).toBeCloseTo(year.total, 6)
          expect(year.essential).toBeCloseTo(essentialReal * years[index]!.priceIndex, 6)
          expect(year.discretionary).toBeGreaterThanOrEqual(0)
          expect(year.reasons.length).toBeGreaterThan(0)
        }
      }),
    )
  })

  test('does not depend on later years', () => {
    fc.assert(
      fc.property(path, years => {
        const whole = totals(spending(rule), years)
        expect(totals(spending(rule), years.slice(0, -1))).toEqual(whole.slice(0, -1))
      }),
    )
  })
})

test.each(BY_BALANCE)('$kind never spends less from a larger balance', rule => {
  fc.assert(
    fc.property(path, fc.double({ min: 0, max: 1e6, noNaN: true }), (years, more) => {
      const last = years.at(-1)!
      const richer = [...years.slice(0, -1), { ...last, balance: last.balance + more }]
      expect(totals(spending(rule), richer).at(-1)!).toBeGreaterThanOrEqual(totals(spending(rule), years).at(-1)!)
    }),
  )
})

test('Guyton-Klinger never changes real spending by more than a cut or a raise, except for a skipped inflation raise', () => {
  fc.assert(
    fc.property(path, years => {
      const spent = totals(spending({ ...GUYTON_KLINGER_2006, initial, freezeAfterLoss: false }), years)
      for (let i = 1; i < spent.length; i++) {
        const real = spent[i]! / spent[i - 1]! / (1 + years[i]!.inflation)
        expect(Math.min(...[0.9, 1, 1.1].map(step => Math.abs(real - step)))).toBeLessThan(1e-9)
      }
    }),
  )
})

test('the ratchet never falls in real terms', () => {
  fc.assert(
    fc.property(path, years => {
      const real = totals(spending(RULES.find(rule => rule.kind === 'ratchet')!), years).map((total, i) => total / years[i]!.priceIndex)
      for (let i = 1; i < real.length; i++) expect(real[i]!).toBeGreaterThanOrEqual(real[i - 1]! * (1 - 1e-12))
    }),
  )
})

test('VPW spends level real amounts and ends at the legacy when growth is as assumed', () => {
  fc.assert(
    fc.property(fc.double({ min: -0.02, max: 0.08, noNaN: true }), fc.integer({ min: 1, max: 50 }), (growthReal, horizon) => {
      const legacyReal = 100_000
      let balance = 1e6
      const spent: number[] = []
      for (let yearsLeft = horizon; yearsLeft > 0; yearsLeft--) {
        const [total] = totals(spending({ kind: 'vpw', growthReal, legacyReal }), [{ balance, yearsLeft }])
        spent.push(total!)
        balance = (balance - total!) * (1 + growthReal)
      }
      expect(balance).toBeCloseTo(legacyReal, 3)
      for (const total of spent) expect(total).toBeCloseTo(spent[0]!, 3)
    }),
  )
})

test('1/N is VPW without growth, and ends with a balance of zero', () => {
  fc.assert(
    fc.property(path, years => {
      expect(totals(spending({ kind: 'one-over-n' }), years).map(Math.round)).toEqual(
        totals(spending({ kind: 'vpw', growthReal: 0, legacyReal: 0 }), years).map(Math.round),
      )
      expect(totals(spending({ kind: 'one-over-n' }), years).at(-1)).toBe(years.at(-1)!.balance)
    }),
  )
})

test("Hebeler's autopilot lies between last year's real amount and the required minimum distribution", () => {
  const divisors = [35, 34, 33, 32, 31, 30]
  fc.assert(
    fc.property(path, fc.double({ min: 0, max: 1, noNaN: true }), (years, lastYearShare) => {
      const blended = totals(spending({ kind: 'hebeler-autopilot', lastYearShare, firstAge: 60, divisors }), years)
      const required = totals(spending({ kind: 'rmd', firstAge: 60, divisors }), years)
      for (let i = 1; i < years.length; i++) {
        const ends = [blended[i - 1]! * (1 + years[i]!.inflation), required[i]!]
        expect(blended[i]!).toBeGreaterThanOrEqual(Math.min(...ends) * (1 - 1e-12))
        expect(blended[i]!).toBeLessThanOrEqual(Math.max(...ends) * (1 + 1e-12))
      }
    }),
  )
})

test('the CAPE-based share never rises when stocks become more expensive', () => {
  const rule = { kind: 'cape-based', baseRate: 0.0175, yieldShare: 0.5 } as const
  fc.assert(
    fc.property(fc.double({ min: 1, max: 200, noNaN: true }), fc.double({ min: 1, max: 200, noNaN: true }), (one, other) => {
      const [cheap, dear] = [Math.min(one, other), Math.max(one, other)].map(
        cape => totals(spending(rule), [{ earningsYield: 1 / cape }])[0]!,
      )
      expect(dear!).toBeLessThanOrEqual(cheap!)
    }),
  )
})
