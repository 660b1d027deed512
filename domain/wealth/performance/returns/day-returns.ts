import { type DailySeries, NOTHING } from '../daily-series.ts'
import { type Unknown, unknown } from '../outcome.ts'

/** When money that leaves counts: at the start of its day, as money that comes does, or at its end. */
export type OutflowTime = 'start' | 'end'

/** What each day of a series earned on what it began with. */
export interface DayReturns {
  /** Capital of each day: the value of the evening before with the flows at the start of the day; 0 on a day without capital. */
  readonly capital: Float64Array
  /** The part of each day's flow that counts at the start of the day; the rest counts at its end. */
  readonly startFlow: Float64Array
  readonly returns: Float64Array
  /** Days without any capital: they count as a return of zero. */
  readonly idleDays: number
}

const isNothing = (amount: number): boolean => Math.abs(amount) < NOTHING

/**
 * The return of each day. Flows count at the start of their day. Only on a day at whose end nothing is left, money that leaves counts at the end of the
 * day: at its start, more or less than all would have been taken.
 * @returns the reason with its day, if there was a value or a gain without positive capital, or a loss above the capital
 */
export const dayReturns = (series: DailySeries, outflows: OutflowTime = 'start'): DayReturns | Unknown => {
  const { externalFlow, firstDay, value } = series
  const days = value.length
  const capital = new Float64Array(days)
  const startFlow = new Float64Array(days)
  const returns = new Float64Array(days)
  let idleDays = 0
  let before = series.openingValue
  for (let day = 0; day < days; day += 1) {
    const end = value[day]!
    const flow = externalFlow[day]!
    const isAtEnd = flow < 0 && (outflows === 'end' || (isNothing(end) && before >= NOTHING))
    const atStart = isAtEnd ? 0 : flow
    const began = before + atStart
    const ended = end - (flow - atStart)
    startFlow[day] = atStart
    if (isNothing(began) && isNothing(ended)) idleDays += 1
    else if (began < NOTHING) return unknown('capital_not_positive', firstDay + day)
    else if (ended <= -NOTHING) return unknown('loss_above_capital', firstDay + day)
    else {
      capital[day] = began
      returns[day] = isNothing(ended) ? -1 : ended / began - 1
    }
    before = end
  }
  return { capital, startFlow, returns, idleDays }
}
