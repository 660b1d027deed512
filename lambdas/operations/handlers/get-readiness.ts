import { readServerVersion } from '../../../db/queries/operations/operations.ts'
import { readEnvironment } from '../../runtime/environment.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['get-readiness'], async ({ transaction }) => {
  const startedAt = performance.now()
  const serverVersion = await readServerVersion(transaction)
  const latencyMs = Math.round((performance.now() - startedAt) * 100) / 100
  return ok({ status: 'ok', environment: readEnvironment().NESTEGG_ENVIRONMENT, database: { latencyMs, serverVersion } })
})
