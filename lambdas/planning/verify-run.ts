import { findRun, markRunVerified } from '../../db/queries/planning/runs.ts'
import { engineVersionFor, runHash, simulateRun } from '../../domain/planning/index.ts'
import { notFound } from '../runtime/problem.ts'
import { ok, serve } from '../runtime/serve.ts'
import { planningRoutes } from './routes.ts'

export const handler = serve(planningRoutes['verify-run'], async ({ params, transaction }) => {
  const run = await findRun(transaction, params.runId)
  if (!run) throw notFound('run')
  const computedInputHash = runHash(run.specification)
  const computedOutputHash = runHash(simulateRun(run.specification))
  const matched = computedInputHash === run.inputHash && computedOutputHash === run.outputHash && runHash(run.result) === run.outputHash
  const verified = await markRunVerified(transaction, run.id, matched)
  return ok({
    runId: run.id,
    matched,
    storedInputHash: run.inputHash,
    computedInputHash,
    storedOutputHash: run.outputHash,
    computedOutputHash,
    storedEngineVersion: run.engineVersion,
    currentEngineVersion: engineVersionFor(run.specification),
    verifiedAt: verified.lastVerifiedAt,
  })
})
