import { type Unknown, unknown } from './outcome.ts'

/**
 * Values and what changed them, day by day, in one currency: floating-point estimates for statistics. Element `i` is of the day `firstDay + i`.
 * On each day: value - value of the day before - externalFlow = priceGain + currencyGain + income - fees.
 */
export interface DailySeries {
  /** Days since 1970-01-01. */
  readonly firstDay: number
  /** Value at the end of the day before the first one. */
  readonly openingValue: number
  /** At the end of each day. */
  readonly value: Float64Array
  /** Money and securities that came from outside, negative if they left. */
  readonly externalFlow: Float64Array
  readonly income: Float64Array
  readonly fees: Float64Array
  readonly priceGain: Float64Array
  readonly currencyGain: Float64Array
}

/** Counted days, both ends included: the range begins with the value at the end of the day before `from`. Days since 1970-01-01. */
export interface DayRange {
  readonly from: number
  readonly to: number
}

/** An amount below this, in units of a currency, is rounding. */
export const NOTHING = 1e-6

/** All days of a series. */
export const wholeRange = ({ firstDay, value }: DailySeries): DayRange => ({ from: firstDay, to: firstDay + value.length - 1 })

/** The days of a range alone, without a copy of the numbers. */
export const seriesIn = (series: DailySeries, { from, to }: DayRange): DailySeries | Unknown => {
  const start = from - series.firstDay
  const end = to - series.firstDay + 1
  if (start < 0 || start >= end || end > series.value.length) return unknown('range_outside_history')
  const part = (numbers: Float64Array): Float64Array => numbers.subarray(start, end)
  return {
    firstDay: from,
    openingValue: start === 0 ? series.openingValue : series.value[start - 1]!,
    value: part(series.value),
    externalFlow: part(series.externalFlow),
    income: part(series.income),
    fees: part(series.fees),
    priceGain: part(series.priceGain),
    currencyGain: part(series.currencyGain),
  }
}

/** Whether a range was found in a history. */
export const isSeries = (series: DailySeries | Unknown): series is DailySeries => 'firstDay' in series
