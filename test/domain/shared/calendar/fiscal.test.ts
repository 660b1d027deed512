import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  daysBetween,
  fiscalMonthDays,
  fiscalMonthOf,
  fiscalYearDays,
  fiscalYearMonths,
  fiscalYearOf,
  monthOf,
  nextMonth,
  taxYearDays,
  taxYearOf,
  yearOf,
} from '../../../../domain/shared/index.ts'
import { middleDate } from './arbitraries.ts'

const anyCalendar = fc.record({ startDay: fc.integer({ min: 1, max: 31 }), startMonth: fc.integer({ min: 1, max: 12 }) })
const calendarYears = { startDay: 1, startMonth: 1 }

test('a tax year is a calendar year', () => {
  expect([taxYearOf('2026-01-01'), taxYearOf('2026-12-31')]).toEqual([2026, 2026])
  expect(taxYearDays(2026)).toEqual({ first: '2026-01-01', last: '2026-12-31' })
})

describe('fiscal months', () => {
  test.each([
    [25, '2026-02', '2026-01-25', '2026-02-24'],
    [25, '2026-01', '2025-12-25', '2026-01-24'],
    [16, '2026-02', '2026-01-16', '2026-02-15'],
    [15, '2026-02', '2026-02-15', '2026-03-14'],
    [2, '2026-12', '2026-12-02', '2027-01-01'],
    [31, '2026-03', '2026-02-28', '2026-03-30'],
    [30, '2024-03', '2024-02-29', '2024-03-29'],
  ])('beginning on day %i: %s is %s to %s', (startDay, month, first, last) => {
    const calendar = { startDay, startMonth: 1 }
    expect(fiscalMonthDays(month, calendar)).toEqual({ first, last })
    expect([first, last].map(date => fiscalMonthOf(date, calendar))).toEqual([month, month])
    expect(fiscalMonthOf(addDays(last, 1), calendar)).toBe(nextMonth(month))
  })

  test('cover every day once, and have most of their days in the month that names them', () => {
    fc.assert(
      fc.property(middleDate, anyCalendar, (date, calendar) => {
        const month = fiscalMonthOf(date, calendar)
        const { first, last } = fiscalMonthDays(month, calendar)
        expect(first <= date && date <= last).toBe(true)
        expect(fiscalMonthDays(nextMonth(month), calendar).first).toBe(addDays(last, 1))
        const days = Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index))
        expect(days.filter(day => monthOf(day) === month).length).toBeGreaterThanOrEqual(14)
        expect(days.length).toBeGreaterThanOrEqual(28)
      }),
    )
  })
})

describe('fiscal years', () => {
  test('are named after the calendar year of their last fiscal month', () => {
    const federal = { startDay: 1, startMonth: 10 }
    expect(fiscalYearDays(2026, federal)).toEqual({ first: '2025-10-01', last: '2026-09-30' })
    expect(['2025-09-30', '2025-10-01', '2026-09-30', '2026-10-01'].map(date => fiscalYearOf(date, federal))).toEqual([
      2025, 2026, 2026, 2027,
    ])
    // The tax year of the United Kingdom.
    expect(fiscalYearDays(2026, { startDay: 6, startMonth: 4 })).toEqual({ first: '2025-04-06', last: '2026-04-05' })
    expect(fiscalYearDays(2026, { startDay: 25, startMonth: 1 })).toEqual({ first: '2025-12-25', last: '2026-12-24' })
  })

  test('are calendar years if they begin on 1 January', () => {
    expect(fiscalYearDays(2026, calendarYears)).toEqual(taxYearDays(2026))
    fc.assert(
      fc.property(middleDate, date => {
        expect(fiscalYearOf(date, calendarYears)).toBe(yearOf(date))
      }),
    )
    expect(fiscalYearMonths(2026, { startDay: 25, startMonth: 12 })).toEqual([
      '2025-12',
      ...['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11'].map(month => `2026-${month}`),
    ])
  })

  test('cover every day once, in twelve months', () => {
    fc.assert(
      fc.property(middleDate, anyCalendar, (date, calendar) => {
        const year = fiscalYearOf(date, calendar)
        const { first, last } = fiscalYearDays(year, calendar)
        expect(first <= date && date <= last).toBe(true)
        expect(fiscalYearDays(year + 1, calendar).first).toBe(addDays(last, 1))
        expect(fiscalYearMonths(year, calendar)).toHaveLength(12)
        expect(fiscalYearMonths(year, calendar)).toContain(fiscalMonthOf(date, calendar))
      }),
    )
  })

  test.each([
    [{ startDay: 0, startMonth: 1 }, 'the start day 0'],
    [{ startDay: 32, startMonth: 1 }, 'the start day 32'],
    [{ startDay: 1.5, startMonth: 1 }, 'the start day 1.5'],
    [{ startDay: 1, startMonth: 0 }, 'the start month 0'],
    [{ startDay: 1, startMonth: 13 }, 'the start month 13'],
  ])('are rejected for %o', (calendar, message) => {
    expect(() => fiscalMonthOf('2026-01-01', calendar)).toThrow(message)
    expect(() => fiscalMonthDays('2026-01', calendar)).toThrow(message)
    expect(() => fiscalYearMonths(2026, calendar)).toThrow(message)
  })
})
