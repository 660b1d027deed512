import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { transfers } from '../resources/transfers.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['list-transfers'], listing(transfers))
