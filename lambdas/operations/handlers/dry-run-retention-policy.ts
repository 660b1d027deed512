import { policyRows } from '../../../db/queries/operations/retention/policies.ts'
import { inRetentionTransaction } from '../../runtime/database.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { dryRun } from '../retention/dry-run.ts'
import { retentionPolicies } from '../retention-resources.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['dry-run-retention-policy'], async ({ params, phases, request }) => {
  const policy = await phases.read(transaction => policyRows.find(transaction, params.policyId))
  if (!policy) throw notFound(retentionPolicies.one)
  return ok(await inRetentionTransaction(request, transaction => dryRun(transaction, policy, new Date())))
})
