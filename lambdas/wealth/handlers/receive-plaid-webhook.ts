import * as z from 'zod'
import { databaseFunctions } from '../../runtime/database-functions.ts'
import { Problem } from '../../runtime/problem.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { plaidClient } from '../plaid/client.ts'
import { ask, PlaidFailure, problemOf } from '../plaid/failure.ts'
import { asDocument } from '../plaid/functions.ts'
import { readWebhook } from '../plaid/read-webhook.ts'
import { syncConnection } from '../plaid/sync.ts'
import { keyCache, verifyWebhook } from '../plaid/verify-webhook.ts'
import { wealthRoutes } from '../routes.ts'

/** Plaid waits ten seconds for an answer. */
const syncMilliseconds = 3_000

const found = z.object({ connectionId: z.uuid(), householdId: z.uuid() }).nullable()
const noted = z.object({ isNew: z.boolean() })

const keyOf = keyCache(async kid => {
  const plaid = await plaidClient()
  const { key } = await ask(plaid.webhookVerificationKeyGet({ key_id: kid })).catch((error: unknown) => {
    if (!(error instanceof PlaidFailure)) throw error
    throw error.type === 'INVALID_INPUT' ? new Problem('webhook-refused', 'The signature of this webhook is not valid.') : problemOf(error)
  })
  return key
})

export const handler = serve(wealthRoutes['receive-plaid-webhook'], async ({ bulkBody, header, request: identity }) => {
  const startedAt = performance.now()
  const plaid = await plaidClient()
  const { text } = bulkBody()
  const digest = await verifyWebhook(text, header('plaid-verification'), keyOf)
  const { itemId, ...webhook } = readWebhook(text)
  const functions = databaseFunctions('wealth', 8_000)
  const request = asDocument(identity)
  const connection =
    itemId === undefined ? null : found.parse(await functions.call('wealth.find_item', { request, itemId }, { idempotent: true }))
  // Of an item that was removed, or of another environment with the same account at Plaid.
  if (!connection) return noContent()
  const { isNew } = noted.parse(await functions.call('wealth.note_webhook', { request, ...connection, digest, ...webhook }))
  if (!isNew) throw new Problem('webhook-refused', 'This webhook was received before.')
  if (webhook.isDue) {
    await syncConnection({ functions, plaid, request, ...connection, hasTime: () => performance.now() - startedAt < syncMilliseconds })
  }
  return noContent()
})
