/** A bar whose close is far from where the others would put it. */
export interface Outlier {
  /** Of the bar in the columns. */
  readonly index: number
  /** Change of the close from the bar before, as a fraction. */
  readonly change: number
  /** Whether the next bar takes most of it back, as a wrong price does and a real fall does not. */
  readonly reverts: boolean
}

const median = (values: Float64Array): number => {
  const sorted = values.toSorted()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The median absolute deviation of normal draws times this is their standard deviation (1 / quantile of 3/4). */
const normalScale = 1.482_602_218_505_602

/** Fewer changes tell nothing about what is usual. */
const fewestChanges = 20

/** A quiet series, a money market fund say, must not make a fault of every cent. */
const smallestChange = 0.1

/**
 * Bars whose close changed by more than `deviations` robust standard deviations (scaled median absolute deviation, which the outliers
 * themselves do not widen) from the median change, and by at least a tenth.
 */
export const findOutliers = (closes: Float64Array, deviations = 10): Outlier[] => {
  if (closes.length <= fewestChanges) return []
  const changes = Float64Array.from({ length: closes.length - 1 }, (_, index) => closes[index + 1]! / closes[index]! - 1)
  const usual = median(changes)
  const spread = normalScale * median(changes.map(change => Math.abs(change - usual)))
  const limit = Math.max(smallestChange, deviations * spread)
  const outliers: Outlier[] = []
  for (const [index, change] of changes.entries()) {
    if (Math.abs(change - usual) <= limit) continue
    const back = index + 2 < closes.length ? closes[index + 2]! / closes[index]! - 1 : change
    outliers.push({ index: index + 1, change, reverts: Math.abs(back) < Math.abs(change) / 3 })
  }
  // The way back from a wrong price is no fault of its own.
  return outliers.filter((outlier, place) => !(outliers[place - 1]?.reverts && outliers[place - 1]!.index === outlier.index - 1))
}
