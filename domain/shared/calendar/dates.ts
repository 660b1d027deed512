/**
 * A day of the Gregorian calendar as `YYYY-MM-DD`, from 0001-01-01 to 9999-12-31: the dates that ISO 8601, PostgreSQL and JSON Schema write
 * alike. It has no timezone and no clock. Such texts sort by time.
 */
export type CalendarDate = string

export interface DateParts {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  /** 1 to 31. */
  readonly day: number
}

const FIRST_YEAR = 1
const LAST_YEAR = 9999
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const DAYS_OF_400_YEARS = 146_097
/** Days from 0000-03-01 to 1970-01-01. */
const EPOCH_FROM_MARCH_0000 = 719_468

const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/

/** Whether a year of the Gregorian calendar has 366 days. */
export const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** Days of a month (1 to 12) of a year; 0 if there is no such month. */
export const daysInMonth = (year: number, month: number): number => (month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0))

const readDate = (text: string): DateParts | undefined => {
  const match = datePattern.exec(text)
  if (!match) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return year >= FIRST_YEAR && day >= 1 && day <= daysInMonth(year, month) ? { year, month, day } : undefined
}

/** Whether a text is a calendar date. */
export const isCalendarDate = (text: string): boolean => readDate(text) !== undefined

/** @throws RangeError for a text that is not a calendar date */
export const parseDate = (text: CalendarDate): DateParts => {
  const parts = readDate(text)
  if (!parts) throw new RangeError(`"${text}" is not a calendar date, like 2026-03-31`)
  return parts
}

/** @throws RangeError outside the years 1 to 9999, and for a month or day that the calendar does not have */
export const formatDate = ({ day, month, year }: DateParts): CalendarDate => {
  const text = [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
  if (!isCalendarDate(text)) throw new RangeError(`${text} is outside the calendar of the years ${FIRST_YEAR} to ${LAST_YEAR}`)
  return text
}

/** @throws RangeError for a text that is not a calendar date */
export const yearOf = (date: CalendarDate): number => parseDate(date).year

/**
 * Days from 1970-01-01, which is day 0, to a day of the Gregorian calendar; negative before it. Nothing is checked: a day past the end of
 * its month continues in the next. Years are counted from March, so that the leap day is the last day of its year.
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2021), days_from_civil.
 */
export const epochDay = (year: number, month: number, day: number): number => {
  const marchYear = month > 2 ? year : year - 1
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_OF_400_YEARS + dayOfEra - EPOCH_FROM_MARCH_0000
}

/** Days from 1970-01-01 to a date. @throws RangeError for a text that is not a calendar date */
export const epochDayOf = (date: CalendarDate): number => {
  const { day, month, year } = parseDate(date)
  return epochDay(year, month, day)
}

/**
 * Year, month and day of a whole number of days from 1970-01-01, of any year.
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2021), civil_from_days.
 */
export const partsOfEpochDay = (epochDay: number): DateParts => {
  const fromMarch0000 = epochDay + EPOCH_FROM_MARCH_0000
  const era = Math.floor(fromMarch0000 / DAYS_OF_400_YEARS)
  const dayOfEra = fromMarch0000 - era * DAYS_OF_400_YEARS
  const leapDays = Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra + leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  return { year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day }
}

/** The date a number of days from 1970-01-01. @throws RangeError for a number that is not whole, and outside the years 1 to 9999 */
export const dateOfEpochDay = (epochDay: number): CalendarDate => formatDate(partsOfEpochDay(epochDay))
