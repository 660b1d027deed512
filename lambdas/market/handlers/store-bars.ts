import { ok, serve } from '../../runtime/serve.ts'
import { previewBars } from '../preview-bars.ts'
import { readBars } from '../read-bars.ts'
import { marketRoutes } from '../routes.ts'
import { readingOf, storeBatch } from '../store-batch.ts'

export const handler = serve(marketRoutes['store-bars'], async ({ bulkBody, query, transaction }) => {
  const body = bulkBody()
  const batch = readBars(body, query)
  if (query.dryRun) return ok(await previewBars(transaction, batch, body.mediaType))
  const stored = await storeBatch(transaction, batch, body.mediaType)
  const reading = readingOf(batch)
  return ok({ received: batch.rowCount, stored, unchanged: batch.rowCount - stored, ...(reading ? { reading } : {}) })
})
