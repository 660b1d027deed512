import { createQuantiles, exactOrderStatistics } from '../../numeric/index.ts'

/** Exact sample quantiles of non-negative numbers. */
export function sampleQuantiles(values: Float64Array, fractions: readonly number[]): number[] {
  return createQuantiles(values.length, fractions, exactOrderStatistics)(values)
}
