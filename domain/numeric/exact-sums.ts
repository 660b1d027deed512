/** Numbers are counted in whole units of 2^-40, so that their sums are exact, and the same in any order. */
const UNITS = 2 ** 40

/** A finite number, rounded to whole units. */
export const inUnits = (value: number): bigint => BigInt(Math.round(value * UNITS))

/** Mean of `count` numbers, given the sum of their units. */
export const meanOfUnits = (sum: bigint, count: number): number => Number(sum) / (UNITS * count)

/**
 * Sample standard deviation (divisor n - 1), without the cancellation that this formula has in floating point; 0 for a single number.
 *
 * @param sum of the units of each number
 * @param squares sum of the squares of the units of each number
 */
export function standardDeviationOfUnits(sum: bigint, squares: bigint, count: number): number {
  if (count === 1) return 0
  const scatter = BigInt(count) * squares - sum * sum
  return Math.sqrt(Number(scatter) / (count * (count - 1))) / UNITS
}
