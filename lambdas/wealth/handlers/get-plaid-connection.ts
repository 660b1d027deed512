import { getting } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { connections } from '../resources.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-plaid-connection'], getting(connections))
