import { openApiDocument } from '../../openapi.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['get-openapi'], async () => ok(openApiDocument()))
