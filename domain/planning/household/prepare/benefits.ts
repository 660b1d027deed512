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
import type { HouseholdSpec, Person, SocialSecurity } from '../spec.ts'
import { calendarDate } from '../timeline.ts'
import { ALIVE_STATES, BOTH_ALIVE, FIRST_ALIVE } from './income-streams.ts'
export interface HouseholdBenefits {
  prepared: PreparedBenefits
  /** Person of each claimant. */
  claimants: readonly number[]
}

/** Null where nobody has a claim. Persons without one neither get benefits nor give them to a survivor. */
export function householdBenefits(spec: HouseholdSpec): HouseholdBenefits | null {
  const claimants = [...spec.people.keys()].filter(index => spec.people[index]!.socialSecurity !== null)
  const [first, second] = claimants.map(index => claimant(spec.people[index]!, spec.people[index]!.socialSecurity!, spec.asOfDate))
  if (first === undefined) return null
  return { prepared: prepareBenefits(calendarDate(spec.asOfDate).year, first, second), claimants }
}

/** Social Security counts an age as reached on the day before the birthday, so someone born on the first of a month in the month before (20 CFR 404.2(c)). */
function claimant(person: Person, { benefit, claimingAgeMonths }: SocialSecurity, asOfDate: string): Claimant {
  const { year, month, day } = calendarDate(person.birthDate)
  const reached = 12 * year + month - 1 - (day === 1 ? 1 : 0)
  const birthYear = Math.floor(reached / 12)
  const asOfYear = calendarDate(asOfDate).year
  return {
    birthYear,
    birthMonth: (reached % 12) + 1,
    primaryInsuranceAmount:
      benefit.kind === 'pia'
        ? benefit.monthlyAmount
        : adjustedPrimaryInsuranceAmount(primaryInsuranceAmountOf(birthYear, benefit.byYear), birthYear, asOfYear),
    claimAgeMonths: claimingAgeMonths,
  }
}

/** Month after that of a death at the end of a calendar year, as Social Security counts months. */
export function monthAfterYear(year: number): number {
  return 12 * (year + 1)
}

/** Benefits of each year in money of the as-of date without work, at [alive * years + year]; who is not alive has died before the first. */
export function benefitsWithoutWork(spec: HouseholdSpec, benefits: HouseholdBenefits | null): Float64Array {
  const real = new Float64Array(ALIVE_STATES * spec.years)
  if (benefits === null) return real
  const asOfYear = calendarDate(spec.asOfDate).year
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
