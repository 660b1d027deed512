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

/** The range and precision of a search for a border: from 0, then in growing steps from `first` up to `most`. */
export interface SearchRange {
  first: number
  most: number
  tolerance: number
}

/** Most evaluations of a search. The border of any range is within a factor of two after 13 of them; the others halve that interval. */
export const MOST_EVALUATIONS = 24

/**
 * Finds the border of a monotone condition. The found value is on the side where the condition holds, within the tolerance, or within a
 * thousandth of the value where MOST_EVALUATIONS are not enough for that.
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
    const factor = high.value / range.first
    high = at(Math.min(factor === 1 ? 2 * high.value : factor * high.value, range.most))
  }
  for (let left = MOST_EVALUATIONS - evaluations; left > 0 && high.value - low.value > range.tolerance; left -= 1) {
    const isWide = low.value > 0 && high.value > 2 * low.value
    const middle = at(isWide ? Math.sqrt(low.value * high.value) : (low.value + high.value) / 2)
    if (isBelow(middle)) low = middle
    else high = middle
  }
  return { ...(holdsBelow ? low : high), evaluations }
}
