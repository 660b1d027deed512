import { type CalendarDate, daysInMonth, formatDate, isCalendarDate, parseDate } from './dates.ts'

/** A month of the Gregorian calendar as `YYYY-MM`, from 0001-01 to 9999-12. Such texts sort by time. */
export type Month = string

/** Months from January of the year 0 to a month (1 to 12) of a year: 12 x year + (month - 1). */
export const monthNumber = (year: number, month: number): number => 12 * year + month - 1

/** Whether a text is a month of the calendar. */
export const isMonth = (text: string): boolean => isCalendarDate(`${text}-01`)

const numberOf = (month: Month): number => {
  if (!isMonth(month)) throw new RangeError(`"${month}" is not a month, like 2026-03`)
  const first = parseDate(`${month}-01`)
  return monthNumber(first.year, first.month)
}

/** Year and month (1 to 12) of a month number. */
export const partsOfMonthNumber = (number: number): { readonly year: number; readonly month: number } => {
  const year = Math.floor(number / 12)
  return { year, month: number - 12 * year + 1 }
}

/** The month of a month number. @throws RangeError for a number that is not whole, and outside the years 1 to 9999 */
export const monthOfNumber = (number: number): Month => formatDate({ ...partsOfMonthNumber(number), day: 1 }).slice(0, 7)

/** The month of a date. @throws RangeError for a text that is not a calendar date */
export const monthOf = (date: CalendarDate): Month => {
  const { month, year } = parseDate(date)
  return monthOfNumber(monthNumber(year, month))
}

/** The month a whole number of months later, or earlier if negative. @throws RangeError outside the years 1 to 9999 */
export const shiftMonth = (month: Month, months: number): Month => monthOfNumber(numberOf(month) + months)

/** The month after. @throws RangeError after 9999-12 */
export const nextMonth = (month: Month): Month => shiftMonth(month, 1)

/** The month before. @throws RangeError before 0001-01 */
export const previousMonth = (month: Month): Month => shiftMonth(month, -1)

/** Number of months from the first to the second; negative if the second is earlier. */
export const monthsBetween = (from: Month, to: Month): number => numberOf(to) - numberOf(from)

/** All months from the first to the last, both included, in order; none if the last is earlier. */
export const listMonths = (first: Month, last: Month): Month[] =>
  Array.from({ length: Math.max(0, monthsBetween(first, last) + 1) }, (_, index) => shiftMonth(first, index))

export const firstDayOfMonth = (month: Month): CalendarDate => {
  numberOf(month)
  return `${month}-01`
}

export const lastDayOfMonth = (month: Month): CalendarDate => {
  const { year, month: place } = parseDate(firstDayOfMonth(month))
  return formatDate({ year, month: place, day: daysInMonth(year, place) })
}
