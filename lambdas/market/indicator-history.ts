import type { Transaction } from '../../db/database.ts'
import { type BarRange, microsecondsOf } from '../../db/queries/market/bars.ts'
import { type BarColumns, readColumnBlocks } from '../../db/queries/market/columns.ts'
import { type AdjustmentSegment, type Timeframe, timeframeSeconds } from '../../domain/market/index.ts'
import { always } from './always.ts'
import type { WantedIndicator } from './schemas/indicators.ts'

/** Allows for hours without trading: with sessions of four hours on five days per week, one bar per this many bar lengths at worst. */
const calendarSlack = 9
const longestHolidayMs = 15 * 86_400_000

interface Request {
  readonly range: BarRange
  readonly timeframe: Timeframe
  readonly wanted: readonly WantedIndicator[]
  readonly segments: readonly AdjustmentSegment[]
  /** Number of bars of the range whose values are wanted. */
  readonly count: number
}

export interface IndicatorPage {
  readonly times: string[]
  /** By wanted indicator and output: one value per time. */
  readonly values: Record<string, number[]>[]
  /** Time of the next bar of the range, if there is one. */
  readonly next: string | undefined
}

/** The computation of the wanted indicators, which keeps their state from one block of bars to the next. */
const startIndicators = (wanted: readonly WantedIndicator[]) => {
  const running = wanted.map(({ indicator, parameters }) => ({ advance: indicator.start(parameters), outputs: indicator.outputs }))
  return (columns: BarColumns): Record<string, Float64Array>[] =>
    running.map(({ advance, outputs }) => {
      const values = Object.fromEntries(outputs.map(output => [output, new Float64Array(columns.times.length)]))
      advance({ ...columns }, values, 0, columns.times.length)
      return values
    })
}

/** Reads from a moment before the range on. Returns undefined if fewer than `needed` bars precede the range. */
const readFrom = async (transaction: Transaction, request: Request, from: string, needed: number): Promise<IndicatorPage | undefined> => {
  const { count, range, segments, wanted } = request
  const compute = startIndicators(wanted)
  const page = { times: [] as string[], values: wanted.map(({ indicator }) => emptyOutputs(indicator.outputs)) }
  const start = microsecondsOf(range.from)
  let before = 0
  for await (const columns of readColumnBlocks(transaction, { ...range, from }, segments)) {
    const last = columns.times.at(-1)
    const isEarlier = last === undefined || microsecondsOf(last) < start
    const offset = isEarlier ? columns.times.length : columns.times.findIndex(time => microsecondsOf(time) >= start)
    before += offset
    if (offset < columns.times.length && before < needed) return undefined
    const end = Math.min(columns.times.length, offset + count - page.times.length)
    for (const [index, outputs] of compute(columns).entries())
      for (const [output, values] of Object.entries(outputs)) page.values[index]![output]!.push(...values.subarray(offset, end))
    page.times.push(...columns.times.slice(offset, end))
    const next = columns.times[end]
    if (next !== undefined) return { ...page, next }
  }
  return { ...page, next: undefined }
}

const emptyOutputs = (outputs: readonly string[]): Record<string, number[]> => Object.fromEntries(outputs.map(output => [output, []]))

/**
 * Values of indicators at the first bars of a range. Earlier bars are read too: as many as the longest window, or the whole series in blocks where
 * an indicator depends on all earlier bars. So the values do not depend on the start of the range.
 */
export const readIndicators = async (transaction: Transaction, request: Request): Promise<IndicatorPage> => {
  const { range, timeframe, wanted } = request
  const whole = async () => (await readFrom(transaction, request, always.from, 0))!
  if (wanted.some(({ indicator }) => indicator.memory !== 'window')) return whole()
  const window = Math.max(...wanted.flatMap(({ indicator, parameters }) => Object.values(indicator.warmUp(parameters))))
  const reachMs = window * timeframeSeconds(timeframe) * 1000 * calendarSlack + longestHolidayMs
  const from = new Date(Math.max(Date.parse(range.from) - reachMs, Date.parse(always.from))).toISOString()
  return (await readFrom(transaction, request, from, window)) ?? whole()
}
