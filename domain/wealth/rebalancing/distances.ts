import type { RebalancingInput, RebalancingProposal } from './types.ts'

/** Half the sum of the distances of weights to their targets. */
export const activeShareOf = (differences: Float64Array): number =>
  differences.reduce((sum, difference) => sum + Math.abs(difference), 0) / 2

/**
 * The yearly standard deviation of the difference in return to the targets: the root of d' S d, of the differences d in weight and the covariance S.
 * Source: Grinold and Kahn, Active Portfolio Management, 2nd edition, chapter 3 (active risk).
 */
export const trackingErrorOf = (
  covariance: RebalancingInput['covariance'],
  classes: readonly string[],
  differences: Float64Array,
): Pick<RebalancingProposal, 'trackingError' | 'trackingErrorReason'> => {
  if (!covariance) return { trackingError: null, trackingErrorReason: 'no_covariance' }
  const places = classes.map(name => covariance.classes.indexOf(name))
  if (places.some((place, index) => place < 0 && Math.abs(differences[index]!) > 1e-9))
    return { trackingError: null, trackingErrorReason: 'class_not_covered' }
  let variance = 0
  for (const [one, row] of places.entries())
    for (const [other, column] of places.entries())
      if (row >= 0 && column >= 0) variance += differences[one]! * differences[other]! * covariance.matrix[row]![column]!
  return { trackingError: Math.sqrt(Math.max(0, variance)), trackingErrorReason: null }
}
