import { describe, expect, test } from 'vitest'
import {
  convertibleAmount,
  distributionPeriod,
  requiredDistributionAge,
  requiredMinimumDistribution,
} from '../../../../domain/us-tax/retirement-accounts/index.ts'
import { jointLifeTenths } from '../../../../domain/us-tax/retirement-accounts/tables/joint-life.ts'

test.each([
  [1949, 72],
  [1950, 72],
  [1951, 73],
  [1959, 73],
  [1960, 75],
  [1990, 75],
])('someone born in %i begins at %i', (birthYear, age) => {
  expect(requiredDistributionAge(birthYear)).toBe(age)
})

describe('a required distribution', () => {
  test('divides the balance of the year’s start by the Uniform Lifetime period', () => {
    expect(requiredMinimumDistribution(1952, 75, Number.NaN, 100_000)).toBeCloseTo(100_000 / 24.6, 8)
    expect(requiredMinimumDistribution(1952, 72, Number.NaN, 100_000)).toBe(0)
    expect(requiredMinimumDistribution(1960, 74, Number.NaN, 100_000)).toBe(0)
    expect(requiredMinimumDistribution(1960, 75, Number.NaN, 0)).toBe(0)
  })

  test('at 120 or more has a period of 2.0', () => {
    expect(distributionPeriod(130, Number.NaN)).toBe(2)
  })

  test('cannot be converted: the part that withdrawals have not covered is reserved', () => {
    expect(convertibleAmount(100_000, 4000, 0)).toBe(96_000)
    expect(convertibleAmount(97_000, 4000, 3000)).toBe(96_000)
    expect(convertibleAmount(94_000, 4000, 6000)).toBe(94_000)
    expect(convertibleAmount(1000, 4000, 0)).toBe(0)
  })
})

describe('with a spouse more than ten years younger', () => {
  test.each([
    // Table II of IRS Publication 590-B.
    [75, 64, 25.3],
    [75, 60, 28.3],
    [80, 65, 23.8],
    [76, 60, 28.2],
    [90, 76, 14.7],
    [72, 61, 28.1],
  ])('an owner of %i and a spouse of %i have %d years', (age, spouse, period) => {
    expect(distributionPeriod(age, spouse)).toBeCloseTo(period, 8)
  })

  test('of exactly ten years younger, the Uniform Lifetime Table applies', () => {
    expect(distributionPeriod(75, 65)).toBe(24.6)
    expect(distributionPeriod(75, 80)).toBe(24.6)
  })

  test('the table has a period for every such pair, which falls with either age and is never below the uniform period', () => {
    expect(jointLifeTenths).toHaveLength(120 - 72 + 1)
    for (let age = 72; age <= 120; age++) {
      expect(jointLifeTenths[age - 72]).toHaveLength(age - 10 - 20)
      for (let spouse = 20; spouse < age - 10; spouse++) {
        const period = distributionPeriod(age, spouse)
        expect(period).toBeLessThanOrEqual(distributionPeriod(age, spouse - 1))
        expect(period).toBeGreaterThanOrEqual(distributionPeriod(Math.min(120, age + 1), spouse))
        expect(period).toBeGreaterThanOrEqual(distributionPeriod(age, Number.NaN))
      }
    }
  })

  test('a spouse below 20 counts as 20', () => {
    expect(distributionPeriod(75, 15)).toBe(distributionPeriod(75, 20))
  })
})
