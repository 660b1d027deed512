import { getting } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { lotElections } from '../resources/lot-elections.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-lot-election'], getting(lotElections))
