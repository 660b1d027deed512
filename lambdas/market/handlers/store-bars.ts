import { ensureSeries } from '../../../db/queries/market/series.ts'
import { storeBars } from '../../../db/queries/market/store-bars.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { readBars, requireFaultless } from '../read-bars.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['store-bars'], async ({ bulkBody, query, transaction }) => {
  const body = bulkBody()
  const batch = readBars(body, query)
  const seriesIds = await ensureSeries(transaction, batch.keys)
  requireFaultless(batch, seriesIds, body.mediaType)
  const stored = await storeBars(transaction, batch, seriesIds)
  return ok({ received: batch.rowCount, stored, unchanged: batch.rowCount - stored })
})
