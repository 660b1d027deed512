import {
  type CalendarDate,
  type DateParts,
  dateOfEpochDay,
  daysInMonth,
  epochDay,
  epochDayOf,
  parseDate,
  partsOfEpochDay,
} from './dates.ts'
import { monthNumber, partsOfMonthNumber } from './months.ts'

/*
 * Two rules decide the day on which an age is reached. In everyday life it is the birthday. In American federal law it is one day earlier:
 * a year of life ends on the day before the birthday (20 CFR 404.2(c) for Social Security, 26 CFR 1.151-1(c)(2) for deductions at 65).
 * The functions named "attained" follow the second rule.
 *
 * A month of life is complete on the day of the month of birth, or on the first day of the next month if a month has no such day.
 * So a person born on 29 February has a birthday on 1 March in a year that is not a leap year, and attains the age on 28 February.
 */

const completedMonths = (from: DateParts, to: DateParts): number =>
  monthNumber(to.year, to.month) - monthNumber(from.year, from.month) - (to.day < from.day ? 1 : 0)

/** Completed months of life on a date; negative before the birth. Divided by 12, the quotient and remainder are the age in years and months. */
export const ageInMonths = (birthDate: CalendarDate, date: CalendarDate): number => completedMonths(parseDate(birthDate), parseDate(date))

/** Completed years of life on a date: the age at the last birthday; negative before the birth. */
export const ageInYears = (birthDate: CalendarDate, date: CalendarDate): number => Math.floor(ageInMonths(birthDate, date) / 12)

/** Months of age attained by the end of a date, if an age is attained on the day before the birthday. */
export const attainedAgeInMonths = (birthDate: CalendarDate, date: CalendarDate): number =>
  completedMonths(parseDate(birthDate), partsOfEpochDay(epochDayOf(date) + 1))

/** Years of age attained by the end of a date, if an age is attained on the day before the birthday. */
export const attainedAgeInYears = (birthDate: CalendarDate, date: CalendarDate): number =>
  Math.floor(attainedAgeInMonths(birthDate, date) / 12)

/**
 * The day on which an age is attained, which is the day before the birthday: born on 1964-05-01, a person attains 62 on 2026-04-30.
 * @param months in addition to the years: 59 years and 6 months are (59, 6)
 * @throws RangeError outside the years 1 to 9999
 */
export const dayAgeIsAttained = (birthDate: CalendarDate, years: number, months = 0): CalendarDate => {
  const birth = parseDate(birthDate)
  const { month, year } = partsOfMonthNumber(monthNumber(birth.year, birth.month) + 12 * years + months)
  return dateOfEpochDay(epochDay(year, month, 1) + Math.min(birth.day - 1, daysInMonth(year, month)) - 1)
}

/**
 * Year and month of birth as Social Security counts them: those of the day before the birth. An age counted from there in whole months is
 * attained in the resulting month. Source: 20 CFR 404.2(c).
 */
export const attainedBirthMonth = (birthDate: CalendarDate): { readonly year: number; readonly month: number } => {
  const { month, year } = partsOfEpochDay(epochDayOf(birthDate) - 1)
  return { year, month }
}
