import * as z from 'zod'
import { noContent, serve } from '../../runtime/serve.ts'
import { notFound } from '../../runtime/problem.ts'
import { plaidClient } from '../plaid/client.ts'
import { ask, PlaidFailure, problemOf } from '../plaid/failure.ts'
import { callFor, openConnection } from '../plaid/functions.ts'
import { wealthRoutes } from '../routes.ts'

/** Plaid has no such item any more: an earlier attempt has removed it. */
const gone = new Set(['INVALID_ACCESS_TOKEN', 'ITEM_NOT_FOUND'])

export const handler = serve(wealthRoutes['delete-plaid-connection'], async ({ params: { connectionId }, request }) => {
  const plaid = await plaidClient()
  const { accessToken } = await openConnection(request, connectionId)
  await ask(plaid.itemRemove({ access_token: accessToken })).catch((error: unknown) => {
    if (!(error instanceof PlaidFailure)) throw error
    if (!gone.has(error.code)) throw problemOf(error)
  })
  const { removed } = await callFor(request, 'remove_connection', { connectionId }, { removed: z.boolean() })
  if (!removed) throw notFound('connection')
  return noContent()
})
