import { databaseFunctions } from '../../runtime/database-functions.ts'
import { notFound, Problem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { plaidClient } from '../plaid/client.ts'
import { asDocument } from '../plaid/functions.ts'
import { syncConnection } from '../plaid/sync.ts'
import { wealthRoutes } from '../routes.ts'

/** The route answers within 29 seconds, and a request to Plaid may take twelve. */
const syncMilliseconds = 14_000

export const handler = serve(wealthRoutes['create-plaid-sync'], async ({ params: { connectionId }, request }) => {
  const startedAt = performance.now()
  const synced = await syncConnection({
    functions: databaseFunctions('wealth'),
    plaid: await plaidClient(),
    request: asDocument(request),
    connectionId,
    freshBalances: true,
    hasTime: () => performance.now() - startedAt < syncMilliseconds,
  })
  switch (synced.state) {
    case 'missing':
      throw notFound('connection')
    case 'busy':
      throw new Problem('sync-under-way', 'This connection is being synchronised.')
    case 'later':
      throw new Problem('plaid-limit', 'There were too many requests to this institution.', {
        headers: { 'retry-after': String(synced.retryAfterSeconds) },
      })
    default:
      if (!synced.connection) throw notFound('connection')
      return ok(synced.connection, synced.connection.version)
  }
})
