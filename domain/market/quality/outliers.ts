/** A bar with an unusual change of the close. */
export interface Outlier {
  /** Index of the bar in the columns. */
  readonly index: number
  /** Change of the close from the bar before, as a fraction. */
  readonly change: number
  /** Whether the next bar reverses most of the change: typical of a wrong price, not of a real fall. */
  readonly reverts: boolean
}

const median = (values: Float64Array): number => {
  const sorted = values.toSorted()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Factor from the median absolute deviation of normal draws to their standard deviation (1 / quantile of 3/4). */
const normalScale = 1.482_602_218_505_602

/** A change as a fraction; none from a price of zero or less, of which there is no fraction. */
const changeOf = (before: number, after: number): number => (before > 0 ? after / before - 1 : 0)

/** With fewer changes, there is no estimate of the usual change. */
const fewestChanges = 20

/** In a quiet series, such as a money market fund, a change of a cent must not be a fault. */
const smallestChange = 0.1

/**
 * Bars with a change of the close that is more than `deviations` robust standard deviations (scaled median absolute deviation, which the outliers
 * themselves do not widen) from the median change, and at least a tenth.
 */
export const findOutliers = (closes: Float64Array, deviations = 10): Outlier[] => {
  if (closes.length <= fewestChanges) return []
  const changes = Float64Array.from({ length: closes.length - 1 }, (_, index) => changeOf(closes[index]!, closes[index + 1]!))
  const usual = median(changes)
  const spread = normalScale * median(changes.map(change => Math.abs(change - usual)))
  const limit = Math.max(smallestChange, deviations * spread)
  const outliers: Outlier[] = []
  for (const [index, change] of changes.entries()) {
    if (Math.abs(change - usual) <= limit) continue
    const back = index + 2 < closes.length ? changeOf(closes[index]!, closes[index + 2]!) : change
    outliers.push({ index: index + 1, change, reverts: Math.abs(back) < Math.abs(change) / 3 })
  }
  // The return from a wrong price is not a second fault.
  return outliers.filter((outlier, place) => !(outliers[place - 1]?.reverts && outliers[place - 1]!.index === outlier.index - 1))
}
