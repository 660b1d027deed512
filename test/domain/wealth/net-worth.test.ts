import { describe, expect, test } from 'vitest'
import { dateOfEpochDay, epochDayOf } from '../../../domain/shared/index.ts'
import { chartDays, inQuarters, joinGaps, quarterEnd, quarterStart, sumAccounts } from '../../../domain/wealth/net-worth/index.ts'
import { account, closes, event, historyOf } from './performance/ledgers.ts'

const datesOf = (spans: readonly { readonly from: number; readonly to: number }[]) =>
  spans.map(({ from, to }) => `${dateOfEpochDay(from)} ${dateOfEpochDay(to)}`)

describe('quarters', () => {
  test.each([
    ['2024-01-01', '2024-01-01', '2024-03-31'],
    ['2024-03-31', '2024-01-01', '2024-03-31'],
    ['2023-12-31', '2023-10-01', '2023-12-31'],
    ['2024-05-15', '2024-04-01', '2024-06-30'],
    ['1969-02-03', '1969-01-01', '1969-03-31'],
  ])('the quarter of %s is from %s to %s', (date, first, last) => {
    const day = epochDayOf(date)
    expect([dateOfEpochDay(quarterStart(day)), dateOfEpochDay(quarterEnd(day))]).toEqual([first, last])
  })

  test('days are divided at the ends of quarters', () => {
    expect(datesOf(inQuarters(epochDayOf('2023-12-30'), epochDayOf('2024-04-02')))).toEqual([
      '2023-12-30 2023-12-31',
      '2024-01-01 2024-03-31',
      '2024-04-01 2024-04-02',
    ])
    expect(inQuarters(10, 9)).toEqual([])
  })
})

describe('the days of a chart', () => {
  test('are all of them as long as they are few', () => {
    expect(chartDays(3, 6)).toEqual([3, 4, 5, 6])
  })

  test('have the same distance, and the first and the last one are among them', () => {
    const days = chartDays(0, 1001)
    expect(days.length).toBeLessThanOrEqual(402)
    expect([days[0], days[1], days.at(-1)]).toEqual([0, 2, 1001])
    expect(new Set(days.slice(2).map((day, place) => day - days[place + 1]!))).toEqual(new Set([3]))
    expect(chartDays(5, 5)).toEqual([5])
  })
})

describe('gaps of a continued history', () => {
  const gap = (from: string, to: string, symbol: string | null = 'X') => ({ accountId: 'one', symbol, from, to })
  const day = epochDayOf('2024-03-31')

  test('are one over the day at which it was continued', () => {
    const joined = joinGaps([gap('2024-03-01', '2024-04-10')], day, [gap('2024-04-01', '2024-04-20')])
    expect(joined).toEqual([gap('2024-03-01', '2024-04-20')])
  })

  test('that begin after it are those of the new history', () => {
    const before = [gap('2024-01-01', '2024-01-05'), gap('2024-04-03', '2024-04-09')]
    expect(joinGaps(before, day, [gap('2024-04-01', '2024-04-02', null)])).toEqual([
      gap('2024-04-01', '2024-04-02', null),
      gap('2024-01-01', '2024-01-05'),
    ])
  })
})

test('the holdings of an account are added up, and what is on the way is apart', () => {
  const history = historyOf(
    '2024-01-02',
    '2024-01-05',
    [
      event('2024-01-02', 'contribution', { amount: 1000 }),
      event('2024-01-02', 'buy', { symbol: 'X', quantity: 10, amount: -500 }),
      event('2024-01-03', 'transfer_out', { amount: -100, transferAccountId: 'two' }),
      event('2024-01-05', 'transfer_in', { accountId: 'two', amount: 100 }),
    ],
    { accounts: [account('one'), account('two')], prices: { X: closes('USD', { '2024-01-02': 50, '2024-01-04': 60 }) } },
  )
  const sums = new Map(sumAccounts(history, new Map()).map(own => [own.accountId, own]))
  expect([...sums.get('one')!.value]).toEqual([1000, 900, 1000, 1000])
  expect([...sums.get('one')!.priceGain]).toEqual([0, 0, 100, 0])
  expect([...sums.get('one')!.flow]).toEqual([1000, -100, 0, 0])
  expect([...sums.get('two')!.value]).toEqual([0, 0, 0, 100])
  expect([...sums.get(null)!.value]).toEqual([0, 100, 100, 0])
})

describe('an account that was closed', () => {
  const history = historyOf('2024-01-02', '2024-01-05', [
    event('2024-01-02', 'contribution', { amount: 1000 }),
    event('2024-01-04', 'interest', { amount: 5 }),
  ])
  const closedOn = (date: string) => sumAccounts(history, new Map([['one', epochDayOf(date)]]))[0]!

  test('is worth nothing from the next day on, and what was left leaves then', () => {
    const { flow, income, value } = closedOn('2024-01-03')
    expect([...value]).toEqual([1000, 1000, 0, 0])
    expect([...flow]).toEqual([1000, 0, -1000, 0])
    expect([...income]).toEqual([0, 0, 0, 0])
    expect([...closedOn('2024-01-05').value]).toEqual([1000, 1000, 1005, 1005])
  })

  test('is worth nothing in a history that begins later', () => {
    const later = historyOf('2024-01-04', '2024-01-05', [event('2024-01-02', 'contribution', { amount: 1000 })])
    const sums = (date: string) => sumAccounts(later, new Map([['one', epochDayOf(date)]]))[0]!
    expect([[...sums('2024-01-03').value], [...sums('2024-01-03').flow]]).toEqual([
      [0, 0],
      [-1000, 0],
    ])
    expect([[...sums('2024-01-02').value], [...sums('2024-01-02').flow]]).toEqual([
      [0, 0],
      [0, 0],
    ])
  })
})
