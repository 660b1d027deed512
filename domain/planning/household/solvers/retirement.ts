import { DomainError } from '../../../shared/index.ts'
import { HOUSEHOLD_LIMITS } from '../limits.ts'
import type { HouseholdSpec } from '../spec.ts'
import { personTimeline } from '../timeline.ts'
import { assertValidHousehold } from '../validate.ts'
import { assertSuccessRate, retiringAsPlanned, successRate } from './search.ts'

export interface EarliestRetirement {
  /** First plan year in which none of the given people works. */
  year: number
  /** Completed years of age at the start of that year, by person. */
  ages: { key: string; age: number }[]
  success: number
  evaluations: number
}

const OLDEST_WORKER = 80

/**
 * The earliest year in which the given people can all retire and the plan still reaches the wanted success rate, on the same random numbers.
 * Tries every year from the first on, because a later retirement is not always better. Ignores milestones. Null where no year before the
 * younger of them is 80, or before the end of the plan, reaches the rate.
 *
 * @param keys keys of the people who retire together; the others keep their retirement age
 * @throws InvalidSpecError
 */
export function earliestRetirement(spec: HouseholdSpec, wanted: number, keys: readonly string[]): EarliestRetirement | null {
  assertSuccessRate(wanted)
  assertValidHousehold(spec)
  const named = spec.people.filter(person => keys.includes(person.key))
  if (named.length === 0 || named.length < keys.length)
    throw new DomainError([{ path: 'people', message: `must be unique names of persons, not ${JSON.stringify(keys)}` }])
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

/** The same household in which the given people retire on their last birthday before the start of a plan year. */
export function retiringIn(spec: HouseholdSpec, keys: readonly string[], year: number): HouseholdSpec {
  return {
    ...spec,
    people: spec.people.map(person => {
      if (!keys.includes(person.key)) return person
      return { ...person, retirementAge: Math.min(HOUSEHOLD_LIMITS.age, personTimeline(person, spec.asOfDate).openingAge + year) }
    }),
  }
}
