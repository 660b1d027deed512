import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { operationsRoutes } from '../routes.ts'
import { restores } from '../run-resources.ts'

export const handler = serve(operationsRoutes['list-restores'], listing(restores))
