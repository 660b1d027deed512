import { shardRanges } from '../../simulation/index.ts'
import { countHouseholdShard } from './counted-shard.ts'
import { isCounted } from './limits.ts'
import { createCountedMerge } from './merge-counted.ts'
import { mergeHouseholdShards } from './merge.ts'
import type { HouseholdResult } from './result.ts'
import { simulateHouseholdShard } from './shard.ts'
import type { HouseholdSpec } from './spec.ts'
import { assertValidHousehold } from './validate.ts'

/**
 * Simulates a household. The number of shards changes the order of work, but no bit of the result.
 *
 * @throws InvalidSpecError
 * @throws RangeError unless `shards` is a whole number from 1
 */
export function simulateHousehold(spec: HouseholdSpec, { shards = 1 }: { shards?: number } = {}): HouseholdResult {
  assertValidHousehold(spec)
  const ranges = shardRanges(spec.paths, shards)
  if (!isCounted(spec)) {
    return mergeHouseholdShards(
      spec,
      ranges.map(([fromPath, toPath]) => simulateHouseholdShard(spec, fromPath, toPath)),
    )
  }
  const merge = createCountedMerge(spec)
  for (const [fromPath, toPath] of ranges) merge.add(countHouseholdShard(spec, fromPath, toPath))
  return merge.result()
}
