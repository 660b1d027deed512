import { addDays, type CalendarDate, dayOfWeek, formatDate } from '../../shared/index.ts'

const SATURDAY = 6
const SUNDAY = 7

/** Emancipation Day of the District of Columbia, 16 April, as observed: on Friday or Monday if it falls on a weekend. */
const emancipationDay = (year: number): CalendarDate => {
  const day = formatDate({ year, month: 4, day: 16 })
  const weekday = dayOfWeek(day)
  return addDays(day, weekday === SATURDAY ? -1 : weekday === SUNDAY ? 1 : 0)
}

/** The day or the next one that is no Saturday, Sunday or Emancipation Day. No other legal holiday can follow 15 April or 15 October at once. */
const nextBusinessDay = (day: CalendarDate): CalendarDate => {
  const isFree = dayOfWeek(day) >= SATURDAY || day === emancipationDay(Number(day.slice(0, 4)))
  return isFree ? nextBusinessDay(addDays(day, 1)) : day
}

/** The day by which the return of a tax year is due: 15 April of the year after it. Source: IRC 6072(a), 7503. */
export const returnDueDay = (taxYear: number): CalendarDate => nextBusinessDay(formatDate({ year: taxYear + 1, month: 4, day: 15 }))

/** The day by which the return is due with the extension of six months: 15 October. Source: IRC 6081(a), 7503. */
export const extendedDueDay = (taxYear: number): CalendarDate => nextBusinessDay(formatDate({ year: taxYear + 1, month: 10, day: 15 }))

/**
 * The day by which a plan must pay out deferrals above the limit of IRC 402(g): 15 April of the year after. The regulation names the day itself,
 * so it is not moved if it falls on a weekend. Source: 26 CFR 1.402(g)-1(e)(2).
 */
export const deferralReturnDay = (taxYear: number): CalendarDate => formatDate({ year: taxYear + 1, month: 4, day: 15 })
