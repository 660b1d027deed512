import { ok, serve } from '../../runtime/serve.ts'
import { requirePlan } from '../lookups.ts'
import { requirePlanVersion } from '../plan-state.ts'
import { planVersions } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['get-plan-version'], async ({ params, transaction }) => {
  const found = await requirePlanVersion(transaction, await requirePlan(transaction, params.planId), params.version)
  const { inputs, plan } = found.state
  return ok({
    ...planVersions.present(found),
    plan: { ...plan, confidenceLevel: Number(plan.confidenceLevel) },
    inputs: inputs.map(input => ({ ...input, confidenceScore: input.confidenceScore === null ? null : Number(input.confidenceScore) })),
  })
})
