import { contentHash } from '../shared/index.ts'
import {
  explainPath as explainHouseholdPath,
  type GridResult,
  type GridShard,
  HOUSEHOLD_ENGINE_VERSION,
  InvalidHouseholdError,
  mergeGridShards,
  simulateGridShard,
  validateHousehold,
} from './household/index.ts'
import type { HouseholdSpec } from './household/spec.ts'
import {
  ENGINE_VERSION,
  InvalidSpecError,
  mergeShards,
  type ShardResult,
  shardRanges,
  simulatePath,
  simulate as simulatePortfolio,
  type SimulationResult,
  type SimulationSpec,
  simulateShard,
  validateSpec,
} from './simulation/index.ts'

/** What a run is made from: a portfolio with flows in and out, or a household account by account. */
export type Specification = SimulationSpec | HouseholdSpec
export type RunResult = SimulationResult | GridResult
/** What some of a run's paths came to. */
export type RunShard = ShardResult | GridShard

const isHousehold = (specification: Specification): specification is HouseholdSpec => 'kind' in specification

/** Simulates a specification with the engine it is for. Throws InvalidSpecError or InvalidHouseholdError, naming every fault. */
export const simulateRun = (specification: Specification, shards = 1): RunResult =>
  isHousehold(specification) ? simulateGrid(specification, shards) : simulatePortfolio(specification, { shards })

const simulateGrid = (specification: HouseholdSpec, shards: number): GridResult => {
  assertValidRun(specification)
  return mergeGridShards(
    specification,
    shardRanges(specification.paths, shards).map(([fromPath, toPath]) => simulateGridShard(specification, fromPath, toPath)),
  )
}

/** Throws InvalidSpecError or InvalidHouseholdError, naming every fault of a specification that has any. */
export const assertValidRun = (specification: Specification): void => {
  const issues = isHousehold(specification) ? validateHousehold(specification) : validateSpec(specification)
  if (issues.length > 0) throw isHousehold(specification) ? new InvalidHouseholdError(issues) : new InvalidSpecError(issues)
}

/** Simulates the paths from `fromPath` up to, not including, `toPath`. Throws as `simulateRun` does, and RangeError for paths that are not there. */
export const simulateRunShard = (specification: Specification, fromPath: number, toPath: number): RunShard =>
  isHousehold(specification) ? simulateGridShard(specification, fromPath, toPath) : simulateShard(specification, fromPath, toPath)

/** Puts the shards of a specification together: the bits of `simulateRun`. Throws RangeError unless they are all of its paths, each once. */
export const mergeRunShards = (specification: Specification, shards: readonly RunShard[]): RunResult =>
  isHousehold(specification) ? mergeGridShards(specification, shards as GridShard[]) : mergeShards(specification, shards as ShardResult[])

/** How many paths it takes to simulate a specification, those of the variants of its grid among them. */
export const simulatedPaths = (specification: Specification): number =>
  specification.paths * (1 + 2 * (isHousehold(specification) ? (specification.sensitivities ?? []).length : 0))

/** The engine that would simulate a specification today. */
export const engineVersionFor = (specification: Specification): string =>
  isHousehold(specification) ? HOUSEHOLD_ENGINE_VERSION : ENGINE_VERSION

/** SHA-256 of a specification's or a result's canonical JSON. */
export const runHash = (content: Specification | RunResult): string => contentHash(content)

/** One path of a run, redrawn alone and told year by year. Throws RangeError for a path that the run does not have. */
export const explainRunPath = (specification: Specification, path: number) =>
  isHousehold(specification) ? explainHouseholdPath(specification, path) : simulatePath(specification, path)
