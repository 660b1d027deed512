import { getting } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { ruleRuns } from '../resources/rules.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-rule-run'], getting(ruleRuns))
