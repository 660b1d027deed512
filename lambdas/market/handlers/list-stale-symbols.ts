import { findStaleSymbols } from '../../../db/queries/market/gaps.ts'
import { staleAfterDays } from '../../../domain/market/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { readSymbol, writeSymbol } from '../place-cursor.ts'
import { marketRoutes } from '../routes.ts'
export const handler = serve(marketRoutes['list-stale-symbols'], async ({ query: { cursor, limit, timeframe, until }, transaction }) => {
  const request = { timeframe, until, allowedDays: staleAfterDays(timeframe), after: readSymbol(cursor), limit: limit + 1 }
  const rows = await findStaleSymbols(transaction, request)
  const items = rows.slice(0, limit)
  return ok({ items, nextCursor: rows.length > limit ? writeSymbol(items.at(-1)!.symbol) : null })
})
