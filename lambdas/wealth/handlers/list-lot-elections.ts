import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { lotElections } from '../resources/lot-elections.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['list-lot-elections'], listing(lotElections))
