import { type CalendarDate, dateOfEpochDay } from '../../../shared/index.ts'
import { type DailySeries, type DayRange, isSeries, NOTHING, seriesIn, wholeRange } from '../daily-series.ts'
import { type Outcome, outcomeOf, type Unknown } from '../outcome.ts'
import { annualReturn } from './annual.ts'
import { type DayReturns, dayReturns, type OutflowTime } from './day-returns.ts'

/** Days between two external flows. Its return is (endValue + flowAtEnd) / (beginValue + flow) - 1. */
export interface SubPeriod {
  /** The first and the last counted day. */
  readonly from: CalendarDate
  readonly to: CalendarDate
  /** At the end of the day before `from`. */
  readonly beginValue: number
  /** At the start of `from`; negative if money left. */
  readonly flow: number
  /** Money that left at the end of `to`, above zero: `endValue` is what remained. */
  readonly flowAtEnd: number
  readonly endValue: number
  /** 0 if there was no capital. */
  readonly return: number
}

export interface TimeWeighted {
  readonly total: Outcome
  /** Per year, for 365 days or more. */
  readonly annual: Outcome
  /** Empty if the return is not known. */
  readonly subPeriods: readonly SubPeriod[]
  readonly days: number
  /** Days without any capital, before the first flow or after all was taken out. Each counts as a return of zero. */
  readonly idleDays: number
  /** The first day on which everything was lost, if there is one. */
  readonly totalLossOn: CalendarDate | null
}

/**
 * The time-weighted return: the returns of the periods between external flows, linked, so that when money came or left does not matter. An estimate.
 *
 * A loss of everything is a return of -100 %. It stays so for every range that contains the day, as linked returns do, although new money can come later;
 * `totalLossOn` names the day, and a range that begins after it has a return of its own.
 */
export const timeWeightedReturn = (
  series: DailySeries,
  range: DayRange = wholeRange(series),
  outflows: OutflowTime = 'start',
): TimeWeighted => {
  const days = range.to - range.from + 1
  const part = seriesIn(series, range)
  if (!isSeries(part)) return undefinedReturn(part, days)
  const daily = dayReturns(part, outflows)
  if (!('returns' in daily)) return undefinedReturn(daily, days)
  const subPeriods = subPeriodsOf(part, daily)
  let growth = 1
  for (const period of subPeriods) growth *= 1 + period.return
  const lost = daily.returns.indexOf(-1)
  const total = outcomeOf(growth - 1)
  return {
    total,
    annual: annualReturn(total, days),
    subPeriods,
    days,
    idleDays: daily.idleDays,
    totalLossOn: lost < 0 ? null : dateOfEpochDay(part.firstDay + lost),
  }
}

const undefinedReturn = (total: Unknown, days: number): TimeWeighted => ({
  total,
  annual: total,
  subPeriods: [],
  days,
  idleDays: 0,
  totalLossOn: null,
})

const subPeriodsOf = (series: DailySeries, { capital, startFlow }: DayReturns): SubPeriod[] => {
  const { externalFlow, firstDay, value } = series
  const periods: SubPeriod[] = []
  let start = 0
  for (let day = 0; day < value.length; day += 1) {
    const flowAtEnd = startFlow[day]! - externalFlow[day]!
    const isLast = day === value.length - 1 || flowAtEnd !== 0 || startFlow[day + 1] !== 0
    if (!isLast) continue
    const beginValue = start === 0 ? series.openingValue : value[start - 1]!
    const began = capital[start]!
    const ended = value[day]! + flowAtEnd
    periods.push({
      from: dateOfEpochDay(firstDay + start),
      to: dateOfEpochDay(firstDay + day),
      beginValue,
      flow: startFlow[start]!,
      flowAtEnd,
      endValue: value[day]!,
      return: began === 0 ? 0 : Math.abs(ended) < NOTHING ? -1 : ended / began - 1,
    })
    start = day + 1
  }
  return periods
}
