import { dateOfEpochDay } from '../../../shared/index.ts'
import { type DailySeries, type DayRange, isSeries, seriesIn, wholeRange } from '../daily-series.ts'
import { type CashFlow, xirr, type XirrResult } from './xirr.ts'

/**
 * The money-weighted return of a range: the internal rate of return of its value at the beginning and its external flows, which are money put in, and its
 * value at the end. Flows count at the start of their day, so the value at the end counts on the day after the last one, and the value at the beginning on the
 * first day.
 */
export const moneyWeightedReturn = (series: DailySeries, range: DayRange = wholeRange(series), minimumDays?: number): XirrResult => {
  const part = seriesIn(series, range)
  if (!isSeries(part)) return { rate: part, otherRates: [], flows: [] }
  const { externalFlow, firstDay, openingValue, value } = part
  const flows: CashFlow[] = [{ date: dateOfEpochDay(firstDay), amount: -openingValue }]
  for (let day = 0; day < externalFlow.length; day += 1)
    if (externalFlow[day] !== 0) flows.push({ date: dateOfEpochDay(firstDay + day), amount: -externalFlow[day]! })
  flows.push({ date: dateOfEpochDay(firstDay + value.length), amount: value.at(-1)! })
  return xirr(flows, minimumDays)
}
