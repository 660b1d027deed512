import { describe, expect, test } from 'vitest'
import {
  adjustedPrimaryInsuranceAmount,
  averageIndexedMonthlyEarnings,
  averageWageIndex,
  bendPoints,
  contributionBase,
  costOfLivingAdjustment,
  earningsTestExemptions,
  primaryInsuranceAmount,
  primaryInsuranceAmountOf,
  quartersOfCoverage,
  retirementFactor,
} from '../../../../domain/longevity/social-security/index.ts'

const years = (from: number, until: number, amount: (year: number) => number) =>
  Array.from({ length: until - from + 1 }, (_, i) => ({ year: from + i, amount: amount(from + i) }))

/** More than any contribution base. */
const maximum = (): number => 1e6

describe('SSA’s published example: maximum-taxable earnings since 22, retiring at 62 in 2025', () => {
  const earnings = years(1985, 2024, maximum)

  test('averages 13,689 a month and has a primary insurance amount of 4,020.90', () => {
    expect(averageIndexedMonthlyEarnings(1963, earnings)).toBe(13_689)
    expect(primaryInsuranceAmount(13_689, 2025)).toBe(4020.9)
    expect(primaryInsuranceAmountOf(1963, earnings)).toBe(4020.9)
  })

  test('is paid 2,831 at 62 and one month', () => {
    expect(Math.floor(4020.9 * retirementFactor(1963, 62 * 12 + 1))).toBe(2831)
  })

  test('and is 5,108 for a worker who retires at 70 in 2025', () => {
    const pia = primaryInsuranceAmountOf(1955, years(1977, 2024, maximum))
    const adjusted = adjustedPrimaryInsuranceAmount(pia, 1955, 2025)
    expect(Math.floor(adjusted * retirementFactor(1955, 70 * 12))).toBe(5108)
  })
})

describe('average indexed monthly earnings', () => {
  test('index earnings before the year of turning 60, as in SSA’s example: 20,000 of 1990 are 60,676.42 of 2022', () => {
    // 60,676.42 over 420 months is 144.47.
    expect(averageIndexedMonthlyEarnings(1962, [{ year: 1990, amount: 20_000 }])).toBe(144)
    expect((20_000 * averageWageIndex(2022, 0)) / averageWageIndex(1990, 0)).toBeCloseTo(60_676.42, 2)
  })

  test('take later earnings at face value', () => {
    expect(averageIndexedMonthlyEarnings(1960, [{ year: 2024, amount: 42_000 }])).toBe(100)
  })

  test('count the highest 35 years only', () => {
    const flat = years(1990, 2024, () => 20_000)
    expect(averageIndexedMonthlyEarnings(1964, [...flat, { year: 1989, amount: 1 }])).toBe(averageIndexedMonthlyEarnings(1964, flat))
  })

  test('continue beyond the published series at the assumed wage growth', () => {
    const future = [{ year: 2040, amount: 42_000 }]
    expect(averageIndexedMonthlyEarnings(1990, future)).toBe(100)
    expect(averageIndexedMonthlyEarnings(1990, future, 0.03)).toBe(Math.floor(100 * 1.03 ** 10))
  })
})

describe('the formula', () => {
  test.each([
    // Published bend points, and three amounts by hand.
    [2015, 826, 4980],
    [2024, 1174, 7078],
    [2025, 1226, 7391],
  ])('of %i bends at %d and %d', (year, first, second) => {
    expect(bendPoints(year)).toEqual([first, second])
  })

  test.each([
    [1000, 900],
    [6000, 2665.8],
    [10_000, 3563.2],
  ])('of 2026 turns %d into %d', (aime, pia) => {
    // 1,157.40 + 32 % of 4,714 = 2,665.88; 1,157.40 + 2,068.16 + 15 % of 2,251 = 3,563.21 - down to the dime.
    expect(primaryInsuranceAmount(aime, 2026)).toBeCloseTo(pia, 8)
  })

  test('has higher bend points if wages grow', () => {
    expect(bendPoints(2036, 0.03)[0]).toBe(Math.round((180 * averageWageIndex(2024, 0) * 1.03 ** 10) / 9779.44))
  })
})

describe('insured status', () => {
  test('needs forty quarters', () => {
    expect(quartersOfCoverage(years(2010, 2018, maximum))).toBe(36)
    expect(primaryInsuranceAmountOf(1970, years(2010, 2018, maximum))).toBe(0)
    expect(primaryInsuranceAmountOf(1970, years(2010, 2019, maximum))).toBeGreaterThan(0)
  })

  test.each([
    [1978, 250],
    [1990, 520],
    [2011, 1120],
    [2014, 1200],
    [2025, 1810],
    [2026, 1890],
  ])('in %i needs %d dollars per quarter', (year, amount) => {
    expect(quartersOfCoverage([{ year, amount }])).toBe(1)
    expect(quartersOfCoverage([{ year, amount: amount - 1 }])).toBe(0)
  })
})

test('cost-of-living adjustments compound from the year of turning 62, down to the dime', () => {
  // 2,000.10 x 1.032 = 2,064.10, x 1.025 = 2,115.70, x 1.028 = 2,174.90: December 2023, 2024, 2025.
  expect(adjustedPrimaryInsuranceAmount(2000.1, 1961, 2023)).toBe(2000.1)
  expect(adjustedPrimaryInsuranceAmount(2000.1, 1961, 2026)).toBeCloseTo(2174.9, 8)
  expect(adjustedPrimaryInsuranceAmount(2000.1, 1961, 2060)).toBeCloseTo(2174.9, 8)
})

test('the series end in the expected years', () => {
  expect(averageWageIndex(2024, 0.5)).toBe(69_846.57)
  expect(contributionBase(2026, 0.5)).toBe(184_500)
  expect(costOfLivingAdjustment(1980)).toBeCloseTo(0.143, 12)
  expect(costOfLivingAdjustment(2022)).toBeCloseTo(0.087, 12)
  expect(costOfLivingAdjustment(2025)).toBeCloseTo(0.028, 12)
  expect(costOfLivingAdjustment(2026)).toBeUndefined()
  expect(() => averageWageIndex(1950, 0)).toThrow(RangeError)
})

describe('the exempt amounts of the earnings test', () => {
  // 42 USC 403(f)(8): 670 dollars a month of 1994 and 2,500 of 2002, moved by the average wage of two years before, to the nearest ten;
  // not lower than the year before, and the same after a December without a cost-of-living adjustment. 2000 and 2001 are by law.
  const monthly = (year: number, of: number, wagesOf: number, before: number): number => {
    if (costOfLivingAdjustment(year - 1) === 0) return before
    return Math.max(before, 10 * Math.round((of * averageWageIndex(year - 2, 0)) / averageWageIndex(wagesOf, 0) / 10))
  }

  test.each(earningsTestExemptions.map((row, index) => [row.year, row, earningsTestExemptions[index - 1]] as const))(
    'of %i follow average wages',
    (year, row, last) => {
      expect(row.before / 12).toBe(monthly(year, 670, 1992, (last?.before ?? 0) / 12))
      if (year > 2002) expect(row.inYear / 12).toBe(monthly(year, 2500, 2000, last!.inYear / 12))
      else expect(row.inYear).toBe({ 2000: 17_000, 2001: 25_000, 2002: 30_000 }[year])
    },
  )
})
