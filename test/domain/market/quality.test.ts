import { describe, expect, it } from 'vitest'
import { findOutliers, findSplitFaults, findUnitFaults } from '../../../domain/market/index.ts'

/** A price that moves by up to two percent per day. */
const walk = (length: number) => Float64Array.from({ length }, (_, index) => 100 * (1 + 0.02 * Math.sin(index * 1.7)))
const changed = (values: Float64Array, change: (value: number, index: number) => number) => values.map(change)

describe('outliers', () => {
  it('are not found in usual, few or constant prices', () => {
    expect(findOutliers(walk(250))).toEqual([])
    expect(findOutliers(Float64Array.of(1, 100, 1))).toEqual([])
    expect(findOutliers(new Float64Array(100).fill(10))).toEqual([])
  })

  it('are prices that are wrong for a day, reported once, and falls that stay', () => {
    const wrong = changed(walk(250), (value, index) => (index === 100 ? value * 10 : value))
    expect(findOutliers(wrong)).toEqual([{ index: 100, change: expect.closeTo(9, 0), reverts: true }])
    const fall = changed(walk(250), (value, index) => (index >= 100 ? value * 0.5 : value))
    expect(findOutliers(fall)).toEqual([{ index: 100, change: expect.closeTo(-0.5, 1), reverts: false }])
  })

  it('are found even if there are many', () => {
    const many = changed(walk(250), (value, index) => (index % 25 === 12 ? value * 3 : value))
    expect(findOutliers(many).map(({ index }) => index)).toEqual([12, 37, 62, 87, 112, 137, 162, 187, 212, 237])
  })
})

describe('splits', () => {
  const columns = (prices: Float64Array) => ({ open: prices, close: prices, session: prices.map((_, index) => 20_000 + index) })
  const split = (numerator: number, denominator: number, at = 50) =>
    columns(changed(walk(100), (value, index) => (index >= at ? (value * denominator) / numerator : value)))

  it.each([
    [2, 1],
    [4, 1],
    [20, 1],
    [3, 2],
    [1, 10],
  ])('of %d for %d are found if they are not recorded', (numerator, denominator) => {
    expect(findSplitFaults(split(numerator, denominator), [])).toEqual([{ kind: 'unadjusted_split', index: 50, numerator, denominator }])
    expect(findSplitFaults(split(numerator, denominator), [{ day: 20_050, numerator, denominator }])).toEqual([])
  })

  it('are found if they are recorded and prices were already adjusted', () => {
    expect(findSplitFaults(columns(walk(100)), [{ day: 20_050, numerator: 4, denominator: 1 }])).toEqual([
      { kind: 'split_without_jump', index: 50, numerator: 4, denominator: 1 },
    ])
  })

  it('are not found in a crash, nor in a jump within a day', () => {
    expect(findSplitFaults(split(100, 55), [])).toEqual([])
    const { close, open, session } = split(2, 1)
    expect(findSplitFaults({ open, close, session: session.map(day => Math.floor(day / 60)) }, [])).toEqual([])
  })
})

describe('prices in another unit', () => {
  const pence = (from: number, until: number, factor: number) => {
    const prices = changed(walk(100), (value, index) => (index >= from && index < until ? value * factor : value))
    return { open: prices, close: prices, session: prices.map((_, index) => 20_000 + index) }
  }

  it.each([
    [50, 51, 100],
    [50, 60, 100],
    [50, 60, 0.01],
  ] as const)('are found from bar %d to bar %d by a factor of %d and back', (index, end, factor) => {
    expect(findUnitFaults(pence(index, end, factor))).toEqual([{ index, end, factor }])
  })

  it('are found within a session, twice', () => {
    const { close, open } = pence(10, 12, 100)
    const twice = (prices: Float64Array) => prices.map((price, index) => (index === 70 ? price / 100 : price))
    expect(findUnitFaults({ open: twice(open), close: twice(close) })).toEqual([
      { index: 10, end: 12, factor: 100 },
      { index: 70, end: 71, factor: 0.01 },
    ])
  })

  it('are not found in a split of 100 for 1', () => {
    expect(findUnitFaults(pence(50, 100, 0.01))).toEqual([])
    expect(findSplitFaults(pence(50, 100, 0.01), [])).toEqual([{ kind: 'unadjusted_split', index: 50, numerator: 100, denominator: 1 }])
  })
})
