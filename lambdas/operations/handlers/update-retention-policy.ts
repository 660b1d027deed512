import { policyRows } from '../../../db/queries/operations/retention/policies.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { nextExecution } from '../retention/next-execution.ts'
import { requireValidPolicy } from '../retention/policy-form.ts'
import { retentionPolicies } from '../retention-resources.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['update-retention-policy'], async ({ body, expectedVersion, params, transaction }) => {
  const current = requireRow(await policyRows.lock(transaction, params.policyId, expectedVersion), retentionPolicies)
  const {
    action = current.action,
    conditions = current.conditions,
    scheduleCron = current.scheduleCron,
    timezone = current.timezone,
  } = body
  requireValidPolicy({ tableName: current.tableName, action, conditions })
  const change = { ...body, nextExecution: nextExecution(scheduleCron, timezone, new Date()) }
  const row = requireRow(await policyRows.update(transaction, current.id, change, current.version), retentionPolicies)
  return ok(retentionPolicies.present(row), row.version)
})
