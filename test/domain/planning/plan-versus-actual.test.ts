import { describe, expect, test } from 'vitest'
import { planVersusActual } from '../../../domain/planning/index.ts'
import { DomainError } from '../../../domain/shared/index.ts'

const expected = {
  percentiles: [0.1, 0.5, 0.9],
  nominal: [
    [100, 90, 80],
    [100, 110, 120],
    [100, 140, 180],
  ],
}

describe('plan versus actual', () => {
  test('is measured on the given day, linear between the plan’s years', () => {
    const report = planVersusActual(expected, '2026-01-01', '2027-07-03', 125)
    expect(report.elapsedYears).toBeCloseTo(1.5, 2)
    expect(report.expected.map(({ balance }) => Math.round(balance))).toEqual([85, 115, 160])
    expect(report.aboveMedian).toBeCloseTo(10, 1)
    expect(report.rank).toBeCloseTo(0.5 + (0.4 * 10) / 45, 2)
  })

  test('gives a balance beyond all percentiles the rank of the outermost one, and is 0 from the median on the median', () => {
    expect(planVersusActual(expected, '2026-01-01', '2027-01-01', 0).rank).toBe(0.1)
    expect(planVersusActual(expected, '2026-01-01', '2027-01-01', 1000).rank).toBe(0.9)
    expect(
      planVersusActual({ ...expected, nominal: expected.nominal.map(band => [...band]) }, '2026-01-01', '2026-01-01', 100).aboveMedian,
    ).toBe(0)
  })

  test.each(['2025-12-31', '2028-02-01'])('refuses %s, a day outside the run’s years', date => {
    expect(() => planVersusActual(expected, '2026-01-01', date, 100)).toThrow(DomainError)
  })

  test.each([
    ['2026-01-01', '2026-01-01', 0],
    ['2026-01-01', '2027-01-01', 1],
    ['2027-05-31', '2028-05-31', 1],
    ['2026-01-01', '2028-01-01', 2],
    ['2024-02-29', '2025-02-28', 1],
    ['2024-02-28', '2024-03-01', 2 / 366],
    ['2023-02-28', '2023-03-01', 1 / 365],
    ['1999-12-31', '2000-12-30', 365 / 366],
  ])('counts from %s to %s %f years, a whole one at each anniversary', (from, to, years) => {
    expect(planVersusActual(expected, from, to, 100).elapsedYears).toBe(years)
  })

  test('expects exactly the balances of a year end on an anniversary', () => {
    const { expected: found } = planVersusActual(expected, '2026-01-01', '2027-01-01', 100)
    expect(found.map(({ balance }) => balance)).toEqual([90, 110, 140])
  })
})
