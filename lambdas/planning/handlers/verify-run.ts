import { markRunVerified, readStoredRecords } from '../../../db/queries/planning/runs.ts'
import { engineVersionFor, readStoredSpecification, runHash } from '../../../domain/planning/index.ts'
import { requireEditor } from '../../runtime/household-rights.ts'
import { ok, redirected, serve } from '../../runtime/serve.ts'
import { requireResult } from '../lookups.ts'
import { noteFailedVerification } from '../note-failed-verification.ts'
import { planningRoutes } from '../routes.ts'
import { simulateWarm } from '../simulate-warm.ts'
import { differencesOf } from '../verification.ts'
import { isLarge } from '../work-limits.ts'

export const handler = serve(planningRoutes['verify-run'], async ({ params, phases }) => {
  const { records, run } = await phases.read(async transaction => {
    const found = await requireResult(transaction, params.runId)
    await requireEditor(transaction, found.householdId)
    return { run: found, records: await readStoredRecords(transaction, found.id) }
  })
  const specification = readStoredSpecification(run.engineVersion, run.specification)
  if (isLarge(specification)) return redirected(`/v1/planning/runs/${run.id}/large-verifications`)
  const result = await simulateWarm(specification)
  const differences = differencesOf({ ...run, ...records, specification, randomSeed: String(run.randomSeed) }, result)
  const matched = differences.length === 0
  if (!matched) noteFailedVerification(planningRoutes['verify-run'].id, run.id, differences)
  return phases.store(async transaction => {
    await requireEditor(transaction, run.householdId)
    const verifiedAt = await markRunVerified(transaction, run.id, matched)
    return ok({
      runId: run.id,
      matched,
      differences,
      storedInputHash: run.inputHash,
      computedInputHash: runHash(specification),
      storedOutputHash: run.outputHash,
      computedOutputHash: runHash(result),
      storedEngineVersion: run.engineVersion,
      currentEngineVersion: engineVersionFor(specification),
      verifiedAt,
    })
  })
})
