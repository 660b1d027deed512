import { creating } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { nextExecution } from '../retention/next-execution.ts'
import { requireValidPolicy } from '../retention/policy-form.ts'
import { retentionPolicies } from '../retention-resources.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(
  operationsRoutes['create-retention-policy'],
  creating(retentionPolicies, ({ body }) => {
    const { conditions = [], timezone = 'UTC' } = body
    requireValidPolicy({ ...body, conditions })
    return { ...body, conditions, timezone, nextExecution: nextExecution(body.scheduleCron, timezone, new Date()) }
  }),
)
