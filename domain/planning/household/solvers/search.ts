import { DomainError } from '../../../shared/index.ts'
import { pathOutcomes } from '../compare.ts'
import type { HouseholdSpec } from '../spec.ts'

/** Share of paths that succeed. */
export function successRate(spec: HouseholdSpec): number {
  return pathOutcomes(spec).succeeded.reduce((total, one) => total + one, 0) / spec.paths
}

/**
 * The same household without milestones. With a milestone, a household that spends more or saves less works longer, and may succeed more
 * often: the success rate would not be monotone.
 */
export function retiringAsPlanned(spec: HouseholdSpec): HouseholdSpec {
  return { ...spec, people: spec.people.map(person => ({ ...person, earlyRetirement: undefined })) }
}

/** @throws DomainError naming `successRate` unless the wanted rate is above 0 and at most 1 */
export function assertSuccessRate(wanted: number): void {
  if (!(wanted > 0 && wanted <= 1)) throw new DomainError([{ path: 'successRate', message: 'must be a fraction above 0 and at most 1' }])
}

export interface Found {
  value: number
  /** Success rate at the value. */
  success: number
  evaluations: number
}

/** The range and precision of a search for a border: from 0, then doubling from `first` up to `most`. */
export interface SearchRange {
  first: number
  most: number
  tolerance: number
}

/** How often a value is doubled until it reaches another one. */
const doublings = (from: number, to: number): number => {
  let count = 0
  for (let value = from; value < to; value *= 2) count += 1
  return count
}

/** The most evaluations of `findBorder` in a range: 0, the first value, the doublings, and the bisection of the longest interval. */
export const mostEvaluations = ({ first, most, tolerance }: SearchRange): number =>
  most <= 0 ? 0 : 2 + doublings(first, most) + doublings(tolerance, Math.max(most / 2, first))

/**
 * Finds the border of a monotone condition by doubling and bisection. The found value is within the tolerance, on the side where the
 * condition holds.
 *
 * @param rate success rate at a value
 * @param holdsBelow true when the condition holds below the border, false when it holds above it
 * @returns null when the condition holds nowhere in the range
 */
export function findBorder(rate: (value: number) => number, wanted: number, holdsBelow: boolean, range: SearchRange): Found | null {
  let evaluations = 0
  const at = (value: number): Found => ({ value, success: rate(value), evaluations: ++evaluations })
  const isBelow = (found: Found): boolean => found.success >= wanted === holdsBelow
  let low = at(0)
  if (!isBelow(low)) return holdsBelow ? null : low
  let high = at(Math.min(range.first, range.most))
  while (isBelow(high)) {
    if (high.value >= range.most) return holdsBelow ? { ...high, evaluations } : null
    low = high
    high = at(Math.min(2 * high.value, range.most))
  }
  while (high.value - low.value > range.tolerance) {
    const halfway = (low.value + high.value) / 2
    // Large values may have no floating-point number between them within the tolerance.
    if (halfway === low.value || halfway === high.value) break
    const middle = at(halfway)
    if (isBelow(middle)) low = middle
    else high = middle
  }
  return { ...(holdsBelow ? low : high), evaluations }
}
