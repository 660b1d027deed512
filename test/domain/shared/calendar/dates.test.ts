import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dateOfEpochDay,
  daysInMonth,
  epochDay,
  epochDayOf,
  formatDate,
  isCalendarDate,
  isLeapYear,
  parseDate,
  partsOfEpochDay,
  yearOf,
} from '../../../../domain/shared/index.ts'
import { anyEpochDay, javascriptDate } from './arbitraries.ts'

describe('calendar dates', () => {
  test('are days of the years 1 to 9999 as YYYY-MM-DD', () => {
    const valid = ['0001-01-01', '1900-02-28', '2000-02-29', '2024-02-29', '2026-12-31', '9999-12-31']
    expect(valid.filter(text => !isCalendarDate(text))).toEqual([])
    const invalid = ['0000-01-01', '1900-02-29', '2026-02-29', '2026-04-31', '2026-00-10', '2026-13-01', '2026-01-00', '2026-01-32']
    const written = ['2026-1-1', '20260101', '2026-01-01T00:00:00Z', ' 2026-01-01', '2026-01-01\n', '-2026-01-01', '12026-01-01', '']
    expect([...invalid, ...written].filter(isCalendarDate)).toEqual([])
  })

  test('are read into year, month and day, and written from them', () => {
    expect(parseDate('0987-06-05')).toEqual({ year: 987, month: 6, day: 5 })
    expect(formatDate({ year: 987, month: 6, day: 5 })).toBe('0987-06-05')
    expect(yearOf('0987-06-05')).toBe(987)
  })

  test('are rejected with their text if they do not exist', () => {
    expect(() => parseDate('2026-02-29')).toThrow(new RangeError('"2026-02-29" is not a calendar date, like 2026-03-31'))
    expect(() => yearOf('2026')).toThrow(RangeError)
    expect(() => formatDate({ year: 2026, month: 2, day: 29 })).toThrow(RangeError)
    expect(() => formatDate({ year: 10_000, month: 1, day: 1 })).toThrow(RangeError)
  })
})

test('a leap year is divisible by 4, and by 400 if it ends a century', () => {
  const years = [1600, 1700, 1896, 1900, 1999, 2000, 2023, 2024, 2026, 2100, 2400]
  expect(years.filter(isLeapYear)).toEqual([1600, 1896, 2000, 2024, 2400])
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(month => daysInMonth(2026, month))).toEqual([
    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
  ])
  expect([daysInMonth(2024, 2), daysInMonth(2026, 0), daysInMonth(2026, 13)]).toEqual([29, 0, 0])
})

describe('days from 1970-01-01', () => {
  test.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-03-01', 11_017],
    // Modified Julian day 51,544 is 2000-01-01, and 40,587 is 1970-01-01.
    ['2000-01-01', 51_544 - 40_587],
    ['0001-01-01', -719_162],
  ])('of %s are %i', (date, day) => {
    expect(epochDayOf(date)).toBe(day)
    expect(dateOfEpochDay(day)).toBe(date)
  })

  test('agree with JavaScript’s calendar in both directions', () => {
    fc.assert(
      fc.property(anyEpochDay, day => {
        expect(dateOfEpochDay(day)).toBe(javascriptDate(day))
        expect(epochDayOf(javascriptDate(day))).toBe(day)
      }),
      { numRuns: 2000 },
    )
  })

  test('are counted beyond the ends of the calendar', () => {
    expect(partsOfEpochDay(epochDay(10_000, 1, 1))).toEqual({ year: 10_000, month: 1, day: 1 })
    expect(partsOfEpochDay(epochDay(0, 12, 31))).toEqual({ year: 0, month: 12, day: 31 })
    expect(() => dateOfEpochDay(epochDay(10_000, 1, 1))).toThrow(RangeError)
    expect(() => dateOfEpochDay(epochDay(0, 12, 31))).toThrow(RangeError)
    expect(() => dateOfEpochDay(0.5)).toThrow(RangeError)
  })
})
