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
import { type AdjustmentSegment, canResample, type Timeframe } from '../../domain/market/index.ts'
import { Problem } from '../runtime/problem.ts'
import { ok, serve } from '../runtime/serve.ts'
import { always } from './always.ts'
import { findAdjustment, requireSeries } from './lookups.ts'
import { readPlace, writePlace } from './place-cursor.ts'
import { presentBar } from './present.ts'
import { marketRoutes } from './routes.ts'

type Moments = Pick<BarRange, 'from' | 'until'>
type Reader = (transaction: Transaction, range: BarRange, limit: number, segments: AdjustmentSegment[]) => Promise<BarPage<BarRow>>

const readerOf = (from: Timeframe, to: Timeframe | undefined): Reader => {
  if (to === undefined) return (transaction, range, limit, segments) => readBars(transaction, range, from, limit, segments)
  if (!canResample(from, to)) {
    throw new Problem(422, `Bars of ${from} make no bars of ${to}.`, {
      errors: [{ path: 'query.resample', message: `not made of ${from}` }],
    })
  }
  return (transaction, range, limit, segments) => readResampledBars(transaction, range, { from, to }, limit, segments)
}

/** How many of the following symbols are read at once: as many as the page has room for, if they are read as they are. */
const groupSize = (
  query: { resample?: Timeframe | undefined; adjustment: string; timeframe: Timeframe },
  range: Moments,
  room: number,
): number =>
  query.resample === undefined && query.adjustment === 'none' ? Math.max(1, Math.floor(room / roomForBars(range, query.timeframe))) : 1

export const handler = serve(marketRoutes['list-bars'], async ({ query, transaction }) => {
  const { adjustment, cursor, limit, symbols, timeframe } = query
  const read = readerOf(timeframe, query.resample)
  const series = await requireSeries(transaction, symbols, timeframe)
  const place = readPlace(cursor, symbols)
  const asked = { from: query.from ?? always.from, until: query.until ?? always.until }
  const items: ReturnType<typeof presentBar>[] = []
  const answer = (next?: { readonly symbol: string; readonly time: string }) =>
    ok({ items, nextCursor: next ? writePlace({ symbol: next.symbol, position: next.time }) : null })
  for (let index = place ? series.findIndex(one => one.symbol === place.symbol) : 0; index < series.length; ) {
    const { id, symbol } = series[index]!
    const range = { ...asked, from: place?.symbol === symbol ? place.position : asked.from }
    const room = limit - items.length
    if (room === 0) return answer({ symbol, time: range.from })
    const group = place?.symbol === symbol ? [] : series.slice(index, index + groupSize(query, range, room))
    if (group.length > 1) {
      const symbolOf = new Map(group.map(one => [one.id, one.symbol]))
      const rows = await readBarsOfMany(transaction, { ...range, seriesIds: [...symbolOf.keys()] }, room + 1)
      const bars = rows.map(row => presentBar(symbolOf.get(row.seriesId)!, row))
      items.push(...bars.slice(0, room))
      if (bars[room]) return answer(bars[room])
      index += group.length
      continue
    }
    const { next, rows } = await read(transaction, { ...range, seriesId: id }, room, await findAdjustment(transaction, id, adjustment))
    items.push(...rows.map(row => presentBar(symbol, row)))
    if (next !== undefined) return answer({ symbol, time: next })
    index += 1
  }
  return answer()
})
