import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { operationsRoutes } from '../routes.ts'
import { backups } from '../run-resources.ts'

export const handler = serve(operationsRoutes['list-backups'], listing(backups))
