import { type CalendarDate, dateOfEpochDay } from '../../../shared/index.ts'
import { type DailySeries, type DayRange, isSeries, NOTHING, seriesIn, wholeRange } from '../daily-series.ts'
import { type Outcome, outcomeOf, type Unknown, unknown } from '../outcome.ts'
import { annualReturn } from './annual.ts'

export interface WeightedFlow {
  readonly date: CalendarDate
  readonly amount: number
  /** The share of the period that the money was invested: from the start of its day, 0 to 1. */
  readonly weight: number
}

export interface ModifiedDietz {
  readonly total: Outcome
  readonly annual: Outcome
  readonly beginValue: number | null
  readonly endValue: number | null
  /** endValue - beginValue - flows. */
  readonly gain: number | null
  /** beginValue + flows, each by its weight. The return is the gain over it. */
  readonly averageCapital: number | null
  readonly flows: readonly WeightedFlow[]
}

/** The return by the Modified Dietz method: the gain over the average capital, in which each external flow has the share of the period that it was invested. An estimate. */
export const modifiedDietz = (series: DailySeries, range: DayRange = wholeRange(series)): ModifiedDietz => {
  const part = seriesIn(series, range)
  if (!isSeries(part)) return undefinedReturn(part)
  const { externalFlow, firstDay, openingValue, value } = part
  const days = value.length
  const flows: WeightedFlow[] = []
  let averageCapital = openingValue
  let gain = value[days - 1]! - openingValue
  for (let day = 0; day < days; day += 1) {
    const amount = externalFlow[day]!
    if (amount === 0) continue
    const weight = (days - day) / days
    flows.push({ date: dateOfEpochDay(firstDay + day), amount, weight })
    averageCapital += weight * amount
    gain -= amount
  }
  const isIdle = Math.abs(averageCapital) < NOTHING && Math.abs(gain) < NOTHING
  const total = averageCapital >= NOTHING ? outcomeOf(gain / averageCapital) : unknown(isIdle ? 'no_capital' : 'capital_not_positive')
  return { total, annual: annualReturn(total, days), beginValue: openingValue, endValue: value[days - 1]!, gain, averageCapital, flows }
}

const undefinedReturn = (total: Unknown): ModifiedDietz => ({
  total,
  annual: total,
  beginValue: null,
  endValue: null,
  gain: null,
  averageCapital: null,
  flows: [],
})
