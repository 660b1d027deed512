import { createSketch, mergeSketch, type Sketch } from '../../numeric/index.ts'
import { failureAt } from './merge.ts'
import { createSampleCounts, mergeSample, type SampleCounts } from './sample-counts.ts'
import type { HouseholdSpec } from './spec.ts'
import { addUnits } from './yearly-sums.ts'

/** Outcomes of a household's paths, as counts and exact sums. The size does not depend on the number of paths, nor the sum on their order. */
export interface HouseholdCounts {
  /** Paths with somebody alive at the start of each year. */
  surviving: Int32Array
  /** Paths that first failed, by year and cause, see failureAt. */
  failures: Int32Array
  /** Sums of each year's flows, see createYearlySums. */
  yearly: bigint[]
  /** Year-end balances of the paths with somebody alive at the start of the year: one sketch per year. */
  wealthNominal: Sketch[]
  /** The same in money of the as-of date. */
  wealthReal: Sketch[]
  /** Spending paid, in money of the as-of date. */
  spendingReal: Sketch[]
  /** The estate at each path's end. */
  estateNominal: SampleCounts
  estateReal: SampleCounts
  /** Lifetime taxes in money of the as-of date. */
  taxesReal: SampleCounts
  goals: GoalCounts[]
}

export interface GoalCounts {
  /** Paths with somebody alive in the goal's year. */
  reached: number
  /** Those of them that pay the goal in full. */
  funded: number
  /** Sum of the paid shares of the goal, in whole units. */
  shares: bigint
}

export function createHouseholdCounts(spec: HouseholdSpec): HouseholdCounts {
  const sketches = (): Sketch[] => Array.from({ length: spec.years }, createSketch)
  return {
    surviving: new Int32Array(spec.years),
    failures: new Int32Array(failureAt(spec.years, 0)),
    yearly: [],
    wealthNominal: sketches(),
    wealthReal: sketches(),
    spendingReal: sketches(),
    estateNominal: createSampleCounts(),
    estateReal: createSampleCounts(),
    taxesReal: createSampleCounts(),
    goals: spec.goals.map(() => ({ reached: 0, funded: 0, shares: 0n })),
  }
}

/** Adds the counts of other paths of the same household. */
export function mergeHouseholdCounts(counts: HouseholdCounts, other: HouseholdCounts): void {
  for (let year = 0; year < counts.surviving.length; year++) {
    counts.surviving[year]! += other.surviving[year]!
    for (const name of ['wealthNominal', 'wealthReal', 'spendingReal'] as const) mergeSketch(counts[name][year]!, other[name][year]!)
  }
  for (const [at, paths] of other.failures.entries()) counts.failures[at]! += paths
  counts.yearly = addUnits(counts.yearly, other.yearly)
  for (const name of ['estateNominal', 'estateReal', 'taxesReal'] as const) mergeSample(counts[name], other[name])
  for (const [index, { funded, reached, shares }] of other.goals.entries()) {
    const goal = counts.goals[index]!
    goal.reached += reached
    goal.funded += funded
    goal.shares += shares
  }
}
