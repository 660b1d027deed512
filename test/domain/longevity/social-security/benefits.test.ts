import { describe, expect, test } from 'vitest'
import {
  annualBenefits,
  type BenefitsYear,
  type Claimant,
  createBenefitsResult,
  createBenefitsYear,
  prepareBenefits,
} from '../../../../domain/longevity/social-security/index.ts'

const JANUARY = 1
const born = (birthYear: number, pia: number, claimAge: number, more: Partial<Claimant> = {}): Claimant => ({
  birthYear,
  birthMonth: JANUARY,
  primaryInsuranceAmount: pia,
  claimAgeMonths: 12 * claimAge,
  ...more,
})

const benefits = (year: number, people: [Claimant, Claimant?], given: Partial<BenefitsYear> = {}) => {
  const out = createBenefitsResult()
  annualBenefits(prepareBenefits(2026, ...people), { ...createBenefitsYear(year), ...given }, out)
  return out
}

const diesIn = (year: number, month = 1): number => 12 * year + month - 1
const ALIVE = Number.POSITIVE_INFINITY

describe('a worker', () => {
  test('is paid from the month of claiming, at the price level', () => {
    const worker = born(1960, 2000, 67, { birthMonth: 4 })
    expect(benefits(2026, [worker]).paid[0]).toBe(0)
    expect(benefits(2027, [worker]).paid[0]).toBe(9 * 2000)
    expect(benefits(2040, [worker], { priceIndex: 1.5 }).paid[0]).toBe(12 * 3000)
  })

  test('is paid nothing for the month of death or after', () => {
    expect(benefits(2040, [born(1960, 2000, 67)], { deathMonth: [diesIn(2040, 4), ALIVE] }).paid[0]).toBe(3 * 2000)
    expect(benefits(2041, [born(1960, 2000, 67)], { deathMonth: [diesIn(2040, 4), ALIVE] }).paid[0]).toBe(0)
  })

  test.each([61, 71])('with a claiming age of %i is rejected', age => {
    expect(() => prepareBenefits(2026, born(1960, 2000, age))).toThrow(RangeError)
  })
})

test('a base year before the first published figures is rejected', () => {
  expect(() => prepareBenefits(1999, born(1930, 2000, 67))).toThrow('there are no earnings test figures for 1999')
})

describe('a spouse', () => {
  test('is paid up to half of the worker’s primary insurance amount, once the worker has claimed', () => {
    const couple: [Claimant, Claimant] = [born(1960, 3000, 70), born(1960, 1000, 67)]
    expect(benefits(2028, couple).paid).toEqual([0, 12_000])
    expect(benefits(2031, couple).paid).toEqual([12 * 3720, 12 * 1500])
  })

  test('without an own record is paid half, reduced for claiming early', () => {
    expect(benefits(2024, [born(1957, 2000, 66.5), born(1962, 0, 62)]).paid[1]).toBeCloseTo(12 * 1000 * 0.65, 8)
  })

  test('gets each part reduced by its own schedule', () => {
    // At 64 of 67: own 1,000 x 0.80, excess (1,500 - 1,000) x 0.75.
    expect(benefits(2030, [born(1955, 3000, 67), born(1962, 1000, 64)]).paid[1]).toBeCloseTo(12 * (800 + 375), 8)
  })

  test('gets less by their own delayed credits (SSA POMS RS 00615.694)', () => {
    // Own 1,000 with 16 % credits is 1,160; in total at most 1,000 + 200.
    expect(benefits(2040, [born(1960, 2400, 67), born(1960, 1000, 69)]).paid[1]).toBeCloseTo(12 * 1200, 8)
    expect(benefits(2040, [born(1960, 2200, 67), born(1960, 1000, 70)]).paid[1]).toBeCloseTo(12 * 1240, 8)
  })

  test('with more than half on their own record is paid the own benefit alone', () => {
    expect(benefits(2040, [born(1960, 2000, 67), born(1960, 1800, 67)]).paid).toEqual([24_000, 21_600])
  })
})

