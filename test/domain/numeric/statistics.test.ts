import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createQuantiles, exactOrderStatistics } from '../../../domain/numeric/quantiles.ts'
import { standardDeviation, sum, wilsonInterval } from '../../../domain/numeric/statistics.ts'

function bySorting(values: readonly number[], fractions: readonly number[]): number[] {
  const sorted = Float64Array.from(values).toSorted()
  return fractions.map(fraction => {
    const h = (sorted.length - 1) * fraction
    const lower = sorted[Math.floor(h)]!
    return lower + (h - Math.floor(h)) * (sorted[Math.min(Math.floor(h) + 1, sorted.length - 1)]! - lower)
  })
}

describe('quantiles', () => {
  test('of type 7, as R and NumPy give them', () => {
    const quantiles = createQuantiles(5, [0, 0.1, 0.5, 0.9, 1], exactOrderStatistics)
    expect(quantiles(Float64Array.of(40, 10, 20, 50, 30))).toEqual([10, 14, 30, 46, 50])
    expect(createQuantiles(1, [0.05, 0.95], exactOrderStatistics)(Float64Array.of(7))).toEqual([7, 7])
    expect(createQuantiles(3, [0.4, 1], exactOrderStatistics)(Float64Array.of(0, 0, 5e-324))).toEqual([0, 0])
    expect(createQuantiles(2, [0, 1], exactOrderStatistics)(Float64Array.of(1e-310, 1.7e308))).toEqual([1e-310, 1.7e308])
  })

  test('are those of the sorted sample, whatever the spread, the ties and the zeros', () => {
    const value = fc.oneof(
      fc.constant(0),
      fc.double({ min: 1e-313, max: 1.7e308, noNaN: true }),
      fc.double({ min: 1, max: 1.0001, noNaN: true }),
      fc.integer({ min: 0, max: 5 }),
      fc.constantFrom(1e-310, 2e-310, 1.7e308),
    )
    const fractions = fc.uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(fc.array(value.map(Math.abs), { minLength: 1, maxLength: 300 }), fractions, (values, unsorted) => {
        const ascending = unsorted.map(Math.abs).toSorted((a, b) => a - b)
        expect(createQuantiles(values.length, ascending, exactOrderStatistics)(Float64Array.from(values))).toEqual(
          bySorting(values, ascending),
        )
      }),
    )
  })

  test('of ten thousand numbers, twice with the same buffers', () => {
    const quantiles = createQuantiles(10_000, [0.05, 0.5, 0.95], exactOrderStatistics)
    for (const scale of [1, 1e-7]) {
      const values = Array.from({ length: 10_000 }, (_, i) => (i % 3 === 0 ? 0 : scale * ((i * 7919) % 10_007) ** 3))
      expect(quantiles(Float64Array.from(values))).toEqual(bySorting(values, [0.05, 0.5, 0.95]))
    }
  })
})

test('sum and sample standard deviation', () => {
  const values = Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9)
  expect(sum(values)).toBe(40)
  expect(standardDeviation(values, 5)).toBeCloseTo(Math.sqrt(32 / 7), 15)
  expect(standardDeviation(Float64Array.of(3), 3)).toBe(0)
})

describe("Wilson's interval", () => {
  test('gives the published figures for 81 of 263 and 15 of 148 (Newcombe, Statistics in Medicine 17, 1998, table I)', () => {
    const first = wilsonInterval(81, 263)
    expect(first.lower).toBeCloseTo(0.2553, 4)
    expect(first.upper).toBeCloseTo(0.3662, 4)
    const second = wilsonInterval(15, 148)
    expect(second.lower).toBeCloseTo(0.0624, 4)
    expect(second.upper).toBeCloseTo(0.1605, 4)
  })

  test('stays within 0 and 1 and contains the proportion', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, share) => {
        const count = Math.round(trials * share)
        const { lower, upper } = wilsonInterval(count, trials)
        expect(lower).toBeGreaterThanOrEqual(0)
        expect(upper).toBeLessThanOrEqual(1)
        expect(lower).toBeLessThanOrEqual(count / trials)
        expect(upper).toBeGreaterThanOrEqual(count / trials)
      }),
    )
  })
})
