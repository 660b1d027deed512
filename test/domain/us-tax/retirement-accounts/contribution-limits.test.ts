import { describe, expect, test } from 'vitest'
import {
  allowedContributions,
  contributionTableFor,
  contributionTables,
  type ContributionYear,
  createContributions,
  createContributionYear,
  employerMatch,
  giftLimit529,
  prepareContributions,
} from '../../../../domain/us-tax/retirement-accounts/index.ts'
import { FILING } from '../../../../domain/us-tax/tax/index.ts'

const allowed = (given: Partial<ContributionYear>, year = 2026) => {
  const out = createContributions()
  const person = { ...createContributionYear(), age: 40, wages: 120_000, compensation: 120_000, ...given }
  allowedContributions(prepareContributions(contributionTableFor(year)), person, out)
  return out
}

describe('elective deferrals', () => {
  test.each([
    [49, 24_500],
    [50, 32_500],
    [59, 32_500],
    [60, 35_750],
    [63, 35_750],
    [64, 32_500],
  ])('of 2026 at %i are limited to %d', (age, limit) => {
    expect(allowed({ age, wantedPreTaxDeferral: 50_000 }).preTaxDeferral).toBe(limit)
  })

  test('share one limit between pre-tax and Roth, and never exceed the wages', () => {
    const { preTaxDeferral, rothDeferral } = allowed({ wantedPreTaxDeferral: 20_000, wantedRothDeferral: 20_000 })
    expect([preTaxDeferral, rothDeferral]).toEqual([20_000, 4500])
    expect(allowed({ wages: 9000, wantedPreTaxDeferral: 20_000 }).preTaxDeferral).toBe(9000)
  })

  test('of high earners have Roth catch-ups only, from 2026', () => {
    const high = { age: 55, wages: 200_000, wagesYearBefore: 150_001, wantedPreTaxDeferral: 32_500, wantedRothDeferral: 32_500 }
    expect(allowed(high)).toMatchObject({ preTaxDeferral: 24_500, rothDeferral: 8000 })
    expect(allowed({ ...high, wagesYearBefore: 150_000 })).toMatchObject({ preTaxDeferral: 32_500, rothDeferral: 0 })
    expect(allowed(high, 2025)).toMatchObject({ preTaxDeferral: 31_000 })
  })

  test('of a SIMPLE plan have limits of their own', () => {
    expect(allowed({ age: 61, plan: 'simple', wantedPreTaxDeferral: 50_000 }).preTaxDeferral).toBe(22_250)
  })

  test('follow prices', () => {
    expect(allowed({ priceIndex: 2, wantedPreTaxDeferral: 60_000 }).preTaxDeferral).toBe(49_000)
  })
})

describe('employer contributions', () => {
  test('fit under the limit of all additions, which catch-ups do not count towards', () => {
    const given = { wages: 400_000, wantedPreTaxDeferral: 50_000, employer: 60_000 }
    expect(allowed(given).employer).toBe(72_000 - 24_500)
    expect(allowed({ ...given, age: 55 }).employer).toBe(72_000 - 24_500)
    expect(allowed({ ...given, wages: 30_000 }).employer).toBe(5500)
  })

  test('match a deferral up to a share of pay, with at most 360,000 of pay counted', () => {
    const table = contributionTableFor(2026)
    expect(employerMatch(table, 1, 100_000, 10_000, 0.5, 0.06)).toBe(3000)
    expect(employerMatch(table, 1, 100_000, 2000, 0.5, 0.06)).toBe(1000)
    expect(employerMatch(table, 1, 1e6, 24_500, 1, 0.05)).toBe(18_000)
  })
})

