import { listingOfAll } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { users } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['list-users'], listingOfAll(users, 'identity.users'))
