import { drawLifetime, type Lifetime, prepareLifetime, SSA_PERIOD_2022 } from '../../longevity/index.ts'
import { nextWord, type SeedKey, streamState } from '../../numeric/index.ts'
import { yearOf } from '../../shared/index.ts'
import type { HouseholdSpec } from './spec.ts'
import type { PersonTimeline } from './timeline.ts'

/** A stream of its own, far from the numbers that markets take: other lifetimes leave the market's draws as they are. */
const MORTALITY_STREAM = 1000

export interface PreparedLifetimes {
  /** By person; null where the age at death is given. */
  drawn: readonly (Lifetime | null)[]
  /** Last plan year of each person whose age at death is given. */
  fixedLastYear: Int32Array
}

export function prepareLifetimes(spec: HouseholdSpec, people: readonly PersonTimeline[]): PreparedLifetimes {
  const asOfYear = yearOf(spec.asOfDate)
  return {
    drawn: spec.people.map((person, index) =>
      person.lifespan.kind === 'fixed'
        ? null
        : prepareLifetime(
            { kind: 'drawn', sex: person.sex, improvementAnnual: 0 },
            SSA_PERIOD_2022,
            people[index]!.openingAge,
            Math.max(asOfYear, SSA_PERIOD_2022.year),
          ),
    ),
    fixedLastYear: Int32Array.from(spec.people, (person, index) =>
      person.lifespan.kind === 'fixed' ? person.lifespan.age - people[index]!.openingAge : 0,
    ),
  }
}

/**
 * Writes the last plan year each person lives through on a path; one draw a person, in their order, whatever the other's lifespan,
 * so a change of one lifespan leaves the other as it is.
 */
export function drawLastYears(
  lifetimes: PreparedLifetimes,
  people: readonly PersonTimeline[],
  key: SeedKey,
  path: number,
  out: Int32Array,
): void {
  const state = Int32Array.from(streamState(key, MORTALITY_STREAM, path))
  for (let person = 0; person < people.length; person++) {
    const draw = nextWord(state, 0)
    const lifetime = lifetimes.drawn[person]!
    out[person] = lifetime === null ? lifetimes.fixedLastYear[person]! : drawLifetime(lifetime, draw) - people[person]!.openingAge
  }
}
