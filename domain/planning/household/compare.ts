import { DomainError } from '../../shared/index.ts'
import type { PathEnds, ShardResult, SimulationSpec } from '../../simulation/index.ts'
import { type Estimate, pairedMeans, pairedMedians, pairedProportions } from './paired-statistics.ts'
import { pathEnds } from './path-ends.ts'
import type { HouseholdShard } from './shard.ts'
import type { HouseholdSpec } from './spec.ts'

/** The outcomes of a scenario's paths, in path order, for the comparison with another scenario on the same random numbers. */
export interface PathOutcomes {
  /** 1 for a success. */
  succeeded: Uint8Array
  /** Wealth at the path's end, in money of the as-of date. */
  endingReal: Float64Array
}

/** Differences: the second scenario minus the first, path by path on common random numbers, each with its 95 % interval. */
export interface ScenarioComparison {
  paths: number
  success: { first: number; second: number; difference: Estimate; onlyFirst: number; onlySecond: number }
  endingWealthReal: { meanDifference: Estimate; medianDifference: Estimate }
}

const outcomesOfEnds = ({ depletedIn, endingReal }: PathEnds): PathOutcomes => ({
  succeeded: Uint8Array.from(depletedIn, year => (year < 0 ? 1 : 0)),
  endingReal,
})

/** The outcomes of a shard’s paths. */
export const outcomesOf = (shard: ShardResult | HouseholdShard): PathOutcomes =>
  outcomesOfEnds({
    depletedIn: shard.depletedIn,
    endingReal: 'estateReal' in shard ? shard.estateReal : shard.real.subarray(shard.fromPath - shard.toPath),
  })

/**
 * Simulates all paths of a portfolio or a household and keeps the outcomes only.
 *
 * @throws InvalidSpecError
 */
export const pathOutcomes = (spec: SimulationSpec | HouseholdSpec): PathOutcomes => outcomesOfEnds(pathEnds(spec, 0, spec.paths))

/** @throws RangeError unless both have the same number of paths */
export function compareOutcomes(first: PathOutcomes, second: PathOutcomes): ScenarioComparison {
  const paths = first.succeeded.length
  if (second.succeeded.length !== paths) throw new RangeError(`${paths} paths cannot be paired with ${second.succeeded.length}`)
  let both = 0
  let onlyFirst = 0
  let onlySecond = 0
  for (let path = 0; path < paths; path++) {
    const [a, b] = [first.succeeded[path]!, second.succeeded[path]!]
    if (a === 1 && b === 1) both++
    else if (a === 1) onlyFirst++
    else if (b === 1) onlySecond++
  }
  return {
    paths,
    success: {
      first: (both + onlyFirst) / paths,
      second: (both + onlySecond) / paths,
      difference: pairedProportions(onlyFirst, onlySecond, paths),
      onlyFirst,
      onlySecond,
    },
    endingWealthReal: {
      meanDifference: pairedMeans(first.endingReal, second.endingReal),
      medianDifference: pairedMedians(first.endingReal, second.endingReal),
    },
  }
}

/** A warning where two scenarios have different horizons. */
export const horizonWarning = (first: number, second: number): string[] =>
  first === second
    ? []
    : [`The horizons differ: ${first} and ${second} years. Success is over different times, and ending wealth is at different times.`]

/**
 * Compares two scenarios path by path. Both use the same seed, so that the difference comes from the scenario and not from chance.
 *
 * @throws DomainError naming `seed` or `paths` when the two scenarios differ in it
 */
export function compareScenarios<Spec extends SimulationSpec | HouseholdSpec>(first: Spec, second: Spec): ScenarioComparison {
  const issues = (['seed', 'paths'] as const)
    .filter(name => first[name] !== second[name])
    .map(path => ({ path, message: `must be the same for both scenarios, but is ${first[path]} and ${second[path]}` }))
  if (issues.length > 0) throw new DomainError(issues)
  return compareOutcomes(pathOutcomes(first), pathOutcomes(second))
}
