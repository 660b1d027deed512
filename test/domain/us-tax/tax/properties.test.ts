import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  annualTax,
  coveredStates,
  createTaxResult,
  filingStatuses,
  type HouseholdYear,
  incomeToFillBracket,
  incomeToFillMedicareTier,
  marginalTaxRate,
  medicareTier,
  medicareTierTop,
} from '../../../../domain/us-tax/tax/index.ts'
import { household, incomeTax, prepared, taxOf } from './household.ts'

const money = (max: number) => fc.integer({ min: 0, max })

const person = fc.record({
  age: fc.integer({ min: 40, max: 95 }),
  onMedicare: fc.boolean(),
  wages: fc.oneof(fc.constant(0), money(400_000)),
  pension: money(100_000),
  taxDeferredWithdrawals: fc.oneof(money(30_000), money(300_000)),
  rothConversions: money(100_000),
  socialSecurity: money(50_000),
})

const anyHousehold = fc
  .record({
    status: fc.constantFrom(...filingStatuses),
    year: fc.integer({ min: 2026, max: 2060 }),
    priceIndex: fc.integer({ min: 80, max: 400 }).map(cents => cents / 100),
    first: person,
    second: person,
    interest: money(50_000),
    taxExemptInterest: money(20_000),
    qualifiedDividends: money(100_000),
    longTermGains: fc.integer({ min: -20_000, max: 500_000 }),
    shortTermGains: fc.integer({ min: -20_000, max: 50_000 }),
    itemizedDeductions: money(40_000),
    stateAndLocalTaxesPaid: money(50_000),
    magiTwoYearsAgo: money(900_000),
  })
  .map(({ second, ...given }): HouseholdYear => household(2026, given.status === 'marriedFilingJointly' ? { ...given, second } : given))

const ratesOf = (given: HouseholdYear, state?: string): ((withdrawal: number) => number) => {
  const before = given.people[0].taxDeferredWithdrawals
  return withdrawal => {
    const out = createTaxResult()
    given.people[0].taxDeferredWithdrawals = before + withdrawal
    annualTax(prepared(2026, state), given, out)
    given.people[0].taxDeferredWithdrawals = before
    return out.total
  }
}

/** States where the tax begins with a step, or where an exemption, a credit or an exclusion falls in steps. */
const steppedStates = new Set(['CT', 'MD', 'MO', 'NJ', 'NM', 'OH', 'OR', 'RI'])

describe('tax', () => {
  test('never falls as income rises, and is continuous', () => {
    fc.assert(
      fc.property(anyHousehold, fc.constantFrom(...coveredStates), fc.integer({ min: 1, max: 100_000 }), (given, state, more) => {
        const tax = ratesOf(given, state)
        expect(tax(more)).toBeGreaterThanOrEqual(tax(0) - 1e-6)
        // The steepest slope: 37 % and a state's 13.3 %, on 1.85 dollars where benefits become taxable and deductions phase out.
        if (!steppedStates.has(state)) expect(tax(0.01) - tax(0)).toBeLessThan(0.02)
      }),
      { numRuns: 300 },
    )
  })

  test('has the marginal rate of its finite difference, and leaves the household as it was', () => {
    fc.assert(
      fc.property(anyHousehold, given => {
        const before = structuredClone(given)
        const tax = ratesOf(given, 'CA')
        const out = createTaxResult()
        const rate = marginalTaxRate(prepared(2026, 'CA'), given, 0, out)
        expect(rate).toBeCloseTo(tax(1) - tax(0), 9)
        expect(out.total).toBe(tax(0))
        expect(given).toEqual(before)
        expect(rate).toBeGreaterThanOrEqual(-1e-8)
      }),
      { numRuns: 200 },
    )
  })

  test.each([
    // Provisional income above 34,000, ordinary income in the 12 % bracket: each dollar makes 85 cents of benefits taxable.
    ['benefits drawn into tax', { age: 62, socialSecurity: 30_000, taxDeferredWithdrawals: 27_000 }, 0, 0.12 * 1.85],
    // Each dollar pushes a dollar of gains out of the 0 % bracket.
    ['gains pushed upwards', { age: 62, pension: 40_000 }, 30_000, 0.12 + 0.15],
    // Six cents of deduction are lost with each dollar.
    ['a senior deduction that phases out', { age: 70, pension: 90_000 }, 0, 0.22 * 1.06],
  ])('has a marginal rate that includes %s', (_, first, longTermGains, rate) => {
    const given = household(2026, { first, longTermGains })
    expect(marginalTaxRate(prepared(2026), given, 0, createTaxResult())).toBeCloseTo(rate, 8)
  })

  test('doubles with prices and incomes if no nominal figure applies', () => {
    const indexed = fc.record({ wages: money(90_000), longTermGains: money(40_000), status: fc.constantFrom(...filingStatuses) })
    fc.assert(
      fc.property(indexed, ({ wages, longTermGains, status }) => {
        const once = taxOf(2026, { status, first: { wages }, longTermGains }, 'CA')
        const twice = taxOf(
          2026,
          { status, priceIndex: 2, wageIndex: 2, first: { wages: 2 * wages }, longTermGains: 2 * longTermGains },
          'CA',
        )
        expect(incomeTax(twice)).toBeCloseTo(2 * incomeTax(once), 6)
        expect(twice.stateTax).toBeCloseTo(2 * once.stateTax, 6)
      }),
    )
  })

  test('of a joint return with one earner is at most that of a single return, and at least twice that of a single return with half the income', () => {
    fc.assert(
      fc.property(money(2_000_000), wages => {
        const joint = incomeTax(taxOf(2026, { status: 'marriedFilingJointly', first: { wages }, second: {} }))
        expect(joint).toBeLessThanOrEqual(incomeTax(taxOf(2026, { first: { wages } })) + 1e-6)
        expect(joint).toBeGreaterThanOrEqual(2 * incomeTax(taxOf(2026, { first: { wages: wages / 2 } })) - 1e-6)
      }),
    )
  })

  test('of preferential income is never above that of ordinary income', () => {
    fc.assert(
      fc.property(money(300_000), money(800_000), (wages, gains) => {
        const preferred = incomeTax(taxOf(2026, { first: { wages }, longTermGains: gains }))
        expect(preferred).toBeLessThanOrEqual(incomeTax(taxOf(2026, { first: { wages }, shortTermGains: gains })) + 1e-6)
      }),
    )
  })
})