describe('individual retirement accounts', () => {
  test('share one limit between traditional and Roth, and never exceed earned income', () => {
    const both = { wantedTraditionalIra: 5000, wantedRothIra: 5000 }
    expect(allowed(both)).toMatchObject({ rothIra: 5000, traditionalIra: 2500 })
    expect(allowed({ ...both, age: 50 })).toMatchObject({ rothIra: 5000, traditionalIra: 3600 })
    expect(allowed({ ...both, compensation: 6000 })).toMatchObject({ rothIra: 5000, traditionalIra: 1000 })
  })

  test.each([
    ['single', 153_000, 7500],
    ['single', 160_500, 3750],
    ['single', 168_000, 0],
    ['marriedFilingJointly', 247_000, 3750],
    ['marriedFilingSeparately', 5000, 3750],
    ['marriedFilingSeparately', 10_000, 0],
  ] as const)('of a %s person with an income of %d take %d as Roth', (status, income, limit) => {
    expect(allowed({ status: FILING[status], modifiedAdjustedGrossIncome: income, wantedRothIra: 9000 }).rothIra).toBe(limit)
  })

  test.each([
    // Publication 590-A, worksheet 2-2: the reduced limit is rounded up to 10 dollars, and is at least 200 until it reaches zero.
    [158_777, 7500, 4620],
    [167_700, 7500, 200],
    [167_999, 7500, 200],
    [168_000, 7500, 0],
    // Line 6: the reduction applies to the compensation if that is less than the limit.
    [160_500, 3000, 1500],
    [160_500, 150, 150],
  ])(
    'of a single person with %d of income and at most %d of compensation allow %d as Roth by the worksheet',
    (income, compensation, limit) => {
      expect(allowed({ modifiedAdjustedGrossIncome: income, compensation, wantedRothIra: 9000 }).rothIra).toBe(limit)
    },
  )

  test.each([
    // Publication 590-A, worksheet 1-2: line 4 reduces the limit in dollars, line 7 takes the smallest of that limit, compensation and contributions.
    [86_000, 7500, 7500, 3750],
    [86_000, 3000, 7500, 3000],
    [86_000, 7500, 2000, 2000],
    [83_333, 7500, 7500, 5760],
    [90_990, 7500, 7500, 200],
    [91_000, 7500, 7500, 0],
  ])(
    'of a covered single person with %d of income, %d of it earned, and %d wanted: %d is deducted',
    (income, compensation, wanted, deducted) => {
      const given = { covered: true, modifiedAdjustedGrossIncome: income, compensation, wantedTraditionalIra: wanted }
      expect(allowed(given).deductibleIra).toBe(deducted)
    },
  )

  test('catch up by 1,000 in 2025 and 1,100 in 2026, which the phase-out reduces too', () => {
    const older = { age: 50, modifiedAdjustedGrossIncome: 157_500, wantedRothIra: 9000 }
    expect(allowed(older, 2025).rothIra).toBe(4000)
    expect(allowed({ ...older, modifiedAdjustedGrossIncome: 160_500 }).rothIra).toBe(4300)
  })

  test('phase out with prices, except on separate returns', () => {
    const given = { priceIndex: 2, wantedRothIra: 20_000 }
    expect(allowed({ ...given, modifiedAdjustedGrossIncome: 321_000, compensation: 200_000 }).rothIra).toBe(7500)
    expect(allowed({ ...given, status: FILING.marriedFilingSeparately, modifiedAdjustedGrossIncome: 10_000 }).rothIra).toBe(0)
  })

  test.each([
    ['covered', { covered: true, modifiedAdjustedGrossIncome: 86_000 }, 3750],
    ['covered, well paid', { covered: true, modifiedAdjustedGrossIncome: 120_000 }, 0],
    ['not covered', { modifiedAdjustedGrossIncome: 500_000 }, 7500],
    [
      'not covered, spouse covered',
      { spouseCovered: true, status: FILING.marriedFilingJointly, modifiedAdjustedGrossIncome: 247_000 },
      3750,
    ],
    [
      'not covered, spouse covered, on a separate return',
      { spouseCovered: true, status: FILING.marriedFilingSeparately, modifiedAdjustedGrossIncome: 20_000 },
      0,
    ],
  ])('of a person %s are deducted as far as the law allows', (_, given, deducted) => {
    expect(allowed({ ...given, wantedTraditionalIra: 7500 })).toMatchObject({ traditionalIra: 7500, deductibleIra: deducted })
  })
})

test.each([
  ['none', 60, 0],
  ['self', 54, 4400],
  ['family', 54, 8750],
  ['family', 55, 9750],
] as const)('health savings with coverage %s at %i are limited to %d', (healthCoverage, age, limit) => {
  expect(allowed({ healthCoverage, age, wantedHealthSavings: 20_000 }).healthSavings).toBe(limit)
})

test.each([
  ['deferral', 49, 23_500],
  ['deferral', 50, 31_000],
  ['deferral', 62, 34_750],
  ['deferral', 64, 31_000],
  ['simple', 49, 16_500],
  ['simple', 55, 20_000],
  ['simple', 63, 21_750],
] as const)('a %s of 2025 at %i is limited to %d', (plan, age, limit) => {
  expect(allowed({ plan, age, wantedPreTaxDeferral: 50_000 }, 2025).preTaxDeferral).toBe(limit)
})

test('the second spouse of a family in 2025 has the rest of the 8,550, and an own catch-up', () => {
  const second = { healthCoverage: 'family', spouseHealthSavings: 5000, wantedHealthSavings: 20_000 } as const
  expect(allowed({ ...second, age: 54 }, 2025).healthSavings).toBe(3550)
  expect(allowed({ ...second, age: 55 }, 2025).healthSavings).toBe(4550)
})

test('health savings have a catch-up of 1,000, whatever prices do', () => {
  expect(allowed({ healthCoverage: 'self', age: 55, priceIndex: 2, wantedHealthSavings: 20_000 }).healthSavings).toBe(9800)
})

test('529 accounts are limited by the gift exclusion alone', () => {
  expect(giftLimit529(contributionTableFor(2026), 1, false)).toBe(19_000)
  expect(giftLimit529(contributionTableFor(2026), 1, true)).toBe(95_000)
})

test('tables are in the order of their years, and the last is used for later years', () => {
  const years = contributionTables.map(table => table.year)
  expect(years).toEqual(years.toSorted((a, b) => a - b))
  expect(contributionTableFor(2050)).toBe(contributionTables.at(-1))
  expect(() => contributionTableFor(2022)).toThrow('there are no contribution limits for 2022')
})
