import { listingOfAll } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { erasures } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['list-erasures'], listingOfAll(erasures, 'operations.erasures'))
