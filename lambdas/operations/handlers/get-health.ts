import { readVariable } from '../../runtime/environment.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['get-health'], async () =>
  ok({ status: 'ok', environment: readVariable('NESTEGG_ENVIRONMENT') }),
)
