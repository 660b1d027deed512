import { addDays, type CalendarDate, dayOfWeek, firstDayOfMonth, monthOf, parseDate, shiftMonth } from '../shared/index.ts'

export const trendIntervals = ['day', 'week', 'month', 'quarter', 'year'] as const
export type TrendInterval = (typeof trendIntervals)[number]

const monthsOf = { month: 1, quarter: 3, year: 12 } as const

/** The last day of the period in which a date lies. A week ends on Sunday. */
const periodEnd = (date: CalendarDate, interval: TrendInterval): CalendarDate => {
  if (interval === 'day') return date
  if (interval === 'week') return addDays(date, 7 - dayOfWeek(date))
  const months = monthsOf[interval]
  const { month } = parseDate(date)
  const lastMonth = shiftMonth(monthOf(date), months - 1 - ((month - 1) % months))
  return addDays(firstDayOfMonth(shiftMonth(lastMonth, 1)), -1)
}

/**
 * The days of a trend: the last day of each period, and `to` itself.
 * @param limit how many days there may be
 * @returns undefined if there are more
 */
export const trendDates = (from: CalendarDate, to: CalendarDate, interval: TrendInterval, limit: number): CalendarDate[] | undefined => {
  const dates: CalendarDate[] = []
  for (let date = periodEnd(from, interval); date < to; date = periodEnd(addDays(date, 1), interval)) {
    dates.push(date)
    if (dates.length === limit) return undefined
  }
  if (from <= to) dates.push(to)
  return dates
}
