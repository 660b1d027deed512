import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { systemEvents } from '../resources.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['list-system-events'], listing(systemEvents))
