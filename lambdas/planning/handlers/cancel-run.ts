import { cancelRun } from '../../../db/queries/planning/runs.ts'
import { requireEditor } from '../../runtime/household-rights.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireRun } from '../lookups.ts'
import { presentRun } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['cancel-run'], async ({ params, transaction }) => {
  const { householdId } = await requireRun(transaction, params.runId)
  await requireEditor(transaction, householdId)
  await cancelRun(transaction, params.runId)
  return ok(presentRun(await requireRun(transaction, params.runId)))
})
