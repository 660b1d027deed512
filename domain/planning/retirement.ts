import { ageInYears, type CalendarDate, epochDay, parseDate } from '../shared/index.ts'

/** The end of a person's work, in plan years: plan year t begins t years after the as-of date. */
export interface Retirement {
  /** First plan year without work; 0 if retired already. */
  readonly year: number
  /** Worked share of the plan year before it, by days: above 0, and 1 if work ends with that year. */
  readonly finalShare: number
}

/** Day number of the same day, a number of years later. 29 February is 1 March in a year that is not a leap year, as for ages. */
const dayAfterYears = (date: CalendarDate, years: number): number => {
  const { day, month, year } = parseDate(date)
  return epochDay(year + years, month, day)
}

/** Work ends on the birthday of the retirement age, which is usually within a plan year. */
export const retirementOf = (birthDate: CalendarDate, retirementAge: number, asOfDate: CalendarDate): Retirement => {
  const year = retirementAge - ageInYears(birthDate, asOfDate)
  if (year <= 0) return { year: 0, finalShare: 1 }
  const from = dayAfterYears(asOfDate, year - 1)
  const worked = dayAfterYears(birthDate, retirementAge) - from
  // Born on 1 March, as of 29 February: both days are 1 March in a year that is not a leap year.
  if (worked === 0) return { year: year - 1, finalShare: 1 }
  return { year, finalShare: worked / (dayAfterYears(asOfDate, year) - from) }
}
