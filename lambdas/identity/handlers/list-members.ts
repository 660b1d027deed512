import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { members } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['list-members'], listing(members))
