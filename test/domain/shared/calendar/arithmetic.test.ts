import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, addYears, dayOfWeek, daysBetween, daysInMonth, parseDate } from '../../../../domain/shared/index.ts'
import { anyDate, middleDate } from './arbitraries.ts'

const count = fc.integer({ min: -1500, max: 1500 })

describe('days', () => {
  test('are added across months, years and leap days', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
    expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366)
    expect(daysBetween('2026-03-15', '2026-03-01')).toBe(-14)
  })

  test('count back to the number that was added', () => {
    fc.assert(
      fc.property(middleDate, count, (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days)
      }),
    )
  })

  test('cannot leave the years 1 to 9999', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError)
    expect(() => addDays('0001-01-01', -1)).toThrow(RangeError)
    expect(() => addDays('2026-01-01', 0.5)).toThrow(RangeError)
  })
})

describe('months and years', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-05-31', 1, '2026-06-30'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-01-15', 23, '2027-12-15'],
  ])('%s and %i months is %s', (date, months, expected) => expect(addMonths(date, months)).toBe(expected))

  test('keep the day, or use the last day of a shorter month', () => {
    fc.assert(
      fc.property(middleDate, count, (date, months) => {
        const [from, to] = [parseDate(date), parseDate(addMonths(date, months))]
        expect(to.year * 12 + to.month - (from.year * 12 + from.month)).toBe(months)
        expect(to.day).toBe(Math.min(from.day, daysInMonth(to.year, to.month)))
      }),
    )
  })

  test('a year from 29 February is 28 February, and four years are 29 February again', () => {
    expect([1, 4, -1].map(years => addYears('2024-02-29', years))).toEqual(['2025-02-28', '2028-02-29', '2023-02-28'])
    expect(addYears('2026-03-15', 10)).toBe('2036-03-15')
    expect(() => addYears('2026-03-15', 8000)).toThrow(RangeError)
  })
})

test('days of the week count from Monday, 1, to Sunday, 7', () => {
  expect(['1970-01-01', '1969-12-28', '2026-11-23', '2024-02-29', '1582-10-15', '0001-01-01'].map(dayOfWeek)).toEqual([4, 7, 1, 4, 5, 1])
  fc.assert(
    fc.property(anyDate, date => {
      expect(dayOfWeek(date) % 7).toBe(new Date(date).getUTCDay())
    }),
  )
})
