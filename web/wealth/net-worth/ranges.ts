import { dayAfter, monthsBefore } from '../today.ts'

export const rangeNames = ['visit', 'month', 'quarter', 'thisYear', 'year', 'five', 'all'] as const
export type RangeName = (typeof rangeNames)[number]

const months = { month: 1, quarter: 3, year: 12, five: 60 } as const

/**
 * The first counted day of a range that ends today: its change begins with the value of the evening before. Undefined for all days.
 * @param visit the day of the last visit, for the range since then
 */
export const firstDayOf = (range: RangeName, today: string, visit: string | undefined): string | undefined => {
  if (range === 'all') return undefined
  if (range === 'thisYear') return `${today.slice(0, 4)}-01-01`
  if (range === 'visit') return visit === undefined ? undefined : dayAfter(visit)
  return dayAfter(monthsBefore(today, months[range]))
}
