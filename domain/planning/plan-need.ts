import { isCurrentEngine } from './engines.ts'

/** In the order of their weight: a plan has one need at a time. */
export const planNeeds = ['mismatch', 'failed', 'never-run', 'changed', 'unverified'] as const
type PlanNeed = (typeof planNeeds)[number]

/** What is known of the runs of a plan. */
export interface SimulatedPlan {
  readonly version: number
  /** A run is queued or running. */
  readonly isBeingSimulated: boolean
  /** The newest run was not successful. */
  readonly hasFailed: boolean
  /** The newest run that has succeeded. */
  readonly latestRun: {
    readonly planVersion: number
    readonly engineVersion: string
    /** Null before the first verification. */
    readonly verificationMatched: boolean | null
  } | null
}

/**
 * What somebody has to do for a plan, or null. A run of an engine that this release does not have cannot be verified, so neither the
 * lack of a verification nor a mismatch is a need then.
 */
export const needOfPlan = ({ hasFailed, isBeingSimulated, latestRun, version }: SimulatedPlan): PlanNeed | null => {
  const isVerifiable = latestRun !== null && isCurrentEngine(latestRun.engineVersion)
  if (isVerifiable && latestRun.verificationMatched === false) return 'mismatch'
  if (isBeingSimulated) return null
  if (hasFailed) return 'failed'
  if (latestRun === null) return 'never-run'
  if (latestRun.planVersion < version) return 'changed'
  return isVerifiable && latestRun.verificationMatched === null ? 'unverified' : null
}
