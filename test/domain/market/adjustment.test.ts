import { describe, expect, it } from 'vitest'
import { adjustmentSegments } from '../../../domain/market/index.ts'

describe('adjustment segments', () => {
  it('without events are a single one that changes no price', () => {
    expect(adjustmentSegments([], [])).toEqual([{ from: null, until: null, numerator: 1n, denominator: 1n, dividendFactor: '1' }])
  })

  it('multiply the ratios of all later splits, as integers', () => {
    const splits = [
      { exDate: '2014-06-09', numerator: 7, denominator: 1 },
      { exDate: '2020-08-31', numerator: 4, denominator: 1 },
      { exDate: '2023-01-03', numerator: 1, denominator: 3 },
    ]
    expect(adjustmentSegments(splits, [])).toEqual([
      { from: null, until: '2014-06-09', numerator: 28n, denominator: 3n, dividendFactor: '1' },
      { from: '2014-06-09', until: '2020-08-31', numerator: 4n, denominator: 3n, dividendFactor: '1' },
      { from: '2020-08-31', until: '2023-01-03', numerator: 1n, denominator: 3n, dividendFactor: '1' },
      { from: '2023-01-03', until: null, numerator: 1n, denominator: 1n, dividendFactor: '1' },
    ])
  })

  it('multiply 1 - amount / close before for all later dividends; dividends of one day are added up', () => {
    const dividends = [
      { exDate: '2026-03-20', amount: '0.5', closeBefore: '50', closeDay: '2026-03-19' },
      { exDate: '2026-06-20', amount: '1', closeBefore: '80', closeDay: '2026-06-19' },
      { exDate: '2026-06-20', amount: '1', closeBefore: '80', closeDay: '2026-06-19' },
    ]
    const factors = adjustmentSegments([], dividends).map(segment => Number(segment.dividendFactor))
    expect(factors).toEqual([0.96525, 0.975, 1])
  })

  it('combine a split and a dividend of one day', () => {
    const [before] = adjustmentSegments(
      [{ exDate: '2026-06-20', numerator: 2, denominator: 1 }],
      [{ exDate: '2026-06-20', amount: '1', closeBefore: '100', closeDay: '2026-06-19' }],
    )
    expect(before).toMatchObject({ numerator: 2n, denominator: 1n, until: '2026-06-20' })
    expect(Number(before!.dividendFactor)).toBe(0.99)
  })

  it('count a split between the close and the dividend', () => {
    const splits = [{ exDate: '2026-06-10', numerator: 2, denominator: 1 }]
    const factorOf = (closeDay: string) =>
      Number(adjustmentSegments(splits, [{ exDate: '2026-06-20', amount: '1', closeBefore: '100', closeDay }])[0]!.dividendFactor)
    expect(factorOf('2026-05-31')).toBe(0.98)
    expect(factorOf('2026-06-10')).toBe(0.99)
  })

  it.each([null, '1', '0.5'])('do not change prices for a dividend of 1 after a close of %s', closeBefore => {
    expect(
      Number(adjustmentSegments([], [{ exDate: '2026-06-20', amount: '1', closeBefore, closeDay: '2026-06-19' }])[0]!.dividendFactor),
    ).toBe(1)
  })
})
