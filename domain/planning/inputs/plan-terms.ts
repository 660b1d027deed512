import { numberFrom, wholeNumberFrom } from '../../shared/index.ts'
import { PLAN_LIMITS } from '../limits.ts'

const {
  confidenceLevel: level,
  horizonYears,
  iterations: paths,
  largeRunIterations: manyPaths,
  riskLevel: risk,
  shards: parts,
} = PLAN_LIMITS

export const planningHorizonYears = wholeNumberFrom(horizonYears.minimum, horizonYears.maximum)
/** Iterations of a run that the request waits for. */
export const iterations = wholeNumberFrom(paths.minimum, paths.maximum)
/** Iterations of a run that is simulated in shards. */
export const largeRunIterations = wholeNumberFrom(manyPaths.minimum, manyPaths.maximum)
/** Stored with two decimals. */
export const confidenceLevel = numberFrom(level.minimum, level.maximum).multipleOf(0.01, 'must be a multiple of 0.01')
export const riskLevel = wholeNumberFrom(risk.minimum, risk.maximum)
export const shards = wholeNumberFrom(parts.minimum, parts.maximum)
