import { policyRows } from '../../../db/queries/operations/retention/policies.ts'
import { inRetentionTransaction } from '../../runtime/database.ts'
import { backupStore } from '../../runtime/backup-store.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { runPolicy } from '../retention/run-policy.ts'
import { retentionPolicies } from '../retention-resources.ts'
import { operationsRoutes } from '../routes.ts'

/** API Gateway waits for 30 seconds. */
const budgetMilliseconds = 15_000

export const handler = serve(operationsRoutes['run-retention-policy'], async ({ params, phases, request }) => {
  const policy = await phases.read(transaction => policyRows.find(transaction, params.policyId))
  if (!policy) throw notFound(retentionPolicies.one)
  const until = performance.now() + budgetMilliseconds
  const {
    error = null,
    partitions,
    records,
    status,
  } = await runPolicy(policy, new Date().toISOString(), {
    inRetention: work => inRetentionTransaction(request, work),
    hasTime: () => performance.now() < until,
    store: backupStore,
  })
  return ok({ status, records, partitions, error })
})
