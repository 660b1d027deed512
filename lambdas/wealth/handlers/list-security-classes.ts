import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { securityClasses } from '../resources/portfolios.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['list-security-classes'], listing(securityClasses))
