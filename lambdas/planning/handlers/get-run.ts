import { getting } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { runs } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['get-run'], getting(runs))
