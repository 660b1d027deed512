import { addYears, type CalendarDate } from '../../domain/shared/index.ts'
import { trendDates, type TrendInterval } from '../../domain/wealth/index.ts'
import { fieldProblem } from '../runtime/problem.ts'

const longestTrend = 1_200

interface TrendQuery {
  readonly from?: CalendarDate | undefined
  readonly to?: CalendarDate | undefined
  readonly interval: TrendInterval
}

/**
 * The days of a trend. Throws a 400 for too many days and for an end before the begin.
 * @param today in the household
 */
export const datesOf = ({ from, interval, to }: TrendQuery, today: CalendarDate): CalendarDate[] => {
  const last = to === undefined || to > today ? today : to
  const first = from ?? addYears(last, -1)
  if (from !== undefined && to !== undefined && from > to)
    throw fieldProblem('invalid-request', [{ path: 'query.from', message: 'must not be after `to`' }])
  const dates = trendDates(first, last, interval, longestTrend)
  if (!dates)
    throw fieldProblem('invalid-request', [
      { path: 'query.interval', message: `would give more than ${longestTrend} balances: take a longer interval or fewer years` },
    ])
  return dates
}
