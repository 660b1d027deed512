import { changing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { preferences } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(
  identityRoutes['update-preferences'],
  changing(preferences, ({ body }) => body),
)
