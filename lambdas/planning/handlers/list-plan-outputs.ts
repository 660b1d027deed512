import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { planOutputs } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['list-plan-outputs'], listing(planOutputs))
