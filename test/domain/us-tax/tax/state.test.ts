import { describe, expect, test } from 'vitest'
import { annualTax, createTaxResult, prepareTax, stateTable, taxTableFor } from '../../../../domain/us-tax/tax/index.ts'
import { household, taxOf } from './household.ts'

const stateTaxOf = (state: string, year: number, given: Parameters<typeof taxOf>[1]): number => taxOf(year, given, state).stateTax

describe('states', () => {
  test.each(['AK', 'FL', 'NV', 'NH', 'SD', 'TN', 'TX', 'WY'])('%s has no income tax', state => {
    expect(stateTaxOf(state, 2026, { first: { wages: 1e6 }, longTermGains: 1e6 })).toBe(0)
  })

  test('California: graduated, with credits for persons, and its 1 % above a million', () => {
    // 100,000 - 5,706 = 94,294; 3,201.97 + 9.3 % of 21,570 = 5,207.98; less 153, and 153 more at 65.
    expect(stateTaxOf('CA', 2025, { first: { wages: 100_000 } })).toBeCloseTo(5207.98 - 153, 6)
    expect(stateTaxOf('CA', 2025, { first: { age: 65, pension: 100_000 } })).toBeCloseTo(5207.98 - 306, 6)
    const joint = (wages: number): number => stateTaxOf('CA', 2025, { status: 'marriedFilingJointly', first: { wages }, second: {} })
    expect(joint(1_111_412) - joint(1_011_412)).toBeCloseTo(0.123 * 100_000, 6)
    expect(joint(2_011_412) - joint(1_911_412)).toBeCloseTo(0.133 * 100_000, 6)
  })

  test('New York: excludes 20,000 of retirement income per person from 59 1/2, conversions included', () => {
    const none = stateTaxOf('NY', 2026, { first: { age: 59, rothConversions: 50_000 } })
    const converted = stateTaxOf('NY', 2026, { first: { age: 60, rothConversions: 50_000 } })
    const withdrawn = stateTaxOf('NY', 2026, { first: { age: 60, taxDeferredWithdrawals: 50_000 } })
    // 50,000 - 8,000 - 20,000 = 22,000: 331.50 + 140.80 + 113.30 + 5.4 % of 8,100.
    expect(converted).toBeCloseTo(331.5 + 140.8 + 113.3 + 437.4, 6)
    expect(withdrawn).toBe(converted)
    expect(none).toBeGreaterThan(converted)
  })

  test('Pennsylvania and Illinois: retirement income is free, gains are not', () => {
    const retired = { first: { age: 70, pension: 60_000, taxDeferredWithdrawals: 40_000, rothConversions: 30_000, socialSecurity: 30_000 } }
    expect(stateTaxOf('PA', 2026, retired)).toBe(0)
    expect(stateTaxOf('IL', 2026, retired)).toBe(0)
    expect(stateTaxOf('PA', 2026, { ...retired, longTermGains: 10_000 })).toBeCloseTo(307, 8)
    expect(stateTaxOf('PA', 2026, { first: { age: 55, taxDeferredWithdrawals: 10_000 } })).toBeCloseTo(307, 8)
  })

  test('Illinois: one exemption per person, indexed', () => {
    const given = { status: 'marriedFilingJointly', first: { wages: 100_000 }, second: { age: 65 } } as const
    expect(stateTaxOf('IL', 2025, given)).toBeCloseTo(0.0495 * (100_000 - 6700), 6)
    expect(stateTaxOf('IL', 2025, { ...given, priceIndex: 2 })).toBeCloseTo(0.0495 * (100_000 - 13_400), 6)
  })

  test('Ohio: no tax up to 26,050, above it tax from the first dollar', () => {
    expect(stateTaxOf('OH', 2025, { first: { wages: 27_950 } })).toBe(0)
    expect(stateTaxOf('OH', 2025, { first: { wages: 27_951 } })).toBeCloseTo(342 + 0.0275, 2)
    expect(stateTaxOf('OH', 2026, { first: { wages: 101_900 } })).toBeCloseTo(332 + 0.0275 * 73_950, 2)
  })

  test('Georgia: excludes 65,000 per person from 65, also of investment income, which spouses share in halves', () => {
    // 120,000 of gains: 60,000 each; with a pension of 20,000 the first has 80,000, of which 65,000 are free.
    const tax = stateTaxOf('GA', 2026, {
      status: 'marriedFilingJointly',
      first: { age: 66, pension: 20_000 },
      second: { age: 66 },
      longTermGains: 120_000,
    })
    expect(tax).toBe(0)
    expect(stateTaxOf('GA', 2026, { first: { age: 66, pension: 100_000 } })).toBeCloseTo(0.0499 * (35_000 - 15_000 - 1300), 6)
    expect(stateTaxOf('GA', 2026, { first: { age: 62, pension: 100_000 } })).toBeCloseTo(0.0499 * (65_000 - 15_000), 6)
    expect(stateTaxOf('GA', 2026, { first: { age: 61, pension: 100_000 } })).toBeCloseTo(0.0499 * 85_000, 6)
  })

  test('Michigan: spouses share what they may exclude', () => {
    const tax = stateTaxOf('MI', 2026, { status: 'marriedFilingJointly', first: { age: 66, pension: 131_794 }, second: { age: 66 } })
    expect(tax).toBe(0)
    expect(stateTaxOf('MI', 2025, { first: { age: 66, pension: 65_897 } })).toBeCloseTo(0.0425 * (16_474.25 - 5800), 6)
  })

  test('Arizona excludes a quarter of long-term gains, North Carolina has one rate', () => {
    expect(stateTaxOf('AZ', 2026, { longTermGains: 100_000 })).toBeCloseTo(0.025 * (75_000 - 16_100), 6)
    expect(stateTaxOf('NC', 2026, { first: { wages: 50_000 } })).toBeCloseTo(0.0399 * 37_250, 6)
    expect(stateTaxOf('IN', 2026, { first: { wages: 50_000 } })).toBeCloseTo(0.0295 * 49_000, 6)
    expect(stateTaxOf('MA', 2026, { first: { wages: 50_000 } })).toBeCloseTo(0.05 * 45_600, 6)
    expect(stateTaxOf('IA', 2026, { first: { age: 54, taxDeferredWithdrawals: 50_000 } })).toBeCloseTo(0.038 * 33_900, 6)
    expect(stateTaxOf('IA', 2026, { first: { age: 55, taxDeferredWithdrawals: 50_000 } })).toBe(0)
  })

  test('Washington taxes long-term gains only', () => {
    expect(stateTaxOf('WA', 2025, { first: { wages: 1e6 }, qualifiedDividends: 1e6, longTermGains: 278_000 })).toBe(0)
    expect(stateTaxOf('WA', 2025, { longTermGains: 2_278_000 })).toBeCloseTo(70_000 + 99_000, 6)
  })

  test('a custom table may tax Social Security benefits', () => {
    const brackets = { rates: [0.1], from: { single: [0], marriedFilingJointly: [0], marriedFilingSeparately: [0], headOfHousehold: [0] } }
    const own = stateTable({ year: 2026, source: 'this test', brackets, taxesSocialSecurity: true })
    const out = createTaxResult()
    annualTax(prepareTax(taxTableFor(2026), own), household(2026, { first: { socialSecurity: 40_000, pension: 60_000 } }), out)
    expect(out.stateTax).toBeCloseTo(9400, 8)
  })
})
