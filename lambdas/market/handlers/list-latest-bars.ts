import { readLatestBars } from '../../../db/queries/market/latest-bars.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { countThatFit, weighBar } from '../answer-size.ts'
import { readSymbol, writeSymbol } from '../place-cursor.ts'
import { presentBar } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['list-latest-bars'], async ({ query: { cursor, limit, symbols, timeframe }, transaction }) => {
  const rows = await readLatestBars(transaction, { timeframe, symbols, after: readSymbol(cursor), limit: limit + 1 })
  const bars = rows.slice(0, limit).map(row => presentBar(row.symbol, row))
  const items = bars.slice(0, countThatFit(bars, weighBar))
  const last = items.length < rows.length ? items.at(-1) : undefined
  return ok({ items, nextCursor: last ? writeSymbol(last.symbol) : null })
})
