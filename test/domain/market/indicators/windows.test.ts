import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  Delay,
  WeightedWindowSum,
  WindowMaximum,
  WindowMinimum,
  WindowMoments,
  WindowSum,
} from '../../../../domain/market/indicators/windows.ts'

const values = fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(Number.NaN)), { maxLength: 60 })
const periods = fc.integer({ min: 1, max: 12 })

/** The expected result of a window for each value, computed from the values themselves. */
const windowed = (given: readonly number[], period: number, aggregate: (window: readonly number[]) => number): number[] => {
  const seen: number[] = []
  return given.map(value => {
    if (Number.isNaN(value)) return value
    seen.push(value)
    return seen.length < period ? Number.NaN : aggregate(seen.slice(-period))
  })
}

const sum = (window: readonly number[]): number => window.reduce((total, value) => total + value, 0)

describe('over whole numbers a window is exactly', () => {
  it.each([
    ['the sum', WindowSum, sum],
    ['the weighted sum', WeightedWindowSum, (window: readonly number[]) => sum(window.map((value, index) => (index + 1) * value))],
    ['the highest', WindowMaximum, (window: readonly number[]) => Math.max(...window)],
    ['the lowest', WindowMinimum, (window: readonly number[]) => Math.min(...window)],
  ] as const)('%s', (_, Window, aggregate) => {
    fc.assert(
      fc.property(values, periods, (given, period) => {
        const window = new Window(period)
        expect(given.map(value => window.push(value) + 0)).toEqual(windowed(given, period, aggregate).map(value => value + 0))
      }),
    )
  })

  it('the value pushed `period` pushes ago', () => {
    fc.assert(
      fc.property(values, periods, (given, period) => {
        const delay = new Delay(period)
        const expected = windowed(given, period + 1, window => window[0]!)
        expect(given.map(value => delay.push(value))).toEqual(expected)
      }),
    )
  })
})

describe('mean and deviation', () => {
  const moments = (given: readonly number[], period: number): { mean: number; deviation: number }[] => {
    const window = new WindowMoments(period)
    return given.map(value => {
      window.push(value)
      return { mean: window.mean, deviation: window.deviation }
    })
  }
  const meanOf = (window: readonly number[]): number => sum(window) / window.length
  const deviationOf = (window: readonly number[]): number => {
    const mean = meanOf(window)
    return Math.sqrt(sum(window.map(value => (value - mean) ** 2)) / window.length)
  }

  it('are those of the values in the window', () => {
    fc.assert(
      fc.property(values, periods, (given, period) => {
        const found = moments(given, period)
        const [means, deviations] = [windowed(given, period, meanOf), windowed(given, period, deviationOf)]
        for (const [index, { mean, deviation }] of found.entries()) {
          expect([mean, deviation].map(Number.isNaN)).toEqual([means[index]!, deviations[index]!].map(Number.isNaN))
          expect(Math.abs(mean - means[index]!) > 1e-12).toBe(false)
          expect(Math.abs(deviation ** 2 - deviations[index]! ** 2) > 1e-10).toBe(false)
        }
      }),
    )
  })

  it('keep a spread of a cent around a level of a billion', () => {
    const given = Array.from({ length: 50 }, (_, index) => 1e9 + (index % 2) / 128)
    for (const { deviation } of moments(given, 10).slice(9)) expect(deviation).toBe(1 / 256)
  })

  it('are exact for a constant', () => {
    const given = Array.from({ length: 50 }, () => 0.1)
    expect(moments(given, 7).slice(6)).toEqual(given.slice(6).map(mean => ({ mean, deviation: 0 })))
  })
})

it('keeps no rounding error of a value that has left the window', () => {
  const given = [1e300, ...Array.from({ length: 30 }, (_, index) => index / 8)]
  const [simple, weighted, moments] = [new WindowSum(5), new WeightedWindowSum(5), new WindowMoments(5)]
  for (const [index, value] of given.entries()) {
    const last = given.slice(index - 4, index + 1)
    const found = [simple.push(value), weighted.push(value)]
    moments.push(value)
    if (index < 5) continue
    expect(found).toEqual([sum(last), sum(last.map((one, place) => (place + 1) * one))])
    expect(moments.mean).toBeCloseTo(sum(last) / 5, 12)
    expect(moments.deviation).toBeCloseTo(Math.SQRT2 / 8, 12)
  }
})
