import { type PreviewedResult, successInterval } from '../../../domain/planning/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requirePlan } from '../lookups.ts'
import { type ReadPlan, readPreview } from '../read-preview.ts'
import { planningRoutes } from '../routes.ts'
import { analyseInRequest } from '../work-limits.ts'

const previewed = ({ confidenceLevel, warnings }: ReadPlan, result: PreviewedResult) => ({
  result,
  successInterval: successInterval(result.success.count, result.paths, confidenceLevel),
  warnings,
})

export const handler = serve(planningRoutes['preview-plan'], async ({ body, params, phases }) => {
  const [stored, changed] = await phases.read(async transaction =>
    readPreview(transaction, await requirePlan(transaction, params.planId), body),
  )
  const preview = await analyseInRequest<'preview'>({ kind: 'preview', stored, changed }, body.iterations)
  return ok({
    plan: previewed(stored, preview.stored),
    changed: previewed(changed, preview.changed),
    difference: preview.difference,
  })
})
