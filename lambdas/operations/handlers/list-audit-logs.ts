import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { auditLogs } from '../resources.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['list-audit-logs'], listing(auditLogs))
