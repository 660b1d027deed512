import { changing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { identicalSecurities } from '../resources/identical-securities.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(
  wealthRoutes['update-identical-securities'],
  changing(identicalSecurities, ({ body }) => body),
)
