import { ok, serve } from '../../runtime/serve.ts'
import { requireRun } from '../lookups.ts'
import { presentRun } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['get-run'], async ({ params, transaction }) =>
  ok(presentRun(await requireRun(transaction, params.runId))),
)
