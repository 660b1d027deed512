import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  annualBenefits,
  type Claimant,
  createBenefitsResult,
  createBenefitsYear,
  prepareBenefits,
} from '../../../../domain/longevity/social-security/index.ts'

/* Two spouses' benefits once more, month by month, with SSA's tables of full retirement ages and delayed credits typed in. */

const lookUp = (table: readonly (readonly [until: number, value: number])[], birthYear: number): number =>
  table.find(([until]) => birthYear <= until)![1]

const months = (years: number, more = 0): number => 12 * years + more

/** SSA, "Retirement age and benefit reduction". */
const FULL_AGE = [
  [1937, months(65)],
  [1938, months(65, 2)],
  [1939, months(65, 4)],
  [1940, months(65, 6)],
  [1941, months(65, 8)],
  [1942, months(65, 10)],
  [1954, months(66)],
  [1955, months(66, 2)],
  [1956, months(66, 4)],
  [1957, months(66, 6)],
  [1958, months(66, 8)],
  [1959, months(66, 10)],
  [Number.POSITIVE_INFINITY, months(67)],
] as const

/** SSA, "Survivors benefits": full retirement age for widows and widowers. */
const WIDOWS_FULL_AGE = [
  [1939, months(65)],
  [1940, months(65, 2)],
  [1941, months(65, 4)],
  [1942, months(65, 6)],
  [1943, months(65, 8)],
  [1944, months(65, 10)],
  [1956, months(66)],
  [1957, months(66, 2)],
  [1958, months(66, 4)],
  [1959, months(66, 6)],
  [1960, months(66, 8)],
  [1961, months(66, 10)],
  [Number.POSITIVE_INFINITY, months(67)],
] as const

/** SSA, "Delayed retirement credits": percent per year. */
const CREDIT = [
  [1936, 6],
  [1938, 6.5],
  [1940, 7],
  [1942, 7.5],
  [Number.POSITIVE_INFINITY, 8],
] as const

const early = (monthsEarly: number, each: number): number =>
  (Math.min(36, monthsEarly) * each + Math.max(0, monthsEarly - 36) * (5 / 12)) / 100

const workersShare = (birthYear: number, age: number): number => {
  const full = lookUp(FULL_AGE, birthYear)
  return age < full ? 1 - early(full - age, 5 / 9) : 1 + ((Math.min(age, 840) - full) * lookUp(CREDIT, birthYear)) / 1200
}

const monthly = (person: Claimant, other: Claimant, deaths: readonly [own: number, others: number], month: number): number => {
  const birth = 12 * person.birthYear + person.birthMonth - 1
  const claim = birth + person.claimAgeMonths
  const birthOfOther = 12 * other.birthYear + other.birthMonth - 1
  const claimOfOther = birthOfOther + other.claimAgeMonths
  const [death, deathOfOther] = deaths
  if (month >= death) return 0
  const amount = person.primaryInsuranceAmount
  const amountOfOther = other.primaryInsuranceAmount
  const ownFromClaim = amount * workersShare(person.birthYear, person.claimAgeMonths)
  const own = month >= claim ? ownFromClaim : 0

  if (month < deathOfOther) {
    const start = Math.max(claim, claimOfOther)
    if (month < start || amountOfOther / 2 <= amount) return own
    const monthsEarly = Math.max(0, lookUp(FULL_AGE, person.birthYear) - (start - birth))
    const excess = (amountOfOther / 2 - amount) * (1 - early(monthsEarly, 25 / 36))
    return own + Math.max(0, excess - Math.max(0, ownFromClaim - amount))
  }

  const full = lookUp(WIDOWS_FULL_AGE, person.birthYear)
  const start = Math.max(deathOfOther, birth + (person.survivorClaimAgeMonths ?? full))
  if (month < start) return own
  const share = 1 - (0.285 * Math.max(0, full - (start - birth))) / (full - 720)
  const fullOfOther = birthOfOther + lookUp(FULL_AGE, other.birthYear)
  const had = amountOfOther * workersShare(other.birthYear, other.claimAgeMonths)
  let widows = had * share
  if (deathOfOther < claimOfOther) {
    const credited = deathOfOther > fullOfOther ? workersShare(other.birthYear, deathOfOther - birthOfOther) : 1
    widows = amountOfOther * credited * share
  } else if (claimOfOther < fullOfOther) widows = Math.min(amountOfOther * share, Math.max(had, 0.825 * amountOfOther))
  return Math.max(own, widows)
}

const claimant = fc.record({
  birthYear: fc.integer({ min: 1935, max: 1975 }),
  birthMonth: fc.integer({ min: 1, max: 12 }),
  primaryInsuranceAmount: fc.oneof(fc.constant(0), fc.integer({ min: 100, max: 4000 })),
  claimAgeMonths: fc.oneof(fc.constantFrom(744, 804, 840), fc.integer({ min: 744, max: 840 })),
  survivorClaimAgeMonths: fc.option(fc.integer({ min: 720, max: 840 }), { nil: undefined }),
})
/** Months after birth, or never. */
const death = fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 12 * 55, max: 12 * 95 }))

test('a couple is paid in every year the sum of its months', () => {
  fc.assert(
    fc.property(claimant, claimant, death, death, fc.integer({ min: 60, max: 100 }), (first, second, dies, otherDies, age) => {
      const deaths = [12 * first.birthYear + dies, 12 * second.birthYear + otherDies] as const
      const year = first.birthYear + age
      const out = createBenefitsResult()
      annualBenefits(prepareBenefits(2026, first, second), { ...createBenefitsYear(year), deathMonth: [...deaths] }, out)
      const expected = [0, 0]
      for (let month = 12 * year; month < 12 * (year + 1); month++) {
        expected[0]! += monthly(first, second, deaths, month)
        expected[1]! += monthly(second, first, [deaths[1], deaths[0]], month)
      }
      expect(out.paid[0]).toBeCloseTo(expected[0]!, 6)
      expect(out.paid[1]).toBeCloseTo(expected[1]!, 6)
    }),
    { numRuns: 1000 },
  )
})
