import { addDays, addYears, type CalendarDate, epochDayOf, formatDate, yearOf } from '../../shared/index.ts'
import type { DayRange } from './daily-series.ts'
import { type Unknown, unknown } from './outcome.ts'

/** Ranges that returns are usually given for. */
export const periodNames = ['year_to_date', 'one_year', 'three_years', 'five_years', 'since_inception'] as const
export type PeriodName = (typeof periodNames)[number]

export interface Period {
  /** The range begins at the end of this day: its value is the value at the beginning. */
  readonly baseDate: CalendarDate
  /** The first and the last counted day. */
  readonly from: CalendarDate
  readonly to: CalendarDate
  /** The counted days as days since 1970-01-01. */
  readonly days: DayRange
}

const years = { one_year: 1, three_years: 3, five_years: 5 } as const

/** The end of the day from which a period counts. 29 February has its anniversary on the 28th. */
const baseOf = (name: PeriodName, firstDate: CalendarDate, today: CalendarDate): CalendarDate => {
  if (name === 'since_inception') return addDays(firstDate, -1)
  if (name === 'year_to_date') return formatDate({ year: yearOf(today) - 1, month: 12, day: 31 })
  return addYears(today, -years[name])
}

/**
 * The usual ranges up to today: `year_to_date` counts from 1 January, those of years from the day after the same date years ago, `since_inception` from the
 * first day of the history. A range is not given if the history begins after its first counted day, or after today.
 * @param today the date of the household
 */
export const performancePeriods = (firstDate: CalendarDate, today: CalendarDate): Record<PeriodName, Period | Unknown> => {
  const periodOf = (name: PeriodName): Period | Unknown => {
    const baseDate = baseOf(name, firstDate, today)
    const from = addDays(baseDate, 1)
    if (from < firstDate || from > today) return unknown('history_too_short')
    return { baseDate, from, to: today, days: { from: epochDayOf(from), to: epochDayOf(today) } }
  }
  return {
    year_to_date: periodOf('year_to_date'),
    one_year: periodOf('one_year'),
    three_years: periodOf('three_years'),
    five_years: periodOf('five_years'),
    since_inception: periodOf('since_inception'),
  }
}
