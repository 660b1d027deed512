import type { Person } from './spec.ts'

interface CalendarDate {
  year: number
  month: number
  day: number
}

/** @param text YYYY-MM-DD */
export function calendarDate(text: string): CalendarDate {
  const [year, month, day] = text.split('-').map(Number)
  return { year: year!, month: month!, day: day! }
}

/** Whole months from one date to another; a month is complete on its day of the month. */
export function monthsBetween(from: CalendarDate, to: CalendarDate): number {
  return (to.year - from.year) * 12 + (to.month - from.month) - (to.day < from.day ? 1 : 0)
}

/** Ages of one person. Plan year t begins t years after the as-of date, and is taxed as calendar year t after that of the as-of date. */
export interface PersonTimeline {
  birth: CalendarDate
  /** Completed months of age on the as-of date. */
  openingAgeMonths: number
  /** Completed years of age on the first day of plan year 0. */
  openingAge: number
  /** Age reached by the end of the calendar year that plan year 0 is taxed as: what tax law asks for. */
  openingTaxAge: number
  /** First plan year without work; 0 if retired already. */
  retirementYear: number
}

export function personTimeline(person: Person, asOfDate: string): PersonTimeline {
  const asOf = calendarDate(asOfDate)
  const birth = calendarDate(person.birthDate)
  const openingAgeMonths = monthsBetween(birth, asOf)
  const openingAge = Math.floor(openingAgeMonths / 12)
  return {
    birth,
    openingAgeMonths,
    openingAge,
    openingTaxAge: asOf.year - birth.year,
    retirementYear: Math.max(0, person.retirementAge - openingAge),
  }
}
