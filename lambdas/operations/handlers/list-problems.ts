import { problemIndexPage } from '../../documentation/problem-page.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['list-problems'], async () => ok(problemIndexPage()))
