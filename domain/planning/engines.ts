import { contentHash, DomainError, type Issue, issuesUnder } from '../shared/index.ts'
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
  isKernelSpec,
  mergeShards,
  type ReturnModel,
  shardRanges,
  type ShardResult,
  simulate as simulatePortfolio,
  simulatePath,
  simulateShard,
  type SimulationResult,
  type SimulationSpec,
  validateSpec,
} from '../simulation/index.ts'

/** The input of a run: one portfolio with flows in and out, or a household with its accounts. */
export type Specification = SimulationSpec | HouseholdSpec
export type RunResult = SimulationResult | GridResult
/** The outcomes of some of a run's paths. */
export type RunShard = ShardResult | GridShard

/** The version of an engine without its number. */
function familyOf(engineVersion: string): string {
  return engineVersion.replace(/\d+$/, '')
}

export const isHousehold = (specification: Specification): specification is HouseholdSpec => 'kind' in specification

/** Simulates a specification with its engine. @throws InvalidSpecError naming every fault */
export const simulateRun = (specification: Specification, shards = 1): RunResult =>
  isHousehold(specification) ? simulateGrid(specification, shards) : simulatePortfolio(specification, { shards })

const simulateGrid = (specification: HouseholdSpec, shards: number): GridResult => {
  assertValidRun(specification)
  const merge = createGridMerge(specification)
  for (const [fromPath, toPath] of shardRanges(specification.paths, shards)) merge.add(simulateGridShard(specification, fromPath, toPath))
  return merge.result()
}

/** Every fault of a specification; none when it can be simulated. */
export const faultsOf = (specification: Specification): Issue[] =>
  isHousehold(specification) ? validateHousehold(specification) : validateSpec(specification)

/** @throws InvalidSpecError naming every fault of the specification, if there is one */
export const assertValidRun = (specification: Specification): void => {
  const issues = faultsOf(specification)
  if (issues.length > 0) throw new InvalidSpecError(issues)
}

/**
 * Simulates the paths from `fromPath` up to, not including, `toPath`.
 * @throws InvalidSpecError as `simulateRun` does
 * @throws RangeError for paths that the specification does not have
 */
export const simulateRunShard = (specification: Specification, fromPath: number, toPath: number): RunShard =>
  isHousehold(specification) ? simulateGridShard(specification, fromPath, toPath) : simulateShard(specification, fromPath, toPath)

/** Merges the shards of a specification. The result has the same bits as that of `simulateRun`. */
export const createRunMerge = (specification: Specification): ShardMerge<RunShard, RunResult> => {
  if (isHousehold(specification)) return createGridMerge(specification)
  const shards: ShardResult[] = []
  return { add: (shard: ShardResult) => void shards.push(shard), result: () => mergeShards(specification, shards) }
}

/** Number of paths that a specification simulates, including the paths of its grid's variants. */
export const simulatedPaths = (specification: Specification): number =>
  specification.paths * (1 + 2 * (isHousehold(specification) ? (specification.sensitivities ?? []).length : 0))

/** Entries of a household that add as much work to a year as the year has without them. */
const entriesPerStep = 50
const stepMicroseconds = 1.5
/** Percentiles of a path's year, in microseconds. */
const orderingTime = 0.08
/** An asset's step in the kernel, in microseconds. */
const kernelTime = 0.006
/** A step of the plain form, and an asset's part in it for each return model and for each account, in microseconds. */
const plainTimes = {
  step: 0.05,
  account: 0.012,
  asset: {
    lognormal: 0.02,
    student_t: 0.025,
    regime: 0.07,
    bootstrap: 0.008,
    block_bootstrap: 0.008,
    stationary_bootstrap: 0.008,
    historical_replay: 0.008,
  } satisfies Record<ReturnModel['kind'], number>,
} as const

/** Measured upper ends of the time of a portfolio's market step, in microseconds. */
const portfolioStepTime = (specification: SimulationSpec): number => {
  const { accounts = [], returns } = specification
  const { account, asset, step } = plainTimes
  if (isKernelSpec(specification)) return returns.assets.length * kernelTime
  return step + returns.assets.length * (asset[returns.kind] + accounts.length * account)
}

/** The amount of work, which the simulation time is proportional to. One step is a year of a path of a small household, about `stepMicroseconds`. */
export const simulatedSteps = (specification: Specification): number => {
  const pathYears = simulatedPaths(specification) * specification.years
  if (!isHousehold(specification))
    return (pathYears * (orderingTime + specification.stepsPerYear * portfolioStepTime(specification))) / stepMicroseconds
  const { accounts, contributions, debts, expenses, goals, incomes, properties } = specification
  const entries = [accounts, contributions, debts, expenses, goals, incomes, properties].reduce((sum, { length }) => sum + length, 0)
  return pathYears * (1 + entries / entriesPerStep)
}

/** The validator of stored specifications, by family of engines. */
const validators: readonly (readonly [family: string, validate: (specification: unknown) => Issue[]])[] = [
  [familyOf(ENGINE_VERSION), validateSpec],
  [familyOf(HOUSEHOLD_ENGINE_VERSION), validateHousehold],
]

/**
 * The specification that a run stored: checked, but not changed, so that it keeps its hash.
 * @param engineVersion version of the engine that simulated the run
 * @throws DomainError naming the member of `specification` that the current engine cannot read
 */
export const readStoredSpecification = (engineVersion: string, stored: unknown): Specification => {
  const validate = validators.find(([family]) => family === familyOf(engineVersion))?.[1]
  if (!validate)
    throw new DomainError([{ path: 'engineVersion', message: `is ${engineVersion}, an engine that this release does not have` }])
  const issues = validate(stored)
  if (issues.length > 0) throw new DomainError(issuesUnder('specification', issues))
  return stored as Specification
}

/** The version of the engine that simulates the specification in this release. */
export const engineVersionFor = (specification: Specification): string =>
  isHousehold(specification) ? HOUSEHOLD_ENGINE_VERSION : ENGINE_VERSION

/** Whether this release simulates with the engine of this version. */
export const isCurrentEngine = (engineVersion: string): boolean => [HOUSEHOLD_ENGINE_VERSION, ENGINE_VERSION].includes(engineVersion)

/** SHA-256 of a specification's or a result's canonical JSON. */
export const runHash = (content: Specification | RunResult): string => contentHash(content)

/** Simulates one path of a run again, and returns its ledger year by year. @throws RangeError for a path that the run does not have */
export const explainRunPath = (specification: Specification, path: number) =>
  isHousehold(specification) ? explainHouseholdPath(specification, path) : simulatePath(specification, path)
