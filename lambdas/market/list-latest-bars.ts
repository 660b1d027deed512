import { readLatestBars } from '../../db/queries/market/latest-bars.ts'
import { ok, serve } from '../runtime/serve.ts'
import { readSymbol, writeSymbol } from './place-cursor.ts'
import { presentBar } from './present.ts'
import { marketRoutes } from './routes.ts'

export const handler = serve(marketRoutes['list-latest-bars'], async ({ query: { cursor, limit, symbols, timeframe }, transaction }) => {
  const rows = await readLatestBars(transaction, { timeframe, symbols, after: readSymbol(cursor), limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return ok({
    items: shown.map(row => presentBar(row.symbol, row)),
    nextCursor: last ? writeSymbol(last.symbol) : null,
  })
})
