import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { retentionRuns } from '../retention-resources.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['list-retention-runs'], listing(retentionRuns))