describe('a survivor', () => {
  const widowed = (worker: Claimant, survivor: Claimant, died: number, year: number): number =>
    benefits(year, [worker, survivor], { deathMonth: [died, ALIVE] }).paid[1]

  test('is paid the larger benefit, with the worker’s delayed credits', () => {
    expect(widowed(born(1960, 3000, 70), born(1960, 1000, 67), diesIn(2035), 2036)).toBeCloseTo(12 * 3720, 8)
    expect(widowed(born(1960, 1000, 67), born(1960, 3000, 67), diesIn(2035), 2036)).toBeCloseTo(12 * 3000, 8)
  })

  test('of a worker who claimed early is limited to the worker’s benefit, or 82.5 %', () => {
    expect(widowed(born(1960, 2000, 62), born(1960, 0, 67), diesIn(2035), 2036)).toBeCloseTo(12 * 0.825 * 2000, 8)
    expect(widowed(born(1960, 2000, 66), born(1960, 0, 67), diesIn(2035), 2036)).toBeCloseTo((12 * 2000 * 14) / 15, 8)
  })

  test('of a worker who died before claiming gets the whole amount, with credits earned after full retirement age', () => {
    expect(widowed(born(1960, 2000, 70), born(1960, 0, 67), diesIn(2025), 2030)).toBeCloseTo(12 * 2000, 8)
    expect(widowed(born(1960, 2000, 70), born(1960, 0, 67), diesIn(2029), 2030)).toBeCloseTo(12 * 2000 * 1.16, 8)
  })

  test('may claim from 60, for less, and claim their own benefit later', () => {
    const survivor = born(1962, 2500, 70, { survivorClaimAgeMonths: 720 })
    const worker = born(1955, 2000, 67)
    expect(widowed(worker, survivor, diesIn(2020), 2021)).toBe(0)
    expect(widowed(worker, survivor, diesIn(2020), 2022)).toBeCloseTo(12 * 2000 * 0.715, 8)
    expect(widowed(worker, survivor, diesIn(2020), 2033)).toBeCloseTo(12 * 2500 * 1.24, 8)
  })

  test('changes to the survivor’s benefit in the month of the death', () => {
    // Until June 1,500 a month (half of 3,000), from July 3,000.
    const paid = benefits(2035, [born(1960, 3000, 67), born(1960, 1000, 67)], { deathMonth: [diesIn(2035, 7), ALIVE] }).paid
    expect(paid).toEqual([6 * 3000, 6 * 1500 + 6 * 3000])
  })
})

describe('the earnings test', () => {
  const worker = born(1963, 2000, 62)

  test('withholds one dollar for every two above the exempt amount', () => {
    const { paid, withheld, withheldMonths } = benefits(2026, [worker], { earnings: [34_480, 0] })
    expect(withheld[0]).toBeCloseTo(5000, 8)
    expect(paid[0]).toBeCloseTo(12 * 1400 - 5000, 8)
    expect(withheldMonths[0]).toBeCloseTo(5000 / 1400, 8)
  })

  test('withholds at most the benefit', () => {
    expect(benefits(2026, [worker], { earnings: [200_000, 0] }).paid[0]).toBe(0)
    expect(benefits(2026, [worker], { earnings: [200_000, 0] }).withheldMonths[0]).toBeCloseTo(12, 8)
  })

  test('has exempt amounts that follow wages', () => {
    expect(benefits(2026, [worker], { earnings: [2 * 24_480, 0], wageIndex: 2 }).withheld[0]).toBe(0)
  })

  test('in the year of full retirement age withholds one for every three, only in the months before', () => {
    // Born in July 1959: 66 and 10 months in May 2026; four months of 180,000 are 60,000, below 65,160; of 216,000, 72,000.
    const claimant = born(1959, 2000, 62, { birthMonth: 7 })
    expect(benefits(2026, [claimant], { earnings: [180_000, 0] }).withheld[0]).toBe(0)
    expect(benefits(2026, [claimant], { earnings: [216_000, 0] }).withheld[0]).toBeCloseTo((72_000 - 65_160) / 3, 8)
  })

  test('ends at full retirement age; from then on the withheld months count as not claimed', () => {
    const year = { earnings: [200_000, 0], withheldMonths: [24, 0] } satisfies Partial<BenefitsYear>
    expect(benefits(2031, [worker], year).paid[0]).toBeCloseTo(12 * 2000 * 0.8, 8)
    expect(benefits(2031, [worker], { ...year, withheldMonths: [90, 0] }).paid[0]).toBeCloseTo(12 * 2000, 8)
  })
})
