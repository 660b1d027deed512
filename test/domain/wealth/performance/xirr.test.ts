import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateOfEpochDay } from '../../../../domain/shared/index.ts'
import { type CashFlow, performanceReasons, xirr } from '../../../../domain/wealth/index.ts'

const flows = (...all: readonly (readonly [string, number])[]): CashFlow[] => all.map(([date, amount]) => ({ date, amount }))
const reasonOf = ({ rate }: ReturnType<typeof xirr>) => (rate.value === null ? rate.reason : rate.value)

describe('xirr', () => {
  test('10 % in 365 days is 10 % a year, in any order and with several flows a day', () => {
    const expected = 0.1
    expect(xirr(flows(['2023-01-01', -100], ['2024-01-01', 110])).rate.value).toBeCloseTo(expected, 12)
    expect(xirr(flows(['2024-01-01', 60], ['2023-01-01', -100], ['2024-01-01', 50])).rate.value).toBeCloseTo(expected, 12)
  })

  test('the scale of the flows does not matter', () => {
    for (const scale of [1e-9, 1e12])
      expect(xirr(flows(['2023-01-01', -scale], ['2024-01-01', 1.1 * scale])).rate.value).toBeCloseTo(0.1, 10)
  })

  test('what has no meaningful rate says why', () => {
    expect(reasonOf(xirr([]))).toBe('no_flows')
    expect(reasonOf(xirr(flows(['2023-01-01', 0])))).toBe('no_flows')
    expect(reasonOf(xirr(flows(['2023-01-01', -100], ['2024-01-01', -5])))).toBe('flows_of_one_sign')
    // In and out on the same day is no flow.
    expect(reasonOf(xirr(flows(['2023-01-01', -100], ['2023-01-01', 100], ['2024-01-01', 5])))).toBe('flows_of_one_sign')
    expect(reasonOf(xirr(flows(['2023-01-01', -100], ['2023-01-05', 110])))).toBe('period_too_short')
    expect(xirr(flows(['2023-01-01', -100], ['2023-01-31', 101])).rate.value).toBeGreaterThan(0)
    // (1 + r)^2 - (1 + r) + 1 has no real root.
    expect(reasonOf(xirr(flows(['2021-01-01', 1], ['2022-01-01', -1], ['2023-01-01', 1])))).toBe('no_rate_of_return')
    // A total loss but for a millionth of a millionth of a millionth.
    expect(reasonOf(xirr(flows(['2021-01-01', -1], ['2022-01-01', 1e-18])))).toBe('rate_out_of_range')
  })

  test('several rates are all said: 10 % and 20 %', () => {
    // -100 (1 + r)^2 + 230 (1 + r) - 132 = 0 for 1 + r = 1.1 and 1.2. The present value rises at 1.1 and falls at 1.2.
    const result = xirr(flows(['2021-01-01', -100], ['2022-01-01', 230], ['2023-01-01', -132]))
    expect(result.rate.value).toBeCloseTo(0.2, 10)
    expect(result.otherRates).toHaveLength(1)
    expect(result.otherRates[0]).toBeCloseTo(0.1, 10)
  })

  test('a rate makes the present value zero, or there is a reason; never anything else', () => {
    const flow = fc.record({ day: fc.integer({ min: 15_000, max: 19_000 }), amount: fc.double({ min: -1e6, max: 1e6, noNaN: true }) })
    fc.assert(
      fc.property(fc.array(flow, { maxLength: 20 }), all => {
        const { flows: used, otherRates, rate } = xirr(all.map(({ amount, day }) => ({ date: dateOfEpochDay(day), amount })))
        if (rate.value === null) {
          expect(Object.keys(performanceReasons)).toContain(rate.reason)
          return
        }
        for (const value of [rate.value, ...otherRates]) {
          expect(value).toBeGreaterThan(-1)
          const first = Date.parse(used[0]!.date)
          const years = used.map(({ date }) => (Date.parse(date) - first) / 86_400_000 / 365)
          const terms = used.map(({ amount }, index) => amount * (1 + value) ** -years[index]!)
          const size = terms.reduce((sum, term) => sum + Math.abs(term), 0)
          expect(Math.abs(terms.reduce((sum, term) => sum + term, 0))).toBeLessThanOrEqual(1e-7 * size)
        }
      }),
      { numRuns: 300 },
    )
  })
})
