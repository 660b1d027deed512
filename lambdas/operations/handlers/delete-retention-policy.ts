import { removing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { retentionPolicies } from '../retention-resources.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['delete-retention-policy'], removing(retentionPolicies))
