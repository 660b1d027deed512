import { ensureSeries } from '../../../db/queries/market/series.ts'
import { storeBars } from '../../../db/queries/market/store-bars.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { previewBars } from '../preview-bars.ts'
import { readBars, requireFaultless } from '../read-bars.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['store-bars'], async ({ bulkBody, query, transaction }) => {
  const body = bulkBody()
  const batch = readBars(body, query)
  if (query.dryRun) return ok(await previewBars(transaction, batch, body.mediaType))
  const seriesIds = await ensureSeries(transaction, batch.keys)
  requireFaultless(batch, seriesIds, body.mediaType)
  const stored = await storeBars(transaction, batch, seriesIds)
  return ok({ received: batch.rowCount, stored, unchanged: batch.rowCount - stored })
})
