import {
  adjustedPrimaryInsuranceAmount,
  annualBenefits,
  type Claimant,
  createBenefitsResult,
  createBenefitsYear,
  EARLIEST_SURVIVOR_CLAIM_MONTHS,
  fullRetirementAgeMonths,
  prepareBenefits,
  type PreparedBenefits,
  primaryInsuranceAmountOf,
} from '../../../longevity/index.ts'
import { attainedBirthMonth, monthNumber, parseDate } from '../../../shared/index.ts'
import { isMarried } from '../filing.ts'
import { isWork } from '../rules/cash-flows.ts'
import type { HouseholdSpec, Person, SocialSecurity } from '../spec.ts'
import type { PersonTimeline } from '../timeline.ts'
import { ALIVE_STATES, BOTH_ALIVE, endsAtRetirement, FIRST_ALIVE } from './income-streams.ts'

export interface HouseholdBenefits {
  prepared: PreparedBenefits
  /** Month number of the first month of plan year 0: the month of the as-of date. */
  firstMonth: number
  /** Month of each person's birthday of retirement, where all work ends with it within a plan year; else infinite. */
  workEnd: readonly number[]
}

/** Null where nobody has a record. A person without a record has benefits on the record of the spouse. */
export function householdBenefits(spec: HouseholdSpec, people: readonly PersonTimeline[]): HouseholdBenefits | null {
  if (spec.people.every(({ socialSecurity }) => socialSecurity === null)) return null
  const { month, year } = parseDate(spec.asOfDate)
  const [first, second] = spec.people.map(person => claimant(person, year))
  return {
    prepared: prepareBenefits(year, first!, second, isMarried(spec)),
    firstMonth: monthNumber(year, month),
    workEnd: spec.people.map((person, index) => workEnd(spec, person, people[index]!)),
  }
}

function claimant(person: Person, asOfYear: number): Claimant {
  const { year: birthYear, month: birthMonth } = attainedBirthMonth(person.birthDate)
  const { socialSecurity, survivorClaimingAgeMonths } = person
  return {
    birthYear,
    birthMonth,
    primaryInsuranceAmount: socialSecurity === null ? 0 : primaryAmount(socialSecurity, birthYear, asOfYear),
    claimAgeMonths: socialSecurity?.claimingAgeMonths ?? fullRetirementAgeMonths(birthYear),
    survivorClaimAgeMonths: survivorClaimingAgeMonths ?? EARLIEST_SURVIVOR_CLAIM_MONTHS,
  }
}

function primaryAmount({ benefit }: SocialSecurity, birthYear: number, asOfYear: number): number {
  return benefit.kind === 'pia'
    ? benefit.monthlyAmount
    : adjustedPrimaryInsuranceAmount(primaryInsuranceAmountOf(birthYear, benefit.byYear), birthYear, asOfYear)
}

function workEnd({ incomes }: HouseholdSpec, { birthDate, key, retirementAge }: Person, { finalWorkShare }: PersonTimeline): number {
  const worksOn = incomes.some(income => income.person === key && isWork(income.kind) && !endsAtRetirement(income))
  if (worksOn || finalWorkShare === 1) return Number.POSITIVE_INFINITY
  const { month, year } = parseDate(birthDate)
  return monthNumber(year + retirementAge, month)
}

/** Benefits of each year without work, in money of the as-of date, at [alive * years + year]. A dead person counts as dead before year 0. */
export function benefitsWithoutWork(spec: HouseholdSpec, benefits: HouseholdBenefits | null): Float64Array {
  const real = new Float64Array(ALIVE_STATES * spec.years)
  if (benefits === null) return real
  const result = createBenefitsResult()
  const { month, year: asOfYear } = parseDate(spec.asOfDate)
  const household = createBenefitsYear(asOfYear, month)
  for (let alive = 0; alive < ALIVE_STATES; alive++) {
    for (const person of spec.people.keys()) {
      const lives = alive === BOTH_ALIVE || alive === FIRST_ALIVE + person
      household.deathMonth[person === 0 ? 0 : 1] = lives ? Number.POSITIVE_INFINITY : benefits.firstMonth
    }
    for (let year = 0; year < spec.years; year++) {
      household.year = asOfYear + year
      annualBenefits(benefits.prepared, household, result)
      real[alive * spec.years + year] = result.paid[0] + result.paid[1]
    }
  }
  return real
}
