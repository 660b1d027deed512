import { addDays, type DateRange } from './arithmetic.ts'
import { type CalendarDate, daysInMonth, formatDate, parseDate, yearOf } from './dates.ts'
import { listMonths, type Month, monthNumber, monthOfNumber, shiftMonth } from './months.ts'

/** Tax year of a date. Individuals are taxed by calendar years (IRC 441(b)(1), 441(g)). */
export const taxYearOf = (date: CalendarDate): number => yearOf(date)

/** First and last day of a tax year. @throws RangeError outside the years 1 to 9999 */
export const taxYearDays = (taxYear: number): DateRange => ({
  first: formatDate({ year: taxYear, month: 1, day: 1 }),
  last: formatDate({ year: taxYear, month: 12, day: 31 }),
})

/** The fiscal months and years of a household's budget. Calendar months and years are `{ startDay: 1, startMonth: 1 }`. */
export interface FiscalCalendar {
  /** Day on which each fiscal month begins, 1 to 31; in a shorter calendar month, its last day. */
  readonly startDay: number
  /** Fiscal month with which a fiscal year begins, 1 to 12. */
  readonly startMonth: number
}

const assertValid = ({ startDay, startMonth }: FiscalCalendar): void => {
  if (!(Number.isInteger(startDay) && startDay >= 1 && startDay <= 31)) {
    throw new RangeError(`the start day ${startDay} is not a whole number from 1 to 31`)
  }
  if (!(Number.isInteger(startMonth) && startMonth >= 1 && startMonth <= 12)) {
    throw new RangeError(`the start month ${startMonth} is not a whole number from 1 to 12`)
  }
}

/** Months from the calendar month in which a fiscal month begins to the one that names it. */
const nameShift = ({ startDay }: FiscalCalendar): number => (startDay > 15 ? 1 : 0)

const startIn = (calendarMonth: Month, { startDay }: FiscalCalendar): CalendarDate => {
  const { month, year } = parseDate(`${calendarMonth}-01`)
  return formatDate({ year, month, day: Math.min(startDay, daysInMonth(year, month)) })
}

/**
 * Fiscal month of a date. It is named after the calendar month with most of its days: the one in which it begins for a start day of up to 15,
 * the next one for a later start day. If months begin on the 25th, 2026-02 is 25 January to 24 February.
 * @throws RangeError for an invalid date or fiscal calendar
 */
export const fiscalMonthOf = (date: CalendarDate, calendar: FiscalCalendar): Month => {
  assertValid(calendar)
  const { day, month, year } = parseDate(date)
  const hasBegun = day >= Math.min(calendar.startDay, daysInMonth(year, month))
  return monthOfNumber(monthNumber(year, month) - (hasBegun ? 0 : 1) + nameShift(calendar))
}

/** First and last day of a fiscal month. @throws RangeError for an invalid month or fiscal calendar */
export const fiscalMonthDays = (fiscalMonth: Month, calendar: FiscalCalendar): DateRange => {
  assertValid(calendar)
  const begins = shiftMonth(fiscalMonth, -nameShift(calendar))
  return { first: startIn(begins, calendar), last: addDays(startIn(shiftMonth(begins, 1), calendar), -1) }
}

/**
 * Fiscal year of a date. It is named after the calendar year of its last fiscal month, like the federal government's: if years
 * begin in October, 2026 is October 2025 to September 2026.
 * @throws RangeError for an invalid date or fiscal calendar
 */
export const fiscalYearOf = (date: CalendarDate, calendar: FiscalCalendar): number => {
  const { month, year } = parseDate(`${fiscalMonthOf(date, calendar)}-01`)
  return calendar.startMonth > 1 && month >= calendar.startMonth ? year + 1 : year
}

/** The twelve fiscal months of a fiscal year. @throws RangeError for an invalid year or fiscal calendar */
export const fiscalYearMonths = (fiscalYear: number, calendar: FiscalCalendar): Month[] => {
  assertValid(calendar)
  const first = monthOfNumber(monthNumber(calendar.startMonth > 1 ? fiscalYear - 1 : fiscalYear, calendar.startMonth))
  return listMonths(first, shiftMonth(first, 11))
}

/** First and last day of a fiscal year. @throws RangeError for an invalid year or fiscal calendar */
export const fiscalYearDays = (fiscalYear: number, calendar: FiscalCalendar): DateRange => {
  const months = fiscalYearMonths(fiscalYear, calendar)
  return { first: fiscalMonthDays(months[0]!, calendar).first, last: fiscalMonthDays(months.at(-1)!, calendar).last }
}
