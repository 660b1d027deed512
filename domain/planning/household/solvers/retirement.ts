import { DomainError } from '../../../shared/index.ts'
import { HOUSEHOLD_LIMITS } from '../limits.ts'
import type { HouseholdSpec } from '../spec.ts'
import { personTimeline } from '../timeline.ts'
import { assertValidHousehold } from '../validate.ts'
import { assertSuccessRate, retiringAsPlanned, successRate } from './search.ts'

export interface EarliestRetirement {
  /** Plan year from whose start on nobody named works. */
  year: number
  /** Completed years of age then, by person. */
  ages: { key: string; age: number }[]
  success: number
  evaluations: number
}

const OLDEST_WORKER = 80

/**
 * The earliest year in which those named can all retire and the plan still succeeds at a wanted rate, on the same random numbers. Every
 * year from the first on is tried in turn, as a later retirement is not always the better one; milestones end nobody's work. Null where none does before the younger of
 * them is 80 or the plan ends.
 *
 * @param keys of the people who retire together; the others keep their retirement age
 * @throws InvalidSpecError
 */
export function earliestRetirement(spec: HouseholdSpec, wanted: number, keys: readonly string[]): EarliestRetirement | null {
  assertSuccessRate(wanted)
  assertValidHousehold(spec)
  const named = spec.people.filter(person => keys.includes(person.key))
  if (named.length === 0 || named.length < keys.length)
    throw new DomainError([{ path: 'people', message: `must be keys of persons, each once, not ${JSON.stringify(keys)}` }])
  const youngest = Math.min(...named.map(person => personTimeline(person, spec.asOfDate).openingAge))
  const last = Math.min(spec.years - 1, OLDEST_WORKER - youngest)
  for (let year = 0; year <= last; year++) {
    const retiring = retiringIn(retiringAsPlanned(spec), keys, year)
    const success = successRate(retiring)
    if (success < wanted) continue
    const ages = retiring.people.filter(person => keys.includes(person.key)).map(({ key, retirementAge }) => ({ key, age: retirementAge }))
    return { year, ages, success, evaluations: year + 1 }
  }
  return null
}

/** The same household, those named retiring at the start of a plan year. */
export function retiringIn(spec: HouseholdSpec, keys: readonly string[], year: number): HouseholdSpec {
  return {
    ...spec,
    people: spec.people.map(person => {
      if (!keys.includes(person.key)) return person
      return { ...person, retirementAge: Math.min(HOUSEHOLD_LIMITS.age, personTimeline(person, spec.asOfDate).openingAge + year) }
    }),
  }
}
