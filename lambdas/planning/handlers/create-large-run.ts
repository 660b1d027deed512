import { contentHash } from '../../../domain/shared/index.ts'
import { serve } from '../../runtime/serve.ts'
import { outsideSource } from '../outside-source.ts'
import { queueRun } from '../queue-run.ts'
import { specify } from '../read-specification.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['create-large-run'], async ({ body, idempotencyKey, params, request }) => {
  const { returnModel, shards } = body
  const source = await outsideSource(request, params.planId, 'datasetId' in returnModel ? returnModel.datasetId : null)
  const { provenance, specification } = await specify(source, body)
  const key = idempotencyKey === undefined ? undefined : { idempotencyKey, requestHash: contentHash({ path: params, body }) }
  return queueRun(request, { planId: params.planId, specification, provenance, shards, key })
})
