import { standardDeviation, sum } from '../../numeric/index.ts'
import { sampleQuantiles } from './sample-quantiles.ts'

/** An estimate with its 95 % confidence interval. */
export interface Estimate {
  estimate: number
  lower: number
  upper: number
}

/** Standard normal quantile of 0.975. */
const Z_975 = 1.9599639845400543

const around = (estimate: number, centre: number, margin: number): Estimate => ({
  estimate,
  lower: centre - margin,
  upper: centre + margin,
})

/**
 * Difference of two proportions of the same trials, b minus a, with its adjusted Wald interval.
 * Source: Bonett and Price, "Adjusted Wald confidence interval for a difference of binomial proportions based on paired data",
 * Journal of Educational and Behavioral Statistics 37(4), 2012.
 *
 * @param onlyA number of trials that succeeded in a only
 * @param onlyB number of trials that succeeded in b only
 */
export function pairedProportions(onlyA: number, onlyB: number, trials: number): Estimate {
  const a = (onlyA + 1) / (trials + 2)
  const b = (onlyB + 1) / (trials + 2)
  const centre = b - a
  const margin = Z_975 * Math.sqrt((a + b - centre * centre) / (trials + 2))
  return { estimate: (onlyB - onlyA) / trials, lower: Math.max(-1, centre - margin), upper: Math.min(1, centre + margin) }
}

/** Mean of b minus mean of a over the same paths, from the differences path by path. */
export function pairedMeans(a: Float64Array, b: Float64Array): Estimate {
  const differences = b.map((value, path) => value - a[path]!)
  const mean = sum(differences) / differences.length
  return around(mean, mean, (Z_975 * standardDeviation(differences, mean)) / Math.sqrt(differences.length))
}

/**
 * Median of b minus median of a over the same paths. The standard error of each median is that of McKean and Schrader. The correlation of
 * the medians is the correlation between being below the median in a and being below it in b.
 * Source: Bonett and Price, "Interval estimation for linear functions of medians in within-subjects and mixed designs",
 * British Journal of Mathematical and Statistical Psychology 73(2), 2020.
 *
 * @param a non-negative values, like b
 */
export function pairedMedians(a: Float64Array, b: Float64Array): Estimate {
  const first = medianOf(a)
  const second = medianOf(b)
  let below = 0
  for (let path = 0; path < a.length; path++) if (a[path]! < first.median && b[path]! < second.median) below++
  const correlation = Math.max(-1, Math.min(1, (4 * below) / a.length - 1))
  const variance = first.error * first.error + second.error * second.error - 2 * correlation * first.error * second.error
  const difference = second.median - first.median
  return around(difference, difference, Z_975 * Math.sqrt(Math.max(0, variance)))
}

/** Median and its standard error, from the order statistics at the ends of its confidence interval. */
function medianOf(values: Float64Array): { median: number; error: number } {
  const size = values.length
  const rank = Math.max(0, Math.floor((size + 1) / 2 - Z_975 * Math.sqrt(size / 4)) - 1)
  const last = Math.max(1, size - 1)
  const [lower, median, upper] = sampleQuantiles(values, [rank / last, 0.5, (size - 1 - rank) / last])
  return { median: median!, error: (upper! - lower!) / (2 * Z_975) }
}
