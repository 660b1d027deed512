import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { valuations } from '../resources/valuations.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['list-valuations'], listing(valuations))
