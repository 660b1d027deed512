import { withKeptProfile } from '../../../domain/market/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { previewBars } from '../preview-bars.ts'
import { findKeptProfile, keepProfile } from '../price-profiles.ts'
import { readBars } from '../read-bars.ts'
import { marketRoutes } from '../routes.ts'
import { readingOf, storeBatch, storeFile } from '../store-batch.ts'

export const handler = serve(marketRoutes['store-bars'], async ({ bulkBody, query, transaction }) => {
  const body = bulkBody()
  const { bytes, mediaType } = body
  const kept = query.layout === 'any' ? await findKeptProfile(transaction, bytes) : undefined
  const given = withKeptProfile(query, kept)
  const batch = readBars(body, given)
  if (query.dryRun) return ok(await previewBars(transaction, batch, mediaType, kept))
  if (query.layout === 'bars') {
    const stored = await storeBatch(transaction, batch, mediaType)
    return ok({ received: batch.rowCount, stored, unchanged: batch.rowCount - stored })
  }
  const { fileId, stored } = await storeFile(transaction, batch, mediaType, query.fileName ?? null)
  if (query.saveProfileAs !== undefined) await keepProfile(transaction, query.saveProfileAs, { batch, bytes, given })
  const reading = readingOf(batch, kept)
  return ok({ received: batch.rowCount, stored, unchanged: batch.rowCount - stored, fileId, ...(reading ? { reading } : {}) })
})
