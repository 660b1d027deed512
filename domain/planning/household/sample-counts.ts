import type { EndingWealth } from '../../simulation/index.ts'
import {
  addToSketch,
  createQuantiles,
  createSketch,
  inUnits,
  meanOfUnits,
  mergeSketch,
  type Sketch,
  sketchedOrderStatistics,
  standardDeviationOfUnits,
} from '../../numeric/index.ts'

/** A sample of non-negative numbers. Its memory does not grow with the sample; parts of it add up to the same bits in any order. */
export interface SampleCounts {
  sketch: Sketch
  minimum: number
  maximum: number
  /** Exact sums of the numbers in whole units, and of their squares. */
  sum: bigint
  squares: bigint
}

export const createSampleCounts = (): SampleCounts => ({
  sketch: createSketch(),
  minimum: Number.MAX_VALUE,
  maximum: 0,
  sum: 0n,
  squares: 0n,
})

/** Adds numbers to the sample. */
export function addToSample(sample: SampleCounts, values: Float64Array): void {
  addToSketch(sample.sketch, values)
  for (const value of values) {
    sample.minimum = Math.min(sample.minimum, value)
    sample.maximum = Math.max(sample.maximum, value)
    const units = inUnits(value)
    sample.sum += units
    sample.squares += units * units
  }
}

/** Adds the numbers of another sample. */
export function mergeSample(sample: SampleCounts, other: SampleCounts): void {
  mergeSketch(sample.sketch, other.sketch)
  sample.minimum = Math.min(sample.minimum, other.minimum)
  sample.maximum = Math.max(sample.maximum, other.maximum)
  sample.sum += other.sum
  sample.squares += other.squares
}

/** Sample quantiles of `size` numbers, each order statistic within 0.2 %. */
export const sketchedQuantiles = (sketch: Sketch, size: number, fractions: readonly number[]): number[] =>
  createQuantiles(size, fractions, sketchedOrderStatistics)(sketch)

/** Statistics of a sample of `size` numbers. All are exact except the percentiles. */
export const distributionOf = (
  { maximum, minimum, sketch, squares, sum }: SampleCounts,
  size: number,
  percentiles: readonly number[],
): EndingWealth => ({
  mean: meanOfUnits(sum, size),
  standardDeviation: standardDeviationOfUnits(sum, squares, size),
  minimum,
  maximum,
  percentiles: sketchedQuantiles(sketch, size, percentiles),
})
