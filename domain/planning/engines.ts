import { contentHash } from '../shared/index.ts'
import {
  explainPath as explainHouseholdPath,
  HOUSEHOLD_ENGINE_VERSION,
  type HouseholdResult,
  simulateHousehold,
} from './household/index.ts'
import type { HouseholdSpec } from './household/spec.ts'
import {
  ENGINE_VERSION,
  simulatePath,
  simulate as simulatePortfolio,
  type SimulationResult,
  type SimulationSpec,
} from './simulation/index.ts'

/** What a run is made from: a portfolio with flows in and out, or a household account by account. */
export type Specification = SimulationSpec | HouseholdSpec
export type RunResult = SimulationResult | HouseholdResult

const isHousehold = (specification: Specification): specification is HouseholdSpec => 'kind' in specification

/** Simulates a specification with the engine it is for. Throws InvalidSpecError or InvalidHouseholdError, naming every fault. */
export const simulateRun = (specification: Specification, shards = 1): RunResult =>
  isHousehold(specification) ? simulateHousehold(specification, { shards }) : simulatePortfolio(specification, { shards })

/** The engine that would simulate a specification today. */
export const engineVersionFor = (specification: Specification): string =>
  isHousehold(specification) ? HOUSEHOLD_ENGINE_VERSION : ENGINE_VERSION

/** SHA-256 of a specification's or a result's canonical JSON. */
export const runHash = (content: Specification | RunResult): string => contentHash(content)

/** One path of a run, redrawn alone and told year by year. Throws RangeError for a path that the run does not have. */
export const explainRunPath = (specification: Specification, path: number) =>
  isHousehold(specification) ? explainHouseholdPath(specification, path) : simulatePath(specification, path)
