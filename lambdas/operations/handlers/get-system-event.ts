import { getting } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { systemEvents } from '../resources.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['get-system-event'], getting(systemEvents))
