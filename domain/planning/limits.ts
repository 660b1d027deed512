import { HOUSEHOLD_LIMITS } from './household/index.ts'

/** Limits of a plan. */
export const PLAN_LIMITS = {
  /** Current inputs of a plan. */
  inputs: 200,
  /** Bytes of a plan and its inputs as JSON: each version of its history stores them. */
  stateBytes: 200_000,
  /** Versions in the history of a plan, which are all kept. */
  versions: 2_000,
  horizonYears: { minimum: 1, maximum: HOUSEHOLD_LIMITS.years },
  /** Iterations of a run that the request waits for. */
  iterations: { minimum: 100, maximum: 100_000 },
  /** Iterations of a run that is simulated in shards. */
  largeRunIterations: { minimum: 100, maximum: HOUSEHOLD_LIMITS.paths },
  confidenceLevel: { minimum: 0.5, maximum: 0.99 },
  /** Of a portfolio model. */
  riskLevel: { minimum: 1, maximum: 10 },
  /** Shards of a run that the request waits for. */
  shards: { minimum: 1, maximum: 64 },
} as const
