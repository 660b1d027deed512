import { earningsTestExemptions } from '../../../longevity/index.ts'
import { attainedBirthMonth, type Issue, type Rule, unless, yearOf } from '../../../shared/index.ts'
import { HOUSEHOLD_LIMITS } from '../limits.ts'
import { isMarried } from '../filing.ts'
import type { HouseholdSpec, Person } from '../spec.ts'
import { personTimeline } from '../timeline.ts'
import { ascending, uniqueKeys } from './references.ts'

/** Without people there is nothing to compare: the schema reports that they are missing. */
export const peopleRule: Rule<HouseholdSpec> = spec =>
  spec.people.length === 0
    ? []
    : [
        ...uniqueKeys('people', spec.people),
        ...horizonIssues(spec),
        ...benefitYearIssues(spec),
        ...spec.people.flatMap((person, index) => personIssues(person, spec.asOfDate, `people.${index}`)),
        ...filingIssues(spec),
        ...survivorIssues(spec),
      ]

/** The horizon may last as long as the younger person of a couple can live. Somebody too old to be simulated is a fault of the birth date. */
function horizonIssues({ asOfDate, people, years }: HouseholdSpec): readonly Issue[] {
  const youngest = Math.min(...people.map(person => personTimeline(person, asOfDate).openingAge))
  const most = HOUSEHOLD_LIMITS.age - youngest
  if (most < 1) return []
  return unless(years <= most, 'years', `must be at most ${most}: the plan then ends at the age of ${HOUSEHOLD_LIMITS.age}`)
}

/** First year with figures for all rules of Social Security. */
const firstBenefitYear = earningsTestExemptions[0]!.year

function benefitYearIssues({ asOfDate, people }: HouseholdSpec): readonly Issue[] {
  const isCovered = people.every(({ socialSecurity }) => socialSecurity === null) || yearOf(asOfDate) >= firstBenefitYear
  return unless(isCovered, 'asOfDate', `must be ${firstBenefitYear}-01-01 or later for a plan with Social Security`)
}

/** The formula for earnings applies to those who turn 62 from 1979 on. Source: 42 USC 415(a)(4). */
const firstBirthYearForEarnings = 1917

function personIssues(person: Person, asOfDate: string, path: string): readonly Issue[] {
  const { birthDate, lifespan } = person
  const benefit = person.socialSecurity?.benefit
  const earnings = benefit?.kind === 'earnings' ? earningsIssues(birthDate, benefit.byYear, asOfDate, `${path}.socialSecurity.benefit`) : []
  if (birthDate > asOfDate) return [...earnings, { path: `${path}.birthDate`, message: `must not be after the as-of date ${asOfDate}` }]
  const { openingAge } = personTimeline(person, asOfDate)
  if (openingAge >= HOUSEHOLD_LIMITS.age) {
    const message = `must be less than ${HOUSEHOLD_LIMITS.age} years before the as-of date ${asOfDate}`
    return [...earnings, { path: `${path}.birthDate`, message }]
  }
  const isAlive = lifespan.kind !== 'fixed' || lifespan.age >= openingAge
  return [...earnings, ...unless(isAlive, `${path}.lifespan.age`, `must be at least the age on the as-of date, ${openingAge}`)]
}

function earningsIssues(birthDate: string, byYear: readonly { readonly year: number }[], asOfDate: string, path: string): readonly Issue[] {
  const years = byYear.map(({ year }) => year)
  // Without figures for the as-of date, that date is the fault.
  const lastYear = Math.max(yearOf(asOfDate), firstBenefitYear) + HOUSEHOLD_LIMITS.years
  const isComputed = attainedBirthMonth(birthDate).year >= firstBirthYearForEarnings
  return [
    ...unless(isComputed, path, `must be a primary insurance amount for a person born before ${firstBirthYearForEarnings}`),
    ...ascending(`${path}.byYear`, 'year', years),
    ...years.flatMap((year, index) => unless(year <= lastYear, `${path}.byYear.${index}.year`, `must be at most ${lastYear}`)),
  ]
}

function filingIssues({ filingStatus, people }: HouseholdSpec): readonly Issue[] {
  if (people.length === 1) return unless(filingStatus !== 'married_joint', 'filingStatus', 'must not be married_joint for one person')
  const message = 'must be married_joint, married_separate or single for two people: a head of household with a partner is not modelled'
  return unless(filingStatus !== 'head_of_household', 'filingStatus', message)
}

function survivorIssues(spec: HouseholdSpec): readonly Issue[] {
  return spec.people.flatMap(({ survivorClaimingAgeMonths }, index) =>
    unless(
      survivorClaimingAgeMonths === undefined || isMarried(spec),
      `people.${index}.survivorClaimingAgeMonths`,
      'must be left out for a person without a spouse',
    ),
  )
}
