import {
  adjustedPrimaryInsuranceAmount,
  annualBenefits,
  type Claimant,
  createBenefitsResult,
  createBenefitsYear,
  prepareBenefits,
  type PreparedBenefits,
  primaryInsuranceAmountOf,
} from '../../../longevity/index.ts'
import { attainedBirthMonth, monthNumber, yearOf } from '../../../shared/index.ts'
import type { HouseholdSpec, Person, SocialSecurity } from '../spec.ts'
import { ALIVE_STATES, BOTH_ALIVE, FIRST_ALIVE } from './income-streams.ts'
export interface HouseholdBenefits {
  prepared: PreparedBenefits
  /** Index of the person of each claimant. */
  claimants: readonly number[]
}

/** Null without a claim. A person without a claim gets no benefits, and leaves none to a survivor. */
export function householdBenefits(spec: HouseholdSpec): HouseholdBenefits | null {
  const claimants = [...spec.people.keys()].filter(index => spec.people[index]!.socialSecurity !== null)
  const [first, second] = claimants.map(index => claimant(spec.people[index]!, spec.people[index]!.socialSecurity!, spec.asOfDate))
  if (first === undefined) return null
  return { prepared: prepareBenefits(yearOf(spec.asOfDate), first, second), claimants }
}

function claimant(person: Person, { benefit, claimingAgeMonths }: SocialSecurity, asOfDate: string): Claimant {
  const { year: birthYear, month: birthMonth } = attainedBirthMonth(person.birthDate)
  const asOfYear = yearOf(asOfDate)
  return {
    birthYear,
    birthMonth,
    primaryInsuranceAmount:
      benefit.kind === 'pia'
        ? benefit.monthlyAmount
        : adjustedPrimaryInsuranceAmount(primaryInsuranceAmountOf(birthYear, benefit.byYear), birthYear, asOfYear),
    claimAgeMonths: claimingAgeMonths,
  }
}

/** The month after a death at the end of a calendar year, as Social Security counts months. */
export function monthAfterYear(year: number): number {
  return monthNumber(year + 1, 1)
}

/** Benefits of each year without work, in money of the as-of date, at [alive * years + year]. A dead person counts as dead before year 0. */
export function benefitsWithoutWork(spec: HouseholdSpec, benefits: HouseholdBenefits | null): Float64Array {
  const real = new Float64Array(ALIVE_STATES * spec.years)
  if (benefits === null) return real
  const asOfYear = yearOf(spec.asOfDate)
  const result = createBenefitsResult()
  const household = createBenefitsYear(asOfYear)
  for (let alive = 0; alive < ALIVE_STATES; alive++) {
    for (const [index, person] of benefits.claimants.entries()) {
      const lives = alive === BOTH_ALIVE || alive === FIRST_ALIVE + person
      household.deathMonth[index] = lives ? Number.POSITIVE_INFINITY : monthAfterYear(asOfYear - 1)
    }
    for (let year = 0; year < spec.years; year++) {
      household.year = asOfYear + year
      annualBenefits(benefits.prepared, household, result)
      real[alive * spec.years + year] = benefits.claimants.reduce((sum, _, index) => sum + result.paid[index]!, 0)
    }
  }
  return real
}
