import { type CalendarDate, dateOfEpochDay } from '../../../shared/index.ts'
import { type Outcome, unknown } from '../outcome.ts'

export interface Drawdown {
  /** The greatest decline from an earlier high, as a fraction: 0 or negative. */
  readonly depth: Outcome
  /** Places among the returns; the peak is -1 if it was before the first return. Null if there was no decline. */
  readonly peakIndex: number | null
  readonly troughIndex: number | null
  /** Null while the value has not come back to the peak. */
  readonly recoveryIndex: number | null
}

const NO_DRAWDOWN: Drawdown = { depth: { value: 0 }, peakIndex: null, troughIndex: null, recoveryIndex: null }

/** The greatest decline of the growth of one unit. What it was before the first return counts as a high; missing returns change nothing. */
export const maximumDrawdown = (returns: Float64Array): Drawdown => {
  if (returns.every(value => Number.isNaN(value))) return { ...NO_DRAWDOWN, depth: unknown('too_few_observations') }
  let growth = 1
  let high = 1
  let highIndex = -1
  let worst = NO_DRAWDOWN
  let depth = 0
  let worstHigh = 1
  for (let index = 0; index < returns.length; index += 1) {
    const value = returns[index]!
    if (Number.isNaN(value)) continue
    growth *= 1 + value
    if (!Number.isFinite(growth)) return { ...NO_DRAWDOWN, depth: unknown('not_finite') }
    if (worst.troughIndex !== null && worst.recoveryIndex === null && growth >= worstHigh) worst = { ...worst, recoveryIndex: index }
    if (growth >= high) {
      high = growth
      highIndex = index
    }
    const decline = growth / high - 1
    if (decline >= depth) continue
    depth = decline
    worstHigh = high
    worst = { depth: { value: decline }, peakIndex: highIndex, troughIndex: index, recoveryIndex: null }
  }
  return worst
}

export interface DatedDrawdown {
  readonly depth: Outcome
  readonly peakDate: CalendarDate | null
  readonly troughDate: CalendarDate | null
  readonly recoveryDate: CalendarDate | null
}

/** Writes a drawdown with dates. @param days the day of each return, as days since 1970-01-01 */
export const datedDrawdown = (drawdown: Drawdown, days: ArrayLike<number>): DatedDrawdown => {
  const dateAt = (index: number | null): CalendarDate | null =>
    index === null ? null : dateOfEpochDay(index < 0 ? days[0]! - 1 : days[index]!)
  return {
    depth: drawdown.depth,
    peakDate: dateAt(drawdown.peakIndex),
    troughDate: dateAt(drawdown.troughIndex),
    recoveryDate: dateAt(drawdown.recoveryIndex),
  }
}
