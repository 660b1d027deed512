import { contentHash, DomainError, type Issue } from '../shared/index.ts'
import {
  createGridMerge,
  explainPath as explainHouseholdPath,
  type GridResult,
  type GridShard,
  HOUSEHOLD_ENGINE_VERSION,
  type ShardMerge,
  simulateGridShard,
  validateHousehold,
} from './household/index.ts'
import type { HouseholdSpec } from './household/spec.ts'
import {
  ENGINE_VERSION,
  InvalidSpecError,
  mergeShards,
  shardRanges,
  type ShardResult,
  simulate as simulatePortfolio,
  simulatePath,
  simulateShard,
  type SimulationResult,
  type SimulationSpec,
  validateSpec,
} from '../simulation/index.ts'

/** What a run is made from: a portfolio with flows in and out, or a household account by account. */
export type Specification = SimulationSpec | HouseholdSpec
export type RunResult = SimulationResult | GridResult
/** What some of a run's paths came to. */
export type RunShard = ShardResult | GridShard

/** The version of an engine without its number. */
function familyOf(engineVersion: string): string {
  return engineVersion.replace(/\d+$/, '')
}

export const isHousehold = (specification: Specification): specification is HouseholdSpec => 'kind' in specification

/** Simulates a specification with the engine it is for. Throws InvalidSpecError, naming every fault. */
export const simulateRun = (specification: Specification, shards = 1): RunResult =>
  isHousehold(specification) ? simulateGrid(specification, shards) : simulatePortfolio(specification, { shards })

const simulateGrid = (specification: HouseholdSpec, shards: number): GridResult => {
  assertValidRun(specification)
  const merge = createGridMerge(specification)
  for (const [fromPath, toPath] of shardRanges(specification.paths, shards)) merge.add(simulateGridShard(specification, fromPath, toPath))
  return merge.result()
}

/** Throws InvalidSpecError, naming every fault of a specification that has any. */
export const assertValidRun = (specification: Specification): void => {
  const issues = isHousehold(specification) ? validateHousehold(specification) : validateSpec(specification)
  if (issues.length > 0) throw new InvalidSpecError(issues)
}

/** Simulates the paths from `fromPath` up to, not including, `toPath`. Throws as `simulateRun` does, and RangeError for paths that are not there. */
export const simulateRunShard = (specification: Specification, fromPath: number, toPath: number): RunShard =>
  isHousehold(specification) ? simulateGridShard(specification, fromPath, toPath) : simulateShard(specification, fromPath, toPath)

/** Puts the shards of a specification together: the bits of `simulateRun`. */
export const createRunMerge = (specification: Specification): ShardMerge<RunShard, RunResult> => {
  if (isHousehold(specification)) return createGridMerge(specification)
  const shards: ShardResult[] = []
  return { add: (shard: ShardResult) => void shards.push(shard), result: () => mergeShards(specification, shards) }
}

/** How many paths it takes to simulate a specification, those of the variants of its grid among them. */
export const simulatedPaths = (specification: Specification): number =>
  specification.paths * (1 + 2 * (isHousehold(specification) ? (specification.sensitivities ?? []).length : 0))

/** What the time that a specification takes grows with: years of a household's paths, steps of each asset on a portfolio's. */
export const simulatedSteps = (specification: Specification): number => {
  const pathYears = simulatedPaths(specification) * specification.years
  return isHousehold(specification) ? pathYears : pathYears * specification.stepsPerYear * specification.returns.assets.length
}

/** What reads the specifications that each family of engines has stored. */
const validators: readonly (readonly [family: string, validate: (specification: unknown) => Issue[]])[] = [
  [familyOf(ENGINE_VERSION), validateSpec],
  [familyOf(HOUSEHOLD_ENGINE_VERSION), validateHousehold],
]

/**
 * A specification as a run stored it: checked, not changed, since its hash belongs to it.
 * @param engineVersion of the engine that the run was simulated with
 * @throws DomainError naming the member of `specification` that the engine of today cannot read
 */
export const readStoredSpecification = (engineVersion: string, stored: unknown): Specification => {
  const validate = validators.find(([family]) => family === familyOf(engineVersion))?.[1]
  if (!validate) throw new DomainError([{ path: 'engineVersion', message: `is ${engineVersion}, which is no engine of this release` }])
  const issues = validate(stored)
  if (issues.length > 0) throw new DomainError(issues.map(({ message, path }) => ({ path: `specification.${path}`, message })))
  return stored as Specification
}

/** The engine that would simulate a specification today. */
export const engineVersionFor = (specification: Specification): string =>
  isHousehold(specification) ? HOUSEHOLD_ENGINE_VERSION : ENGINE_VERSION

/** SHA-256 of a specification's or a result's canonical JSON. */
export const runHash = (content: Specification | RunResult): string => contentHash(content)

/** One path of a run, redrawn alone and told year by year. Throws RangeError for a path that the run does not have. */
export const explainRunPath = (specification: Specification, path: number) =>
  isHousehold(specification) ? explainHouseholdPath(specification, path) : simulatePath(specification, path)
