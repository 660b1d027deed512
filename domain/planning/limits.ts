import { HOUSEHOLD_LIMITS } from './household/index.ts'

/** Limits of a plan's terms. */
export const PLAN_LIMITS = {
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
