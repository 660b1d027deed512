import { type Issue, type Rule, unless } from '../../../shared/index.ts'
import { HOUSEHOLD_LIMITS } from '../limits.ts'
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
        ...spec.people.flatMap((person, index) => personIssues(person, spec.asOfDate, `people.${index}`)),
        ...filingIssues(spec),
      ]

/** The horizon may last as long as the younger person of a couple can live. */
function horizonIssues({ asOfDate, people, years }: HouseholdSpec): readonly Issue[] {
  const youngest = Math.min(...people.map(person => personTimeline(person, asOfDate).openingAge))
  const most = HOUSEHOLD_LIMITS.age - youngest
  return unless(years <= most, 'years', `must be at most ${most}: the plan then ends at the age of ${HOUSEHOLD_LIMITS.age}`)
}

function personIssues(person: Person, asOfDate: string, path: string): readonly Issue[] {
  const { birthDate, lifespan } = person
  const benefit = person.socialSecurity?.benefit
  const earnings = benefit?.kind === 'earnings' ? earningsIssues(benefit.byYear, asOfDate, `${path}.socialSecurity.benefit.byYear`) : []
  if (birthDate > asOfDate) return [...earnings, { path: `${path}.birthDate`, message: `must not be after the as-of date ${asOfDate}` }]
  const { openingAge } = personTimeline(person, asOfDate)
  const isAlive = lifespan.kind !== 'fixed' || lifespan.age >= openingAge
  return [...earnings, ...unless(isAlive, `${path}.lifespan.age`, `must be at least the age on the as-of date, ${openingAge}`)]
}

function earningsIssues(byYear: readonly { readonly year: number }[], asOfDate: string, path: string): readonly Issue[] {
  const lastYear = Number(asOfDate.slice(0, 4)) + HOUSEHOLD_LIMITS.years
  return [
    ...ascending(
      path,
      'year',
      byYear.map(({ year }) => year),
    ),
    ...byYear.flatMap(({ year }, index) => unless(year <= lastYear, `${path}.${index}.year`, `must be at most ${lastYear}`)),
  ]
}

function filingIssues({ filingStatus, people }: HouseholdSpec): readonly Issue[] {
  const isJoint = filingStatus === 'married_joint'
  const message = isJoint ? 'must not be married_joint for one person' : 'must be married_joint for a couple'
  return unless(isJoint === (people.length === 2), 'filingStatus', message)
}
