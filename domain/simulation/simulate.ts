import type { EngineOptions } from './engine.ts'
import { mergeShards, summarise } from './merge.ts'
import type { SimulationResult } from './result.ts'
import { CHUNK_PATHS } from './paths.ts'
import { simulateAtOnce, simulateShard } from './shard.ts'
import type { SimulationSpec } from './spec.ts'
import { assertValidSpec } from './validate-spec.ts'

export interface SimulateOptions extends EngineOptions {
  /** Number of parts in which the paths are simulated, one after the other; 1 by default. */
  shards?: number
}

/**
 * Simulates a specification. The number of shards and the engine never change a bit of the result.
 *
 * @throws InvalidSpecError
 * @throws RangeError unless `shards` is a whole number of at least 1
 */
export function simulate(spec: SimulationSpec, { shards = 1, ...options }: SimulateOptions = {}): SimulationResult {
  assertValidSpec(spec)
  const ranges = shardRanges(spec.paths, shards)
  if (ranges.length === 1 && spec.paths <= CHUNK_PATHS) return summarise(spec, [simulateAtOnce(spec, options)], options)
  return mergeShards(
    spec,
    ranges.map(([fromPath, toPath]) => simulateShard(spec, fromPath, toPath, options)),
    options,
  )
}

/**
 * Divides paths 0..paths - 1 into at most `shards` ranges [from, to) that differ by one path at most.
 *
 * @throws RangeError unless `shards` is a whole number of at least 1
 */
export function shardRanges(paths: number, shards: number): [number, number][] {
  if (!(Number.isInteger(shards) && shards >= 1)) throw new RangeError(`cannot divide paths into ${shards} shards`)
  const count = Math.min(shards, paths)
  return Array.from({ length: count }, (_, i) => [Math.floor((i * paths) / count), Math.floor(((i + 1) * paths) / count)])
}
