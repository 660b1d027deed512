import type { Transaction } from '../../db/database.ts'
import type { BarRange } from '../../db/queries/market/bars.ts'
import { type BarColumns, readColumns } from '../../db/queries/market/columns.ts'
import { type AdjustmentSegment, type Timeframe, timeframeSeconds } from '../../domain/market/index.ts'
import { invalidValue } from '../runtime/problem.ts'
import { always } from './always.ts'
import type { WantedIndicator } from './schemas/indicators.ts'

/** Largest number of bars that a function can hold and compute while its caller waits. */
const longestHistory = 250_000

/** Allows for hours without trading: with sessions of four hours on five days per week, one bar per this many bar lengths at worst. */
const calendarSlack = 9
const longestHolidayMs = 15 * 86_400_000

export interface History {
  readonly columns: BarColumns
  /** Index in the columns at which the requested range begins. */
  readonly offset: number
}

/**
 * The bars of a range, preceded by the bars that the indicators look back on: as many as their longest window, or the whole series
 * where an indicator depends on all earlier bars. Throws 422 when there are too many.
 */
export const readHistory = async (
  transaction: Transaction,
  request: {
    readonly range: BarRange
    readonly timeframe: Timeframe
    readonly wanted: readonly WantedIndicator[]
    readonly segments: readonly AdjustmentSegment[]
  },
): Promise<History> => {
  const { range, segments, timeframe, wanted } = request
  const read = async (from: string): Promise<History> => {
    const columns = await readColumns(transaction, { ...range, from }, longestHistory + 1, segments)
    if (columns.times.length > longestHistory)
      throw invalidValue('query.from', `needs more than ${longestHistory} bars: use a shorter range or a longer timeframe`)
    const offset = columns.times.findIndex(time => Date.parse(time) >= Date.parse(range.from))
    return { columns, offset: offset === -1 ? columns.times.length : offset }
  }
  const windows = wanted.map(({ indicator, parameters }) => Math.max(...Object.values(indicator.warmUp(parameters))))
  if (wanted.some(({ indicator }) => indicator.memory !== 'window')) return read(always.from)
  const reachMs = Math.max(...windows) * timeframeSeconds(timeframe) * 1000 * calendarSlack + longestHolidayMs
  const from = new Date(Math.max(Date.parse(range.from) - reachMs, Date.parse(always.from))).toISOString()
  const history = await read(from)
  return history.offset >= Math.max(...windows) ? history : read(always.from)
}
