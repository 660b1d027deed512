import { compareOutcomes, type PathOutcomes } from './compare.ts'
import { type CountedShard, countHouseholdShard } from './counted-shard.ts'
import { isCounted } from './limits.ts'
import { createCountedMerge, type ShardMerge } from './merge-counted.ts'
import { mergeHouseholdShards } from './merge.ts'
import type { HouseholdResult } from './result.ts'
import { type Sensitivity, sensitivityVariants, tornado } from './sensitivities.ts'
import { type HouseholdShard, simulateHouseholdShard } from './shard.ts'
import type { HouseholdSpec } from './spec.ts'

/** Outcomes of a variant's paths, for the comparison with the same paths of the base household. */
interface VariantPaths {
  /** Year of each path's first failure; -1 for a success. */
  depletedIn: Int32Array
  /** The estate at each path's end, in money of the as-of date. */
  endingReal: Float64Array
}

/** Some of a household's paths, and the same paths of each variant of its grid. Variants alternate: low and high of each input. */
interface PairedShard extends HouseholdShard {
  variants?: VariantPaths[]
}

/** A counted household has counts only, and no grid. */
export type GridShard = PairedShard | CountedShard

/** A household's result, with the tornado of its grid if it has one. */
export interface GridResult extends HouseholdResult {
  sensitivities?: Sensitivity[]
}

/**
 * Simulates some of a household's paths and, where its specification has a grid of sensitivities, the same paths of every variant.
 *
 * @throws InvalidSpecError
 * @throws RangeError unless 0 <= fromPath < toPath <= spec.paths
 */
export function simulateGridShard(spec: HouseholdSpec, fromPath: number, toPath: number): GridShard {
  if (isCounted(spec)) return countHouseholdShard(spec, fromPath, toPath)
  const base = simulateHouseholdShard(spec, fromPath, toPath)
  if (!spec.sensitivities) return base
  const variants = sensitivityVariants(spec, spec.sensitivities).flatMap(({ high, low }) =>
    [low, high].map(variant => {
      const { depletedIn, estateReal } = simulateHouseholdShard(variant, fromPath, toPath)
      return { depletedIn, endingReal: estateReal }
    }),
  )
  return { ...base, variants }
}

/** Merges the shards of a household and of its tornado. Any division into shards gives the same bits. */
export function createGridMerge(spec: HouseholdSpec): ShardMerge<GridShard, GridResult> {
  if (isCounted(spec)) return createCountedMerge(spec)
  const shards: PairedShard[] = []
  return { add: (shard: PairedShard) => void shards.push(shard), result: () => mergePairedShards(spec, shards) }
}

function mergePairedShards(spec: HouseholdSpec, shards: readonly PairedShard[]): GridResult {
  const result = mergeHouseholdShards(spec, shards)
  if (!spec.sensitivities) return result
  const outcomes = (of: (shard: PairedShard) => VariantPaths): PathOutcomes => {
    const all = { succeeded: new Uint8Array(spec.paths), endingReal: new Float64Array(spec.paths) }
    for (const shard of shards) {
      const { depletedIn, endingReal } = of(shard)
      for (const [path, year] of depletedIn.entries()) all.succeeded[shard.fromPath + path] = year < 0 ? 1 : 0
      all.endingReal.set(endingReal, shard.fromPath)
    }
    return all
  }
  const base = outcomes(({ depletedIn, estateReal }) => ({ depletedIn, endingReal: estateReal }))
  const variant = (index: number) =>
    compareOutcomes(
      base,
      outcomes(shard => shard.variants![index]!),
    )
  const moved = sensitivityVariants(spec, spec.sensitivities).map(({ input }, index) => ({
    input,
    low: variant(2 * index),
    high: variant(2 * index + 1),
  }))
  return { ...result, sensitivities: tornado(moved) }
}
