import { requireEditor } from '../../runtime/household-rights.ts'
import { created, redirected, serve } from '../../runtime/serve.ts'
import { requirePlan } from '../lookups.ts'
import { runs } from '../resources.ts'
import { readSpecification } from '../read-specification.ts'
import { planningRoutes } from '../routes.ts'
import { storeRun } from '../store-run.ts'
import { isLarge } from '../work-limits.ts'
import { simulateWarm } from '../simulate-warm.ts'

export const handler = serve(planningRoutes['create-run'], async ({ body, params, phases }) => {
  const { provenance, specification } = await phases.read(async transaction => {
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
    const run = await storeRun(transaction, plan, { specification, provenance, result, shardCount: body.shards, computationTimeMs })
    return created(runs.present(run), `/v1/planning/runs/${run.id}`)
  })
})
