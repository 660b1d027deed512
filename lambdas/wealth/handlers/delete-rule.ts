import { removing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { rules } from '../resources/rules.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['delete-rule'], removing(rules))
