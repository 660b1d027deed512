/** Returns without those that are missing (NaN). */
export const present = (returns: Float64Array): Float64Array => returns.filter(value => !Number.isNaN(value))

/** The returns of two series in the places where both have one. */
export const paired = (returns: Float64Array, benchmark: Float64Array): readonly [Float64Array, Float64Array] => {
  const has = (index: number): boolean => !Number.isNaN(returns[index]!) && !Number.isNaN(benchmark[index] ?? Number.NaN)
  return [returns.filter((_, index) => has(index)), benchmark.subarray(0, returns.length).filter((_, index) => has(index))]
}

/** Each return less a rate of its period. */
export const excess = (returns: Float64Array, rate: number | Float64Array): Float64Array =>
  returns.map((value, index) => value - (typeof rate === 'number' ? rate : (rate[index] ?? Number.NaN)))

export const mean = (values: Float64Array): number => {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/** Sample deviation, divisor n - 1; 0 if the values differ by rounding alone. */
export const deviation = (values: Float64Array): number => {
  const centre = mean(values)
  let squares = 0
  let largest = 0
  for (const value of values) {
    squares += (value - centre) * (value - centre)
    largest = Math.max(largest, Math.abs(value))
  }
  const result = Math.sqrt(squares / (values.length - 1))
  return result <= 1e-12 * largest ? 0 : result
}

/** Sum of the products of the deviations from the means; divided by the same sum of one series it is the slope of a regression. */
export const codeviation = (one: Float64Array, other: Float64Array): number => {
  const [meanOne, meanOther] = [mean(one), mean(other)]
  let sum = 0
  for (let index = 0; index < one.length; index += 1) sum += (one[index]! - meanOne) * (other[index]! - meanOther)
  return sum
}

/** What one unit has become of after all returns, without those that are missing. */
export const growthOf = (returns: Float64Array): number => {
  let growth = 1
  for (const value of returns) if (!Number.isNaN(value)) growth *= 1 + value
  return growth
}
