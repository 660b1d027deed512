import { type DailySeries, type DayRange, isSeries, NOTHING, seriesIn, wholeRange } from '../daily-series.ts'
import { type Outcome, outcomeOf, unknown } from '../outcome.ts'

export interface SimpleReturn {
  readonly total: Outcome
  /** The parts, null if the range lies outside of the history. */
  readonly parts: {
    readonly beginValue: number
    /** Sum of what came from outside. */
    readonly inflows: number
    /** Sum of what left, above zero. */
    readonly outflows: number
    readonly endValue: number
    /** endValue + outflows - beginValue - inflows. */
    readonly gain: number
    /** beginValue + inflows. The return is the gain over it. */
    readonly capital: number
  } | null
}

/** The simple return: the gain over all that was put in, whenever it came. An estimate. */
export const simpleReturn = (series: DailySeries, range: DayRange = wholeRange(series)): SimpleReturn => {
  const part = seriesIn(series, range)
  if (!isSeries(part)) return { total: part, parts: null }
  const beginValue = part.openingValue
  const endValue = part.value.at(-1)!
  let inflows = 0
  let outflows = 0
  for (const flow of part.externalFlow) {
    if (flow > 0) inflows += flow
    else outflows -= flow
  }
  const gain = endValue + outflows - beginValue - inflows
  const capital = beginValue + inflows
  const isIdle = Math.abs(capital) < NOTHING && Math.abs(gain) < NOTHING
  const total = capital >= NOTHING ? outcomeOf(gain / capital) : unknown(isIdle ? 'no_capital' : 'capital_not_positive')
  return { total, parts: { beginValue, inflows, outflows, endValue, gain, capital } }
}
