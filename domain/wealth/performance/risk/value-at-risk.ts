import { type Outcome, outcomeOf, unknown } from '../outcome.ts'
import { mean, present } from './observations.ts'

/** The share of returns in the tail: 0.05 is a confidence of 95 %. */
export const TAIL_SHARE = 0.05
/** Fewer returns have no tail of one in twenty. */
export const MINIMUM_TAIL_OBSERVATIONS = 20

/** The return that is not reached in a share of the periods, negative for a loss: the quantile, linear between two returns. */
export const valueAtRisk = (returns: Float64Array, share = TAIL_SHARE, minimum = MINIMUM_TAIL_OBSERVATIONS): Outcome => {
  const sorted = present(returns).toSorted()
  if (sorted.length < Math.max(1, minimum)) return unknown('too_few_observations')
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below]!
  return outcomeOf(low + (place - below) * ((sorted[below + 1] ?? low) - low))
}

/** The mean of the lowest returns: as many as the share of the periods, and the one at its end. */
export const conditionalValueAtRisk = (returns: Float64Array, share = TAIL_SHARE, minimum = MINIMUM_TAIL_OBSERVATIONS): Outcome => {
  const sorted = present(returns).toSorted()
  if (sorted.length < Math.max(1, minimum)) return unknown('too_few_observations')
  return outcomeOf(mean(sorted.subarray(0, Math.floor((sorted.length - 1) * share) + 1)))
}
