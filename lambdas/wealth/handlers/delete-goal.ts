import { removing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { goals } from '../resources/goals.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['delete-goal'], removing(goals))
