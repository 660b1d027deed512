import { markPlanRun } from '../../../db/queries/planning/plans.ts'
import { insertPlanOutputs, insertRun } from '../../../db/queries/planning/runs.ts'
import { runHash } from '../../../domain/planning/index.ts'
import { requireEditor } from '../../runtime/household-rights.ts'
import { created, redirected, serve } from '../../runtime/serve.ts'
import { requirePlan } from '../lookups.ts'
import { outputRows } from '../output-rows.ts'
import { runs } from '../resources.ts'
import { readSpecification } from '../read-specification.ts'
import { planningRoutes } from '../routes.ts'
import { isLarge } from '../work-limits.ts'
import { simulateWarm } from '../simulate-warm.ts'

export const handler = serve(planningRoutes['create-run'], async ({ body, params, phases }) => {
  const { inputIds, provenance, specification } = await phases.read(async transaction => {
    const plan = await requirePlan(transaction, params.planId)
    await requireEditor(transaction, plan.householdId)
    return readSpecification(transaction, plan, body)
  })
  if (isLarge(specification)) return redirected(`/v1/planning/plans/${params.planId}/large-runs`)
  const startedAt = performance.now()
  const result = await simulateWarm(specification, body.shards)
  const computationTimeMs = Math.round(performance.now() - startedAt)
  return phases.store(async transaction => {
    // The plan may have changed: the run belongs to the version that it read. It must still exist, and the user may still change it.
    const plan = await requirePlan(transaction, params.planId)
    await requireEditor(transaction, plan.householdId)
    const run = await insertRun(transaction, {
      householdId: plan.householdId,
      planId: plan.id,
      planVersion: provenance.planVersion,
      status: 'succeeded',
      specification,
      provenance,
      engineVersion: result.engineVersion,
      randomSeed: BigInt(specification.seed),
      pathCount: specification.paths,
      shardCount: body.shards,
      inputHash: runHash(specification),
      outputHash: runHash(result),
      result,
      computationTimeMs,
    })
    await insertPlanOutputs(transaction, outputRows(run, result, inputIds))
    await markPlanRun(transaction, plan.id)
    return created(runs.present(run), `/v1/planning/runs/${run.id}`)
  })
})
