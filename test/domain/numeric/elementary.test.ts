import { readFileSync } from 'node:fs'
import { Decimal } from 'decimal.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exp, exponentiate, log, log1p } from '../../../domain/numeric/elementary.ts'
import { generateTables } from '../../../domain/numeric/generate-tables.ts'

const Precise = Decimal.clone({ precision: 40 })
const relativeError = (found: number, exact: Decimal): number => exact.minus(found).div(exact).abs().toNumber()

test('the shipped tables are the output of the program', () => {
  const shipped = new URL('../../../domain/numeric/tables.generated.ts', import.meta.url)
  expect(readFileSync(shipped, 'utf8') === generateTables()).toBe(true)
})

describe('exp', () => {
  test('is within 1.5e-12 of the exact value', () => {
    fc.assert(
      fc.property(fc.double({ min: -44, max: 44, noNaN: true }), x => {
        expect(relativeError(exp(x), new Precise(x).exp())).toBeLessThan(1.5e-12)
      }),
      { numRuns: 400 },
    )
  })

  test('keeps that bound at the ends of its intervals and its range', () => {
    for (const x of [-44, 44, Math.LN2 / 64, -Math.LN2 / 64, (3 * Math.LN2) / 64, 1e-300]) {
      expect(relativeError(exp(x), new Precise(x).exp())).toBeLessThan(1.5e-12)
    }
  })

  test('is exactly 1 at 0, and the same bits for a whole array', () => {
    expect(exp(0)).toBe(1)
    expect(exp(-0)).toBe(1)
    const values = Float64Array.from({ length: 100 }, (_, i) => (i - 50) / 7)
    const expected = values.map(x => exp(x))
    exponentiate(values)
    expect(values).toEqual(expected)
  })
})

describe('log and log1p', () => {
  test('are within 5e-16 of the exact value: relative, or absolute near a logarithm of 0', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-30, max: 1e30, noNaN: true }), x => {
        const exact = new Precise(x).ln()
        expect(Math.min(relativeError(log(x), exact), exact.minus(log(x)).abs().toNumber())).toBeLessThan(5e-16)
      }),
      { numRuns: 400 },
    )
  })

  test('log1p keeps its relative accuracy for the small arguments of variances', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.9, max: 4, noNaN: true }), fc.integer({ min: 0, max: 40 }), (x, halvings) => {
        const small = x / 2 ** halvings
        fc.pre(Math.abs(small) > 1e-15)
        expect(relativeError(log1p(small), new Precise(small).plus(1).ln())).toBeLessThan(6e-16)
      }),
      { numRuns: 400 },
    )
  })

  test('are exactly 0 where they should be', () => {
    expect(log(1)).toBe(0)
    expect(log1p(0)).toBe(0)
  })
})
