import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { ruleChanges } from '../resources/rules.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['list-rule-changes'], listing(ruleChanges))
