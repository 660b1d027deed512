import { readStoredSpecification } from '../../../domain/planning/index.ts'
import { contentHash } from '../../../domain/shared/index.ts'
import { databaseFunctions } from '../../runtime/database-functions.ts'
import { editorsOnly, notFound, Problem } from '../../runtime/problem.ts'
import { serve } from '../../runtime/serve.ts'
import { queueRun } from '../queue-run.ts'
import { readStoredRun } from '../read-stored-run.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['queue-verification'], async ({ idempotencyKey, params, request }) => {
  const { run, user } = await readStoredRun(databaseFunctions('runs'), {
    runId: params.runId,
    request: JSON.parse(JSON.stringify(request)),
  })
  if (user?.isActive === false) throw new Problem('account-closed', 'This account is closed.')
  if (!run) throw notFound('run')
  if (!run.isEditable) throw editorsOnly()
  if (run.result === null) throw new Problem('run-without-result', `This run is ${run.status}: it has no result.`)
  const specification = readStoredSpecification(run.engineVersion, run.specification)
  const key = idempotencyKey === undefined ? undefined : { idempotencyKey, requestHash: contentHash({ path: params }) }
  return queueRun(request, { planId: run.planId, specification, provenance: run.provenance, shards: 1, key, verifies: params.runId })
})
