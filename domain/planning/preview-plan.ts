import { compareOutcomes, mergeHouseholdShards, outcomesOf, type PathOutcomes, simulateHouseholdShard } from './household/index.ts'
import { mergeShards, simulateShard } from '../simulation/index.ts'
import { type ComparedPlan, comparisonWarnings, type PlanComparison } from './compare-plans.ts'
import { sameJson } from '../shared/index.ts'
import { isHousehold, type RunResult, type Specification } from './engines.ts'

/** The result of a run without its sample paths, which are half of its size. */
export type PreviewedResult = Omit<RunResult, 'samplePaths' | 'sensitivities'>

/** A stored plan, the plan with changes, and what the changes make different: changed minus stored. */
export interface PlanPreview {
  readonly stored: PreviewedResult
  readonly changed: PreviewedResult
  readonly difference: PlanComparison
}

interface Simulated {
  readonly result: PreviewedResult
  readonly outcomes: PathOutcomes
}

const simulated = (specification: Specification): Simulated => {
  if (!isHousehold(specification)) {
    const shard = simulateShard(specification, 0, specification.paths)
    return { result: mergeShards(specification, [shard]), outcomes: outcomesOf(shard) }
  }
  const shard = simulateHouseholdShard(specification, 0, specification.paths)
  const { samplePaths: _samples, ...result } = mergeHouseholdShards(specification, [shard])
  return { result, outcomes: outcomesOf(shard) }
}

/**
 * Simulates a plan before and after changes on the same random numbers. Without an effect of the changes, it simulates once, and every
 * difference is 0. Both specifications have the same seed and number of paths, and few enough paths to keep all of them.
 *
 * @throws InvalidSpecError
 * @throws RangeError when the two have different numbers of paths
 */
export const previewPlan = (stored: ComparedPlan, changed: ComparedPlan): PlanPreview => {
  const before = simulated(stored.specification)
  const after = sameJson(stored.specification, changed.specification) ? before : simulated(changed.specification)
  return {
    stored: before.result,
    changed: after.result,
    difference: { ...compareOutcomes(before.outcomes, after.outcomes), warnings: comparisonWarnings(stored, changed) },
  }
}
