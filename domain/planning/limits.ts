import { HOUSEHOLD_LIMITS } from './household/index.ts'

/** What a plan may ask for. */
export const PLAN_LIMITS = {
  horizonYears: { minimum: 1, maximum: HOUSEHOLD_LIMITS.years },
  /** Paths that a request can wait for. */
  iterations: { minimum: 100, maximum: 100_000 },
  /** Paths of a run that is simulated in parts. */
  largeRunIterations: { minimum: 100, maximum: HOUSEHOLD_LIMITS.paths },
  confidenceLevel: { minimum: 0.5, maximum: 0.99 },
  /** Of a portfolio model. */
  riskLevel: { minimum: 1, maximum: 10 },
  /** Parts of a run in a request. */
  shards: { minimum: 1, maximum: 64 },
} as const
