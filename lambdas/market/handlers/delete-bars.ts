import { removeBars } from '../../../db/queries/market/bar-store.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireSeries } from '../lookups.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['delete-bars'], async ({ query: { from, symbol, timeframe, until }, transaction }) => {
  const [series] = await requireSeries(transaction, [symbol], timeframe)
  return ok({ removed: series ? await removeBars(transaction, { seriesId: series.id, from, until }) : 0 })
})
