import { contentHash } from '../shared/index.ts'
import { type EngineOptions, kernelOf } from './engine.ts'
import { isKernelSpec, kernelChunks } from './kernel/chunk.ts'
import { addToSketch, createSketch, type Sketch } from '../numeric/index.ts'
import { CHUNK_PATHS, COUNTED_CHUNK_PATHS, type Paths, type SimulateChunk } from './paths.ts'
import { plainChunks } from './plain-chunk.ts'
import { EXACT_QUANTILE_PATHS, type SimulationSpec } from './spec.ts'
import { assertValidSpec } from './validate-spec.ts'

/**
 * The outcomes of the paths from `fromPath` up to, not including, `toPath`; `paths = toPath - fromPath`. For a specification of more than
 * EXACT_QUANTILE_PATHS paths, `nominal` and `real` hold the last year alone, and `sketches` hold all years.
 */
export interface Part extends Paths {
  fromPath: number
  toPath: number
  /** One per year, instead of the balances themselves. */
  sketches?: { nominal: Sketch[]; real: Sketch[] }
}

/** A part of a run, possibly simulated on another machine. */
export interface ShardResult extends Part {
  /** inputHash of the specification, so that shards of different specifications are not merged. */
  inputHash: string
}

/** How paths end, in their order. */
export interface PathEnds {
  /** Plan year in which each path first fails; -1 for a success. */
  depletedIn: Int32Array
  /** Wealth at each path's end, in money of the as-of date. */
  endingReal: Float64Array
}

/** SHA-256 of the specification's canonical JSON. */
export function inputHash(spec: SimulationSpec): string {
  return contentHash(spec)
}

/**
 * Simulates some of a specification's paths. A path's bits depend on its index alone, not on its shard.
 *
 * @throws InvalidSpecError
 * @throws RangeError unless 0 <= fromPath < toPath <= spec.paths
 */
export function simulateShard(spec: SimulationSpec, fromPath: number, toPath: number, options: EngineOptions = {}): ShardResult {
  assertPart(spec, fromPath, toPath)
  const simulateChunk = chunksOf(spec, options)
  const shard = createShard(spec, fromPath, toPath)
  const chunkPaths = shard.sketches ? COUNTED_CHUNK_PATHS : CHUNK_PATHS
  for (let from = fromPath; from < toPath; from += chunkPaths) {
    keepChunk(spec, shard, simulateChunk(from, Math.min(from + chunkPaths, toPath)), from - fromPath)
  }
  return shard
}

/** Simulates as simulateShard does, and keeps the ends only: two numbers for each path. */
export function simulatePathEnds(spec: SimulationSpec, fromPath: number, toPath: number, options: EngineOptions = {}): PathEnds {
  assertPart(spec, fromPath, toPath)
  const simulateChunk = chunksOf(spec, options)
  const ends: PathEnds = { depletedIn: new Int32Array(toPath - fromPath), endingReal: new Float64Array(toPath - fromPath) }
  for (let from = fromPath; from < toPath; from += COUNTED_CHUNK_PATHS) {
    const { depletedIn, real } = simulateChunk(from, Math.min(from + COUNTED_CHUNK_PATHS, toPath))
    ends.depletedIn.set(depletedIn, from - fromPath)
    ends.endingReal.set(real.subarray(-depletedIn.length), from - fromPath)
  }
  return ends
}

function assertPart(spec: SimulationSpec, fromPath: number, toPath: number): void {
  assertValidSpec(spec)
  if (!(Number.isInteger(fromPath) && Number.isInteger(toPath) && 0 <= fromPath && fromPath < toPath && toPath <= spec.paths)) {
    throw new RangeError(`paths ${fromPath} to ${toPath} must be a part of 0 to ${spec.paths}`)
  }
}

/** The shard of a whole valid specification of at most CHUNK_PATHS paths. The engine's next use may overwrite it. */
export function simulateAtOnce(spec: SimulationSpec, options: EngineOptions): Part {
  return { fromPath: 0, toPath: spec.paths, ...chunksOf(spec, options)(0, spec.paths) }
}

function chunksOf(spec: SimulationSpec, options: EngineOptions): SimulateChunk {
  const kernel = kernelOf(options)
  return kernel && isKernelSpec(spec) ? kernelChunks(kernel, spec) : plainChunks(spec)
}

function createShard(spec: SimulationSpec, fromPath: number, toPath: number): ShardResult {
  const paths = toPath - fromPath
  const exact = spec.paths <= EXACT_QUANTILE_PATHS
  const sketches = () => Array.from({ length: spec.years }, createSketch)
  return {
    inputHash: inputHash(spec),
    fromPath,
    toPath,
    nominal: new Float64Array(exact ? spec.years * paths : paths),
    real: new Float64Array(exact ? spec.years * paths : paths),
    ...(exact ? {} : { sketches: { nominal: sketches(), real: sketches() } }),
    depletedIn: new Int32Array(paths),
    priceIndex: new Float64Array(paths),
    growth: new Float64Array(paths),
    nominalReturnSum: new Float64Array(paths),
    realReturnSum: new Float64Array(paths),
  }
}

/** @param offset index within the shard of the chunk's first path */
function keepChunk(spec: SimulationSpec, shard: ShardResult, chunk: Paths, offset: number): void {
  const paths = shard.toPath - shard.fromPath
  const chunkPaths = chunk.depletedIn.length
  for (const money of ['nominal', 'real'] as const) {
    for (let year = 0; year < spec.years; year++) {
      const balances = chunk[money].subarray(year * chunkPaths, (year + 1) * chunkPaths)
      if (shard.sketches) addToSketch(shard.sketches[money][year]!, balances)
      else shard[money].set(balances, year * paths + offset)
    }
    if (shard.sketches) shard[money].set(chunk[money].subarray(-chunkPaths), offset)
  }
  shard.depletedIn.set(chunk.depletedIn, offset)
  for (const name of ['priceIndex', 'growth', 'nominalReturnSum', 'realReturnSum'] as const) shard[name].set(chunk[name], offset)
}
