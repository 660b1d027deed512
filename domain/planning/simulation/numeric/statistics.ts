/** Sum from first to last: the order is part of the result's bits. */
export function sum(values: Float64Array): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]!
  return total
}

/** Sample standard deviation (divisor n - 1) around a mean already known; 0 for a single value. */
export function standardDeviation(values: Float64Array, mean: number): number {
  if (values.length === 1) return 0
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i]! - mean
    squares += deviation * deviation
  }
  return Math.sqrt(squares / (values.length - 1))
}

/** Standard normal quantile of 0.975. */
const Z_975 = 1.9599639845400543

/**
 * 95 % confidence interval of a proportion seen `count` times in `trials`.
 * Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927.
 */
export function wilsonInterval95(count: number, trials: number): { lower: number; upper: number } {
  const zz = Z_975 * Z_975
  const proportion = count / trials
  const centre = proportion + zz / (2 * trials)
  const margin = Z_975 * Math.sqrt((proportion * (1 - proportion)) / trials + zz / (4 * trials * trials))
  const scale = 1 + zz / trials
  return {
    lower: count === 0 ? 0 : (centre - margin) / scale,
    upper: count === trials ? 1 : (centre + margin) / scale,
  }
}
