import { epochDay, monthNumber, partsOfEpochDay, partsOfMonthNumber } from '../../shared/index.ts'

/** The first day of the quarter that is some quarters after that of a day. */
const startOf = (day: number, quartersLater: number): number => {
  const { month, year } = partsOfEpochDay(day)
  const first = monthNumber(year, month)
  const { month: begin, year: beginYear } = partsOfMonthNumber(first - (first % 3) + 3 * quartersLater)
  return epochDay(beginYear, begin, 1)
}

/** The first day of the quarter of a day. Days since 1970-01-01. */
export const quarterStart = (day: number): number => startOf(day, 0)

/** The last day of the quarter of a day. */
export const quarterEnd = (day: number): number => startOf(day, 1) - 1

/** Days of a quarter, from the first one, both ends included. */
export interface QuarterSpan {
  readonly from: number
  readonly to: number
}

/** A span of days, divided at the ends of quarters. */
export const inQuarters = (from: number, to: number): QuarterSpan[] => {
  const spans: QuarterSpan[] = []
  for (let day = from; day <= to; day = spans.at(-1)!.to + 1) spans.push({ from: day, to: Math.min(to, quarterEnd(day)) })
  return spans
}
