import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { identicalSecurities } from '../resources/identical-securities.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['list-identical-securities'], listing(identicalSecurities))
