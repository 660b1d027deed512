import { markRunVerified } from '../../../db/queries/planning/runs.ts'
import { engineVersionFor, isHousehold, readStoredSpecification, runHash, simulatedSteps } from '../../../domain/planning/index.ts'
import { requireEditor } from '../../runtime/household-rights.ts'
import { fieldProblem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireResult } from '../lookups.ts'
import { planningRoutes } from '../routes.ts'
import { simulateWarm } from '../simulate-warm.ts'

/** The `simulatedSteps` that a function can do in about half the time of a request. */
const mostSteps = { household: 20_000_000, portfolio: 5_000_000_000 }

export const handler = serve(planningRoutes['verify-run'], async ({ params, transaction }) => {
  const run = await requireResult(transaction, params.runId)
  await requireEditor(transaction, run.householdId)
  const specification = readStoredSpecification(run.engineVersion, run.specification)
  if (simulatedSteps(specification) > mostSteps[isHousehold(specification) ? 'household' : 'portfolio']) {
    const message = `a run of ${run.pathCount} paths takes longer than a request allows: queue the same run again and compare the hashes`
    throw fieldProblem('run-too-large', [{ path: 'path.runId', message }])
  }
  const computedInputHash = runHash(specification)
  const computedOutputHash = runHash(await simulateWarm(specification))
  const matched = computedInputHash === run.inputHash && computedOutputHash === run.outputHash && runHash(run.result) === run.outputHash
  const verifiedAt = await markRunVerified(transaction, run.id, matched)
  return ok({
    runId: run.id,
    matched,
    storedInputHash: run.inputHash,
    computedInputHash,
    storedOutputHash: run.outputHash,
    computedOutputHash,
    storedEngineVersion: run.engineVersion,
    currentEngineVersion: engineVersionFor(specification),
    verifiedAt,
  })
})
