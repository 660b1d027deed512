import { getting } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { households } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['get-household'], getting(households))
