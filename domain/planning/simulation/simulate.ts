import { mergeShards } from './merge.ts'
import type { SimulationResult } from './result.ts'
import { simulateShard } from './shard.ts'
import type { SimulationSpec } from './spec.ts'
import { assertValidSpec } from './validate-spec.ts'

/**
 * Simulates a specification. The number of shards changes the order of work, never a bit of the result.
 *
 * @throws InvalidSpecError
 * @throws RangeError unless `shards` is a whole number from 1
 */
export function simulate(spec: SimulationSpec, { shards = 1 }: { shards?: number } = {}): SimulationResult {
  assertValidSpec(spec)
  return mergeShards(
    spec,
    shardRanges(spec.paths, shards).map(([fromPath, toPath]) => simulateShard(spec, fromPath, toPath)),
  )
}

/**
 * Divides paths 0..paths - 1 into at most `shards` ranges [from, to) that differ by one path at most.
 *
 * @throws RangeError unless `shards` is a whole number from 1
 */
export function shardRanges(paths: number, shards: number): [number, number][] {
  if (!(Number.isInteger(shards) && shards >= 1)) throw new RangeError(`cannot divide paths into ${shards} shards`)
  const count = Math.min(shards, paths)
  return Array.from({ length: count }, (_, i) => [Math.floor((i * paths) / count), Math.floor(((i + 1) * paths) / count)])
}
