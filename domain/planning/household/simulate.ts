import { shardRanges } from '../simulation/index.ts'
import { mergeHouseholdShards } from './merge.ts'
import type { HouseholdResult } from './result.ts'
import { simulateHouseholdShard } from './shard.ts'
import type { HouseholdSpec } from './spec.ts'
import { assertValidHousehold } from './validate.ts'

/**
 * Simulates a household. The number of shards changes the order of work, never a bit of the result.
 *
 * @throws InvalidHouseholdError
 * @throws RangeError unless `shards` is a whole number from 1
 */
export function simulateHousehold(spec: HouseholdSpec, { shards = 1 }: { shards?: number } = {}): HouseholdResult {
  assertValidHousehold(spec)
  return mergeHouseholdShards(
    spec,
    shardRanges(spec.paths, shards).map(([fromPath, toPath]) => simulateHouseholdShard(spec, fromPath, toPath)),
  )
}
