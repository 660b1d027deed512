import { markPlanRun } from '../../../db/queries/planning/plans.ts'
import { insertPlanOutputs, insertRun } from '../../../db/queries/planning/runs.ts'
import { runHash } from '../../../domain/planning/index.ts'
import { requireEditor } from '../../runtime/household-rights.ts'
import { created, serve } from '../../runtime/serve.ts'
import { requirePlan } from '../lookups.ts'
import { outputRows } from '../output-rows.ts'
import { presentRun } from '../present.ts'
import { readSpecification } from '../read-specification.ts'
import { planningRoutes } from '../routes.ts'
import { simulateWarm } from '../simulate-warm.ts'

export const handler = serve(planningRoutes['create-run'], async ({ body, params, transaction }) => {
  const plan = await requirePlan(transaction, params.planId)
  await requireEditor(transaction, plan.householdId)
  const { inputIds, provenance, specification } = await readSpecification(transaction, plan, body)
  const startedAt = performance.now()
  const result = await simulateWarm(specification, body.shards)
  const computationTimeMs = Math.round(performance.now() - startedAt)
  const run = await insertRun(transaction, {
    householdId: plan.householdId,
    planId: plan.id,
    planVersion: plan.version,
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
  return created(presentRun(run), `/v1/planning/runs/${run.id}`)
})
