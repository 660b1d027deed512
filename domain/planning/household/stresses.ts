import { DomainError } from '../../shared/index.ts'
import { compareOutcomes, horizonWarning, pathOutcomes, type ScenarioComparison } from './compare.ts'
import { HOUSEHOLD_LIMITS } from './limits.ts'
import type { HouseholdSpec } from './spec.ts'
import { personTimeline } from './timeline.ts'

/** An adverse or costly event that happens on every path. */
export type Stress = { readonly name: string } & (
  | {
      /** The plan begins with a sequence of past years, such as those from 1929 on: simple returns by asset key, and inflation. */
      readonly kind: 'sequence'
      readonly assets: Readonly<Record<string, readonly number[]>>
      readonly inflation: readonly number[]
    }
  | { readonly kind: 'inflation_shock'; readonly rate: number; readonly years: number }
  | {
      /** One person dies at the end of the plan year that begins at the given age. */
      readonly kind: 'early_death'
      readonly person: string
      readonly age: number
    }
  /** Everybody lives to the given age. */
  | { readonly kind: 'long_life'; readonly age: number }
)

export interface StressResult {
  name: string
  /** The stressed household compared with the plan, on the same random numbers. Years after a sequence or a shock are drawn as without it. */
  againstPlan: ScenarioComparison
  /** What makes the figures of the stressed household different in meaning. */
  warnings: readonly string[]
}

/**
 * Simulates a household under each stress, one at a time.
 * @throws InvalidSpecError for a household that cannot be simulated without a stress
 * @throws DomainError naming the field of a stress that makes the household invalid, such as `stresses.0.age`
 */
export function stressTests(spec: HouseholdSpec, stresses: readonly Stress[]): StressResult[] {
  const base = pathOutcomes(spec)
  return stresses.map((stress, index) => {
    try {
      const household = stressed(spec, stress)
      return {
        name: stress.name,
        againstPlan: compareOutcomes(base, pathOutcomes(household)),
        warnings: horizonWarning(spec.years, household.years),
      }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      // The people were valid before, so the fault is the age that the stress gives.
      const field = (path: string) => path.replace(/^people\..*/, 'age').replace(/^openingReturns\./, '')
      throw new DomainError(error.issues.map(({ message, path }) => ({ path: `stresses.${index}.${field(path)}`, message })))
    }
  })
}

/** The household under a stress: a normal specification, which can be run, stored and explained. Years beyond the horizon are left out. */
export function stressed(spec: HouseholdSpec, stress: Stress): HouseholdSpec {
  switch (stress.kind) {
    case 'sequence': {
      const within = (rates: readonly number[]): readonly number[] => rates.slice(0, spec.years)
      const assets = Object.fromEntries(Object.entries(stress.assets).map(([key, rates]) => [key, within(rates)]))
      return { ...spec, openingReturns: { assets, inflation: within(stress.inflation) } }
    }
    case 'inflation_shock': {
      const inflation = Array.from({ length: Math.min(stress.years, spec.years) }, () => stress.rate)
      return { ...spec, openingReturns: { assets: spec.openingReturns?.assets ?? {}, inflation } }
    }
    case 'early_death':
      if (!spec.people.some(person => person.key === stress.person))
        throw new DomainError([{ path: 'person', message: `must be the name of a person, and ${JSON.stringify(stress.person)} is not` }])
      return livingTo(spec, stress.age, key => key === stress.person)
    case 'long_life':
      break
  }
  return livingTo(spec, stress.age, () => true)
}

/** Extends a horizon that would end before the age. */
function livingTo(spec: HouseholdSpec, age: number, who: (key: string) => boolean): HouseholdSpec {
  const people = spec.people.map(person => (who(person.key) ? { ...person, lifespan: { kind: 'fixed', age } as const } : person))
  const needed = people.map(person =>
    person.lifespan.kind === 'fixed' ? person.lifespan.age - personTimeline(person, spec.asOfDate).openingAge + 1 : 0,
  )
  return { ...spec, people, years: Math.min(HOUSEHOLD_LIMITS.years, Math.max(spec.years, ...needed)) }
}
