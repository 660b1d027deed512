import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  firstDayOfMonth,
  isMonth,
  lastDayOfMonth,
  listMonths,
  monthNumber,
  monthOf,
  monthOfNumber,
  monthsBetween,
  nextMonth,
  partsOfMonthNumber,
  previousMonth,
  shiftMonth,
} from '../../../../domain/shared/index.ts'
import { middleDate, middleMonth } from './arbitraries.ts'

describe('months', () => {
  test('are written YYYY-MM', () => {
    expect(['2026-01', '0001-01', '9999-12'].filter(text => !isMonth(text))).toEqual([])
    expect(['2026-00', '2026-13', '2026-1', '2026', '2026-01-01', '0000-12', ''].filter(isMonth)).toEqual([])
    expect(() => nextMonth('2026-13')).toThrow(new RangeError('"2026-13" is not a month, like 2026-03'))
    expect(() => firstDayOfMonth('2026-3')).toThrow(RangeError)
  })

  test('follow one another across years', () => {
    expect([nextMonth('2026-12'), previousMonth('2026-01'), shiftMonth('2026-11', -23)]).toEqual(['2027-01', '2025-12', '2024-12'])
    expect(() => nextMonth('9999-12')).toThrow(RangeError)
    expect(() => previousMonth('0001-01')).toThrow(RangeError)
  })

  test('are counted and listed', () => {
    expect([monthsBetween('2025-11', '2026-02'), monthsBetween('2026-02', '2025-11')]).toEqual([3, -3])
    expect(listMonths('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
    expect([listMonths('2026-02', '2026-02'), listMonths('2026-02', '2026-01')]).toEqual([['2026-02'], []])
    expect([monthNumber(0, 1), monthNumber(2026, 3)]).toEqual([0, 24_314])
    expect([partsOfMonthNumber(24_314), partsOfMonthNumber(-1)]).toEqual([
      { year: 2026, month: 3 },
      { year: -1, month: 12 },
    ])
    expect(monthOfNumber(24_314)).toBe('2026-03')
    fc.assert(
      fc.property(middleMonth, fc.nat(999), (month, count) => {
        expect(monthsBetween(month, shiftMonth(month, count))).toBe(count)
      }),
    )
  })

  test('begin and end on their first and last day', () => {
    expect(['2024-02', '2026-02', '2026-04', '2026-12'].map(lastDayOfMonth)).toEqual([
      '2024-02-29',
      '2026-02-28',
      '2026-04-30',
      '2026-12-31',
    ])
    fc.assert(
      fc.property(middleDate, date => {
        const month = monthOf(date)
        expect(firstDayOfMonth(month) <= date && date <= lastDayOfMonth(month)).toBe(true)
        expect(addDays(lastDayOfMonth(month), 1)).toBe(firstDayOfMonth(nextMonth(month)))
      }),
    )
  })
})
