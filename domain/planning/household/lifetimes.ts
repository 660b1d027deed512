import { drawLifetime, type Lifetime, prepareLifetime, SSA_PERIOD_2022 } from '../../longevity/index.ts'
import { nextWord, type SeedKey, streamState } from '../../numeric/index.ts'
import { yearOf } from '../../shared/index.ts'
import type { HouseholdSpec } from './spec.ts'
import type { PersonTimeline } from './timeline.ts'

/** A separate random stream, far from that of the markets: a change of lifetimes does not change market draws. */
const MORTALITY_STREAM = 1000

export interface PreparedLifetimes {
  /** By person; null for a given age at death. */
  drawn: readonly (Lifetime | null)[]
  /** Last plan year of each person with a given age at death. */
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
 * Writes the last plan year of each person's life on a path. There is always one draw per person, in their order, so that a change of one
 * person's lifespan does not change the other's.
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
