const DAY_MILLISECONDS = 86_400_000

/** The first day of the quarter of a day. Days since 1970-01-01. */
export const quarterStart = (day: number): number => {
  const date = new Date(day * DAY_MILLISECONDS)
  return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3, 1) / DAY_MILLISECONDS
}

/** The last day of the quarter of a day. */
export const quarterEnd = (day: number): number => {
  const date = new Date(day * DAY_MILLISECONDS)
  return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3 + 3, 1) / DAY_MILLISECONDS - 1
}

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
