import { Decimal } from 'decimal.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawsToNormals, normalFromDraw } from '../../../domain/numeric/normal.ts'
import { MARKET_STREAM, nextWord, seedKey, streamState } from '../../../domain/numeric/streams.ts'

const Precise = Decimal.clone({ precision: 60 })
const SQRT_TWO_PI = Precise.acos(-1).times(2).sqrt()

/** Phi(x) by the Maclaurin series of its density, a different method than that of the tables. */
function exactCdf(x: number): Decimal {
  const xx = new Precise(x).times(x)
  let power = new Precise(x)
  let sum = power
  for (let n = 1; power.abs().gt('1e-55'); n++) {
    power = power.times(xx).div(-2 * n)
    sum = sum.plus(power.div(2 * n + 1))
  }
  return sum.div(SQRT_TWO_PI).plus(0.5)
}

const exactDensity = (x: number): Decimal => new Precise(x).times(x).div(-2).exp().div(SQRT_TWO_PI)

/** Distance of the variate from the exact quantile, by one Newton step. */
function quantileError(draw: number): number {
  const z = normalFromDraw(draw)
  const tail = new Precise((draw | 1) >>> 0).div(2 ** 33)
  const exact = draw & 1 ? new Precise(1).minus(tail) : tail
  return exactCdf(z).minus(exact).div(exactDensity(z)).abs().toNumber()
}

describe('a normal variate', () => {
  test('is within 7.5e-10 of the exact quantile', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0, max: 31 }), (draw, shift) => {
        expect(quantileError(draw >>> shift)).toBeLessThan(7.5e-10)
      }),
      { numRuns: 300 },
    )
    for (const draw of [0, 1, 2, 3, 0x80000000, 0x7fffffff, 0xffffffff, 0x83fffffe, 0x84000000])
      expect(quantileError(draw)).toBeLessThan(7.5e-10)
  })

  test('is monotone at the boundaries between cubics, and symmetric', () => {
    for (let leadingZeros = 0; leadingZeros < 32; leadingZeros++) {
      for (let segment = 0; segment < 32; segment++) {
        const start = Math.ceil((1 + segment / 32) * 2 ** (31 - leadingZeros)) | 1
        for (let v = (start >>> 0) - 6; v < (start >>> 0) + 6; v += 2) {
          if (v < 1 || v + 2 > 0xffffffff) continue
          expect(normalFromDraw(v)).toBeGreaterThanOrEqual(normalFromDraw(v + 2))
          expect(normalFromDraw(v - 1)).toBe(-normalFromDraw(v))
        }
      }
    }
  })

  test('is monotone between neighbouring draws everywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7ffffffe }), m => {
        expect(normalFromDraw(2 * m + 1)).toBeGreaterThan(normalFromDraw(2 * m + 3))
      }),
    )
  })
})

describe('half a million variates of one seed', () => {
  const z = variates(500_000)
  const mean = (f: (x: number) => number): number => z.reduce((total, x) => total + f(x), 0) / z.length
  const standardErrors = (found: number, expected: number, variance: number): number =>
    Math.abs(found - expected) / Math.sqrt(variance / z.length)

  test('have the first four moments of the normal distribution', () => {
    expect(
      standardErrors(
        mean(x => x),
        0,
        1,
      ),
    ).toBeLessThan(3)
    expect(
      standardErrors(
        mean(x => x ** 2),
        1,
        2,
      ),
    ).toBeLessThan(3)
    expect(
      standardErrors(
        mean(x => x ** 3),
        0,
        15,
      ),
    ).toBeLessThan(3)
    expect(
      standardErrors(
        mean(x => x ** 4),
        3,
        96,
      ),
    ).toBeLessThan(3)
  })

  test('have the tails of the normal distribution', () => {
    for (const [beyond, probability] of [
      [2, 0.04550026],
      [3, 0.002699796],
      [4, 6.334248e-5],
    ] as const) {
      const share = mean(x => (Math.abs(x) > beyond ? 1 : 0))
      expect(standardErrors(share, probability, probability * (1 - probability))).toBeLessThan(3)
    }
  })

  test('are normally distributed: Kolmogorov-Smirnov at the 1 % level', () => {
    const sorted = z.toSorted()
    const distance = sorted.reduce((largest, x, i) => {
      const p = cdf(x)
      return Math.max(largest, Math.abs(p - i / z.length), Math.abs(p - (i + 1) / z.length))
    }, 0)
    expect(distance * Math.sqrt(z.length)).toBeLessThan(1.63)
  })

  test('are uncorrelated from one to the next, within a path and from path to path', () => {
    for (const lag of [1, 2, 3, 100, 200]) {
      let products = 0
      for (let i = lag; i < z.length; i++) products += z[i]! * z[i - lag]!
      expect(Math.abs(products / Math.sqrt(z.length))).toBeLessThan(3)
    }
  })
})

/** A hundred variates of each path. */
function variates(count: number): Float64Array {
  const normals = new Float64Array(count)
  for (let path = 0; path < count / 100; path++) {
    const state = Int32Array.from(streamState(seedKey('20260101'), MARKET_STREAM, path))
    drawsToNormals(
      Int32Array.from({ length: 100 }, () => nextWord(state, 0)),
      normals.subarray(100 * path, 100 * path + 100),
    )
  }
  return normals
}

function cdf(x: number): number {
  let term = x
  let sum = x
  for (let odd = 3; Math.abs(term) > 1e-17; odd += 2) {
    term *= (x * x) / odd
    sum += term
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI)
}