describe('filling', () => {
  test('a bracket raises ordinary income to its top, within a cent and not beyond', () => {
    fc.assert(
      fc.property(anyHousehold, fc.constantFrom(0.1, 0.12, 0.22, 0.24, 0.32, 0.35), (given, rate) => {
        const out = createTaxResult()
        const tax = prepared(2026)
        const { rates, from } = tax.statuses[given.status]!.ordinary
        const top = from[rates.indexOf(rate) + 1]! * given.priceIndex
        const extra = incomeToFillBracket(tax, given, rate, out)
        given.otherIncome += extra
        annualTax(tax, given, out)
        if (extra === 0) expect(out.ordinaryIncomeAfterDeduction).toBeGreaterThanOrEqual(top - 0.01)
        else {
          expect(out.ordinaryIncomeAfterDeduction).toBeLessThanOrEqual(top + 1e-6)
          expect(out.ordinaryIncomeAfterDeduction).toBeGreaterThan(top - 0.01)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('a Medicare tier stops just inside it', () => {
    fc.assert(
      fc.property(anyHousehold, fc.integer({ min: 0, max: 4 }), (given, tier) => {
        const out = createTaxResult()
        const tax = prepared(2026)
        const index = given.priceIndex * 1.05
        const extra = incomeToFillMedicareTier(tax, given, tier, index, out)
        given.otherIncome += extra
        annualTax(tax, given, out)
        if (extra === 0) return
        expect(medicareTier(tax, given.status, out.modifiedAdjustedGrossIncome, index)).toBeLessThanOrEqual(tier)
        expect(out.modifiedAdjustedGrossIncome).toBeGreaterThan(medicareTierTop(tax, given.status, tier, index) - 0.02)
      }),
      { numRuns: 300 },
    )
  })

  test('counts benefits that become taxable: less than the room that brackets alone show', () => {
    const given = household(2026, { first: { age: 70, socialSecurity: 40_000, taxDeferredWithdrawals: 20_000 } })
    const out = createTaxResult()
    annualTax(prepared(2026), given, out)
    const room = out.roomInBracket
    expect(incomeToFillBracket(prepared(2026), given, 0.1, out)).toBeLessThan(room)
  })

  test('reaches a top beyond the income at which the taxable part of benefits is greatest', () => {
    // 34,000 of 40,000 of benefits are taxed by then: 105,700 + 16,100 - 34,000 - 20,000.
    const given = household(2026, { first: { age: 62, socialSecurity: 40_000, pension: 20_000 } })
    expect(incomeToFillBracket(prepared(2026), given, 0.22, createTaxResult())).toBeCloseTo(67_800, 1)
  })

  test.each([
    [12_000, 0.1],
    [5000, 0.12],
  ])('reaches a top while benefits become taxable, from a pension of %d at %d', (pension, rate) => {
    const given = household(2026, { first: { age: 62, socialSecurity: 40_000, pension } })
    const out = createTaxResult()
    given.otherIncome = incomeToFillBracket(prepared(2026), given, rate, out)
    annualTax(prepared(2026), given, out)
    expect(out.taxableSocialSecurity).toBeGreaterThan(0)
    expect(out.taxableSocialSecurity).toBeLessThan(34_000)
    expect(out.ordinaryIncomeAfterDeduction).toBeCloseTo(rate === 0.1 ? 12_400 : 50_400, 1)
  })

  test('the top bracket or tier never ends, and a rate that no bracket has is rejected', () => {
    const given = household(2026, {})
    const out = createTaxResult()
    expect(incomeToFillBracket(prepared(2026), given, 0.37, out)).toBe(Number.POSITIVE_INFINITY)
    expect(incomeToFillMedicareTier(prepared(2026), given, 5, 1, out)).toBe(Number.POSITIVE_INFINITY)
    expect(() => incomeToFillBracket(prepared(2026), given, 0.25, out)).toThrow('no federal bracket has the rate 0.25')
  })
})
