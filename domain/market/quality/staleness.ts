import type { Timeframe } from '../bars/index.ts'

const usualDays = 5
const daysOfBar: Partial<Record<Timeframe, number>> = { '1w': 5, '1mo': 23 }

/**
 * Trading days that may pass after the exchange's day of a series' newest bar before the series counts as stale: five, plus the days that a bar
 * of a week or a month covers, since its date is its first day.
 */
export const staleAfterDays = (timeframe: Timeframe): number => usualDays + (daysOfBar[timeframe] ?? 0)
