import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inUnits, meanOfUnits, standardDeviationOfUnits } from '../../../domain/numeric/exact-sums.ts'
import { standardDeviation, sum } from '../../../domain/numeric/statistics.ts'

const sumsOf = (values: readonly number[]) => {
  const units = values.map(inUnits)
  const total = (numbers: readonly bigint[]): bigint => numbers.reduce((a, b) => a + b, 0n)
  return { sum: total(units), squares: total(units.map(one => one * one)) }
}

describe('exact sums', () => {
  test('give the mean and the standard deviation, which floating-point sums only approximate', () => {
    const amounts = fc.array(fc.double({ min: 0.01, max: 1e12, noNaN: true }), { minLength: 2, maxLength: 50 })
    fc.assert(
      fc.property(amounts, values => {
        const { squares, sum: units } = sumsOf(values)
        const mean = sum(Float64Array.from(values)) / values.length
        expect(Math.abs(meanOfUnits(units, values.length) / mean - 1)).toBeLessThan(1e-10)
        const scatter = standardDeviation(Float64Array.from(values), mean)
        // For nearly equal numbers, the deviation found by floating point is its own rounding error.
        expect(Math.abs(standardDeviationOfUnits(units, squares, values.length) - scatter)).toBeLessThanOrEqual(
          1e-9 * scatter + 1e-12 * (mean + 1),
        )
      }),
    )
  })

  test('of one number, or of equal numbers, have no deviation', () => {
    for (const values of [[0.1], [0.1, 0.1, 0.1], [1e15 / 3, 1e15 / 3]]) {
      const { squares, sum: units } = sumsOf(values)
      expect(standardDeviationOfUnits(units, squares, values.length)).toBe(0)
      expect(meanOfUnits(units, values.length)).toBeCloseTo(values[0]!, 11)
    }
  })

  test('are exact from a trillionth to far beyond all amounts of money', () => {
    expect(meanOfUnits(inUnits(1e-12), 1)).toBeCloseTo(1e-12, 12)
    expect(meanOfUnits(inUnits(1e200) * 3n, 3)).toBe(1e200)
  })
})
