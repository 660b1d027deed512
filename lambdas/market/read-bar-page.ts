import type { Transaction } from '../../db/database.ts'
import {
  type BarPage,
  type BarRange,
  type BarRow,
  readBars,
  readBarsOfMany,
  readResampledBars,
  roomForBars,
} from '../../db/queries/market/bars.ts'
import { type AdjustmentSegment, canResample, readResampledLength, type Timeframe } from '../../domain/market/index.ts'
import { invalidValue } from '../runtime/problem.ts'
import { always } from './always.ts'
import { answerLimitBytes } from '../runtime/answer-size.ts'
import { type Adjustment, findAdjustment, requireSeries } from './lookups.ts'
import { readPlace, writePlace } from './place-cursor.ts'
export interface BarQuery extends Adjustment {
  readonly symbols: readonly string[]
  readonly timeframe: Timeframe
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly resample?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

type Reader = (transaction: Transaction, range: BarRange, limit: number, segments: AdjustmentSegment[]) => Promise<BarPage<BarRow>>

const readerOf = (from: Timeframe, resample: string | undefined): Reader => {
  if (resample === undefined) return (transaction, range, limit, segments) => readBars(transaction, range, from, limit, segments)
  const to = readResampledLength(resample)
  if (!canResample(from, to)) {
    throw invalidValue('query.resample', `cannot resample ${from} to ${resample}`)
  }
  return (transaction, range, limit, segments) => readResampledBars(transaction, range, { from, to }, limit, segments)
}

/** How many symbols are read at once: for raw bars, as many as fit on the page. */
const groupSize = (query: BarQuery, range: Pick<BarRange, 'from' | 'until'>, room: number): number =>
  query.resample === undefined && query.adjustment === 'none' ? Math.max(1, Math.floor(room / roomForBars(range, query.timeframe))) : 1

export interface ShownPage<Item> {
  readonly items: Item[]
  readonly nextCursor: string | null
}

/**
 * A page of the requested bars, each in the form that `show` makes: as many as the limit, or fewer when the answer would become too large.
 * `weigh` returns the size of an item in the answer in bytes. Throws 404 and 422.
 */
export const readBarPage = async <Item>(
  transaction: Transaction,
  query: BarQuery,
  show: (symbol: string, row: BarRow) => Item,
  weigh: (item: Item) => number,
): Promise<ShownPage<Item>> => {
  const { cursor, limit, symbols, timeframe } = query
  const read = readerOf(timeframe, query.resample)
  const series = await requireSeries(transaction, symbols, timeframe)
  const place = readPlace(cursor, symbols)
  const asked = { from: query.from ?? always.from, until: query.until ?? always.until }
  const items: Item[] = []
  let bytes = 0
  const answer = (next?: { readonly symbol: string; readonly position: string }): ShownPage<Item> => ({
    items,
    nextCursor: next ? writePlace(next) : null,
  })
  /** Adds rows while there is room. Returns the place of the first row without room. */
  const add = (rows: Iterable<readonly [string, BarRow]>) => {
    for (const [symbol, row] of rows) {
      const item = show(symbol, row)
      bytes += weigh(item)
      if (items.length === limit || (bytes > answerLimitBytes && items.length > 0)) return { symbol, position: row.firstTime ?? row.time }
      items.push(item)
    }
    return undefined
  }
  for (let index = place ? series.findIndex(one => one.symbol === place.symbol) : 0; index < series.length; ) {
    const { id, symbol } = series[index]!
    const range = { ...asked, from: place?.symbol === symbol ? place.position : asked.from }
    const room = limit - items.length
    if (room === 0) return answer({ symbol, position: range.from })
    const group = place?.symbol === symbol ? [] : series.slice(index, index + groupSize(query, range, room))
    if (group.length > 1) {
      const symbolOf = new Map(group.map(one => [one.id, one.symbol]))
      const rows = await readBarsOfMany(transaction, { ...range, seriesIds: [...symbolOf.keys()] }, room + 1)
      const full = add(rows.map(row => [symbolOf.get(row.seriesId)!, row]))
      if (full) return answer(full)
      index += group.length
      continue
    }
    const { next, rows } = await read(transaction, { ...range, seriesId: id }, room, await findAdjustment(transaction, id, query))
    const full = add(rows.map(row => [symbol, row]))
    if (full) return answer(full)
    if (next !== undefined) return answer({ symbol, position: next })
    index += 1
  }
  return answer()
}
