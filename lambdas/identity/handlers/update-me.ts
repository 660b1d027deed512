import { changing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { me } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(
  identityRoutes['update-me'],
  changing(me, ({ body }) => body),
)
