import { describe, expect, test } from 'vitest'
import { visitBefore, withVisit } from '../../../web/wealth/net-worth/last-visit.ts'
import type { AccountNetWorth, KnownNetWorth } from '../../../web/wealth/net-worth/net-worth-data.ts'
import { firstDayOf } from '../../../web/wealth/net-worth/ranges.ts'
import { changeOf, largestReason, mostChanged, reasonsOf } from '../../../web/wealth/net-worth/reasons.ts'
import { chartSeries, chartTotals } from '../../../web/wealth/net-worth/series.ts'

const account = (name: string, values: readonly number[], change: Partial<AccountNetWorth> = {}): AccountNetWorth => ({
  accountId: name,
  name,
  type: 'checking',
  beginValue: values[0] ?? 0,
  endValue: values.at(-1) ?? 0,
  netFlow: 0,
  income: 0,
  fees: 0,
  priceGain: 0,
  currencyGain: 0,
  values: [...values],
  ...change,
})

describe('the first counted day of a range', () => {
  test.each([
    ['month', '2026-11-29', '2026-10-30'],
    ['month', '2026-03-31', '2026-03-01'],
    ['quarter', '2026-11-29', '2026-08-30'],
    ['thisYear', '2026-01-01', '2026-01-01'],
    ['year', '2024-02-29', '2023-03-01'],
    ['five', '2026-11-29', '2021-11-30'],
    ['all', '2026-11-29', undefined],
    ['visit', '2026-11-29', '2026-11-13'],
  ] as const)('%s up to %s is %s', (range, today, first) => {
    expect(firstDayOf(range, today, '2026-11-12')).toBe(first)
  })
})

test('the last visit is one of an earlier day, and stays for the whole day', () => {
  const first = withVisit(undefined, '2026-11-01')
  expect(first).toEqual({ last: '2026-11-01', before: null })
  expect(visitBefore(undefined, '2026-11-01')).toBeUndefined()
  expect(visitBefore(first, '2026-11-01')).toBeUndefined()
  expect(visitBefore(first, '2026-11-05')).toBe('2026-11-01')
  const second = withVisit(first, '2026-11-05')
  expect(second).toEqual({ last: '2026-11-05', before: '2026-11-01' })
  expect(withVisit(second, '2026-11-05')).toBe(second)
  expect(visitBefore(second, '2026-11-05')).toBe('2026-11-01')
  // The clock of the device was set back.
  expect(withVisit(second, '2026-11-04')).toBe(second)
})

describe('the reasons of a change', () => {
  const change = { beginValue: 100, endValue: 150.01, netFlow: 30.005, income: 10.004, fees: 0.001, priceGain: 10.004, currencyGain: 0 }

  test('sum to it, with cents of rounding in the largest', () => {
    const reasons = reasonsOf(change)
    expect(reasons).toEqual([
      { name: 'flow', amount: 30.01 },
      { name: 'income', amount: 10 },
      { name: 'prices', amount: 10 },
      { name: 'currency', amount: 0 },
      { name: 'fees', amount: 0 },
    ])
    expect(changeOf(change)).toBe(50.01)
  })

  test('contain what nothing explains', () => {
    expect(reasonsOf({ ...change, endValue: 160.01 }).at(-1)).toEqual({ name: 'rest', amount: 10 })
  })

  test('take fees away', () => {
    expect(reasonsOf({ ...change, endValue: 145.01, fees: 5 }).find(({ name }) => name === 'fees')).toEqual({ name: 'fees', amount: -5 })
  })

  test('name the largest that went the way of all together', () => {
    const fallen = { beginValue: 100, endValue: 97, netFlow: 5, income: 0, fees: 1, priceGain: -4, currencyGain: -3 }
    expect(largestReason(fallen)).toEqual({ name: 'prices', amount: -4 })
    expect(largestReason({ ...fallen, endValue: 100, fees: 0, priceGain: -2 })).toBeUndefined()
  })

  test('list the accounts that changed most, in either direction', () => {
    const accounts = [account('same', [5, 5]), account('up', [0, 7]), account('down', [0, -9]), account('little', [0, 1])]
    expect(mostChanged(accounts, 2).map(({ name }) => name)).toEqual(['down', 'up'])
    expect(mostChanged(accounts, 9)).toHaveLength(3)
  })
})

describe('the areas of the chart', () => {
  test('are the accounts that were worth something, the one with the largest value first', () => {
    const series = chartSeries([account('debt', [-5, -4]), account('zero', [0, 0]), account('sold', [9, 0]), account('much', [1, 8])])
    expect(series.map(({ accounts }) => accounts[0]?.name)).toEqual(['much', 'sold', 'debt'])
  })

  test('are eight, the last one with the accounts that were never large', () => {
    const eight = Array.from({ length: 8 }, (_, index) => account(`${index}`, [index + 1]))
    expect(chartSeries(eight).some(({ isOthers }) => isOthers)).toBe(false)
    const series = chartSeries([...eight, account('debt', [-100.1]), account('tiny', [0.2])])
    expect(series).toHaveLength(8)
    expect(series.map(({ accounts }) => accounts.length)).toEqual([1, 1, 1, 1, 1, 1, 1, 3])
    expect(series.at(-1)).toMatchObject({ isOthers: true, values: [3.2], endValue: 3.2 })
    expect(series.at(-2)?.accounts[0]?.name).toBe('debt')
  })

  test('have a line that ends with the total of the answer', () => {
    const accounts = [account('one', [0.1, 1.01]), account('other', [0.2, 2.01])]
    const total = { ...accounts[0], endValue: 3.03, assets: 3.03, debts: 0 }
    expect(chartTotals({ accounts, dates: ['2026-01-01', '2026-01-02'], total } as unknown as KnownNetWorth)).toEqual([0.3, 3.03])
  })
})
