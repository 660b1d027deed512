import { inRetentionTransaction } from '../../runtime/database.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { dryRun } from '../retention/dry-run.ts'
import { requireValidPolicy } from '../retention/policy-form.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['count-retention-rows'], async ({ body, request }) => {
  const { conditions = [] } = body
  requireValidPolicy({ ...body, conditions })
  return ok(await inRetentionTransaction(request, transaction => dryRun(transaction, { ...body, conditions }, new Date())))
})
