import { listingOfAll } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { allAuditLogs } from '../resources.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['list-all-audit-logs'], listingOfAll(allAuditLogs, 'operations.audit_logs'))
