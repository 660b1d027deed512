import type { Transaction } from '../../db/database.ts'
import { type BarPage, type BarRange, type BarRow, readBars, readResampledBars } from '../../db/queries/market/bars.ts'
import { type AdjustmentSegment, canResample, type Timeframe } from '../../domain/market/index.ts'
import { Problem } from '../runtime/problem.ts'
import { ok, serve } from '../runtime/serve.ts'
import { always } from './always.ts'
import { findAdjustment, requireSeries } from './lookups.ts'
import { readPlace, writePlace } from './place-cursor.ts'
import { presentBar } from './present.ts'
import { marketRoutes } from './routes.ts'

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

export const handler = serve(marketRoutes['list-bars'], async ({ query, transaction }) => {
  const { adjustment, cursor, limit, symbols, timeframe } = query
  const read = readerOf(timeframe, query.resample)
  const series = await requireSeries(transaction, symbols, timeframe)
  const place = readPlace(cursor, symbols)
  const items: ReturnType<typeof presentBar>[] = []
  for (const { id, symbol } of series.slice(place ? series.findIndex(one => one.symbol === place.symbol) : 0)) {
    const from = place?.symbol === symbol ? place.position : (query.from ?? always.from)
    if (items.length === limit) return ok({ items, nextCursor: writePlace({ symbol, position: from }) })
    const segments = await findAdjustment(transaction, id, adjustment)
    const { next, rows } = await read(
      transaction,
      { seriesId: id, from, until: query.until ?? always.until },
      limit - items.length,
      segments,
    )
    items.push(...rows.map(row => presentBar(symbol, row)))
    if (next !== undefined) return ok({ items, nextCursor: writePlace({ symbol, position: next }) })
  }
  return ok({ items, nextCursor: null })
})
