import { readRollups } from '../../../db/queries/market/rollups.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireSeries } from '../lookups.ts'
import { readPlace, writePlace } from '../place-cursor.ts'
import { presentRollup } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(
  marketRoutes['list-rollups'],
  async ({ query: { cursor, from, limit, period, symbols, timeframe, until }, transaction }) => {
    const series = await requireSeries(transaction, symbols, timeframe)
    const place = readPlace(cursor, symbols)
    const symbolOf = new Map(series.map(({ id, symbol }) => [id, symbol]))
    const reached = series.find(({ symbol }) => symbol === place?.symbol)
    const after = place && reached ? { seriesId: reached.id, periodStart: place.position } : undefined
    const rows = await readRollups(transaction, { seriesIds: [...symbolOf.keys()], period, from, until, limit: limit + 1, after })
    const items = rows.slice(0, limit).map(row => presentRollup(symbolOf.get(row.seriesId) ?? '', row))
    const last = rows.length > limit ? items.at(-1) : undefined
    return ok({ items, nextCursor: last ? writePlace({ symbol: last.symbol, position: last.periodStart }) : null })
  },
)
