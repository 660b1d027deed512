import { describe, expect, test } from 'vitest'
import { epochDayOf } from '../../../../domain/shared/index.ts'
import {
  calculateRisk,
  correlation,
  datedDrawdown,
  maximumDrawdown,
  ratePerPeriod,
  type RiskMetric,
  riskMetrics,
  sharpeRatio,
  trackingError,
  valueAtRisk,
  weekdayReturns,
} from '../../../../domain/wealth/index.ts'

const numbers = (...values: number[]): Float64Array => Float64Array.from(values)

describe('maximumDrawdown', () => {
  test('has its peak, its trough and its recovery', () => {
    // 1, 1.25, 1, 0.75, 1.5: from 1.25 to 0.75 are -40 %.
    const drawdown = maximumDrawdown(numbers(0.25, -0.2, -0.25, 1))
    expect(drawdown.depth.value).toBeCloseTo(-0.4, 12)
    expect(
      datedDrawdown(
        drawdown,
        [10, 11, 12, 13].map(day => epochDayOf(`2024-01-${day}`)),
      ),
    ).toMatchObject({
      peakDate: '2024-01-10',
      troughDate: '2024-01-12',
      recoveryDate: '2024-01-13',
    })
  })

  test('from the first day on, and not recovered', () => {
    const drawdown = maximumDrawdown(numbers(-0.5, 0.5))
    expect(drawdown).toEqual({ depth: { value: -0.5 }, peakIndex: -1, troughIndex: 0, recoveryIndex: null })
    expect(datedDrawdown(drawdown, [epochDayOf('2024-01-10')]).peakDate).toBe('2024-01-09')
  })

  test('of a smaller decline that was recovered, nothing is kept', () => {
    // 0.9 recovers; then 1 falls to 0.5 and does not.
    expect(maximumDrawdown(numbers(-0.1, 1 / 9, -0.5))).toMatchObject({ troughIndex: 2, recoveryIndex: null })
  })
})

describe('calculateRisk', () => {
  test('has a description of each metric', () => {
    const { metrics } = calculateRisk({ returns: numbers(0.1, 0.2), periodsPerYear: 252, riskFree: 0, benchmark: numbers(0.1, 0.3) })
    expect(Object.keys(metrics).toSorted()).toEqual(Object.keys(riskMetrics).toSorted())
  })

  test('says why there is no figure', () => {
    const reasonsOf = (returns: Float64Array, benchmark?: Float64Array) => {
      const { metrics } = calculateRisk({ returns, benchmark, periodsPerYear: 252, riskFree: 0 })
      return Object.fromEntries(Object.entries(metrics).flatMap(([name, of]) => (of && of.value === null ? [[name, of.reason]] : [])))
    }
    const few = 'too_few_observations'
    const all = Object.fromEntries((Object.keys(riskMetrics) as RiskMetric[]).map(name => [name, few]))
    expect(reasonsOf(numbers(), numbers())).toEqual(all)
    expect(reasonsOf(numbers(0.01, 0.01, 0.01), numbers(0.02, 0.02, 0.02))).toEqual({
      sharpeRatio: 'no_variation',
      sortinoRatio: 'no_downside',
      calmarRatio: 'no_drawdown',
      beta: 'no_variation',
      alpha: 'no_variation',
      informationRatio: 'no_variation',
      correlation: 'no_variation',
      valueAtRisk: few,
      conditionalValueAtRisk: few,
    })
    expect(calculateRisk({ returns: numbers(0.1), periodsPerYear: 252, riskFree: 0 }).metrics.beta).toBeNull()
  })

  test('worked by hand', () => {
    // Mean 0.02, deviations -0.01, 0 and 0.01: standard deviation 0.01.
    expect(sharpeRatio(numbers(0.01, 0.02, 0.03), 4, 0.01).value).toBeCloseTo(2, 12)
    // Differences 0.01, -0.01 and 0: standard deviation 0.01.
    expect(trackingError(numbers(0.02, 0.01, 0.03), numbers(0.01, 0.02, 0.03), 4).value).toBeCloseTo(0.02, 12)
    expect(correlation(numbers(0.01, 0.02, 0.03), numbers(-0.02, -0.04, -0.06)).value).toBeCloseTo(-1, 12)
    // 20 returns from 0.00 to 0.19: the place 0.05 x 19 = 0.95.
    expect(valueAtRisk(Float64Array.from({ length: 20 }, (_, index) => index / 100)).value).toBeCloseTo(0.0095, 12)
    expect(ratePerPeriod(0.21, 2)).toBeCloseTo(0.1, 12)
  })
})

describe('weekdayReturns', () => {
  test('links what a weekend earned to Monday', () => {
    // 2024-01-05 was a Friday.
    const { days, returns } = weekdayReturns(numbers(0.1, 0.1, 0, 0.2), epochDayOf('2024-01-05'))
    expect([...days]).toEqual([epochDayOf('2024-01-05'), epochDayOf('2024-01-08')])
    expect(returns[0]).toBeCloseTo(0.1, 12)
    expect(returns[1]).toBeCloseTo(0.32, 12)
  })

  test('and at the end to Friday', () => {
    expect(weekdayReturns(numbers(0.1, 0.1), epochDayOf('2024-01-05')).returns[0]).toBeCloseTo(0.21, 12)
  })
})
