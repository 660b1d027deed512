import { type CalendarDate, dateOfEpochDay, daysInMonth, epochDayOf, formatDate, parseDate } from './dates.ts'
import { monthNumber, partsOfMonthNumber } from './months.ts'

/** A range of days, both ends included. */
export interface DateRange {
  readonly first: CalendarDate
  readonly last: CalendarDate
}

/** The date a whole number of days later, or earlier if negative. @throws RangeError outside the years 1 to 9999 */
export const addDays = (date: CalendarDate, days: number): CalendarDate => dateOfEpochDay(epochDayOf(date) + days)

/**
 * The same day of the month, a whole number of months later, or earlier if negative; the last day of that month if it has no such day.
 * So 31 January and one month is 28 February (29 in a leap year), and one more month is 28 March. To keep the day, always add to the first date.
 * @throws RangeError outside the years 1 to 9999
 */
export const addMonths = (date: CalendarDate, months: number): CalendarDate => {
  const { day, month, year } = parseDate(date)
  const target = partsOfMonthNumber(monthNumber(year, month) + months)
  return formatDate({ ...target, day: Math.min(day, daysInMonth(target.year, target.month)) })
}

/** The same day a whole number of years later; for 29 February, the 28th in a year that is not a leap year. @throws RangeError outside the years 1 to 9999 */
export const addYears = (date: CalendarDate, years: number): CalendarDate => addMonths(date, 12 * years)

/** Days from one date to another; negative if the second is earlier. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number => epochDayOf(to) - epochDayOf(from)

/** Years from one date to a later one: whole years up to the last anniversary, then the share of days up to the next one. */
export const yearsBetween = (from: CalendarDate, to: CalendarDate): number => {
  const years = parseDate(to).year - parseDate(from).year
  const whole = addYears(from, years) <= to ? years : years - 1
  const anniversary = addYears(from, whole)
  return whole + daysBetween(anniversary, to) / daysBetween(anniversary, addYears(from, whole + 1))
}

/** Day of the week as ISO 8601 numbers them: 1 is Monday, 7 is Sunday. */
export const dayOfWeek = (date: CalendarDate): number => {
  // 1970-01-01 was a Thursday.
  const sinceMonday = (epochDayOf(date) + 3) % 7
  return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1
}
