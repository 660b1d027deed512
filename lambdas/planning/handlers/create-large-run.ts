import * as z from 'zod'
import type { JsonValue } from '../../../db/data-api.ts'
import { contentHash } from '../../../domain/shared/index.ts'
import { engineVersionFor, runHash, simulatedPaths } from '../../../domain/planning/index.ts'
import { shardRanges } from '../../../domain/simulation/index.ts'
import { databaseFunctions } from '../../runtime/database-functions.ts'
import { Problem } from '../../runtime/problem.ts'
import { serve } from '../../runtime/serve.ts'
import { runs } from '../resources.ts'
import { planningRoutes } from '../routes.ts'
import { outsideSource } from '../outside-source.ts'
import { specify } from '../read-specification.ts'
import { startLargeRun } from '../start-large-run.ts'
import { largestShardPaths } from '../tasks.ts'

const queuedRun = z.object({ id: z.string(), userId: z.string(), createdAt: z.string(), status: z.string(), reply: z.looseObject({}) })
const answer = z.union([z.object({ conflict: z.literal(true) }), queuedRun]).nullable()

export const handler = serve(planningRoutes['create-large-run'], async ({ body, idempotencyKey, params, request: identity }) => {
  const { returnModel } = body
  const source = await outsideSource(identity, params.planId, 'datasetId' in returnModel ? returnModel.datasetId : null)
  const { provenance, specification } = await specify(source, body)
  const shards = shardRanges(specification.paths, Math.max(body.shards, Math.ceil(simulatedPaths(specification) / largestShardPaths)))
  const values = {
    planId: params.planId,
    planVersion: provenance.planVersion,
    provenance,
    specification,
    engineVersion: engineVersionFor(specification),
    pathCount: specification.paths,
    inputHash: runHash(specification),
  }
  const {
    id: _,
    createdAt: _at,
    ...reply
  } = runs.present({ ...values, ...untouched, randomSeed: BigInt(specification.seed), shardCount: shards.length })
  const request = JSON.parse(JSON.stringify(identity)) as JsonValue
  const key = idempotencyKey === undefined ? {} : { idempotencyKey, requestHash: contentHash({ path: params, body }) }
  const document = { ...values, ...key, randomSeed: specification.seed, shards, reply, request } as unknown as JsonValue
  const run = answer.parse(await databaseFunctions().call('planning.queue_run', document))
  if (!run)
    throw new Problem('too-many-runs', 'Four runs are already in progress. Wait until one ends, or cancel one.', {
      headers: { 'retry-after': '60' },
    })
  if ('conflict' in run) throw new Problem('idempotency-key-reused', 'This Idempotency-Key was used for another request. Use a new one.')
  try {
    // A repetition starts it too: the first request may have failed before this line.
    if (run.status === 'queued') await startLargeRun({ userId: run.userId, runId: run.id, shards: shards.map((_, index) => index) })
  } catch (cause) {
    const failure = { runId: run.id, userId: run.userId, error: 'The run could not be started.', request }
    await databaseFunctions().call('planning.fail_run', failure, { idempotent: true })
    throw new Problem('unavailable', 'The run could not be started. Try again.', { headers: { 'retry-after': '5' }, cause })
  }
  const { createdAt, id } = run
  return { status: 202, body: { ...run.reply, id, createdAt }, headers: { location: `/v1/planning/runs/${id}` } }
})

/** The state of a run that is only queued. */
const untouched = {
  id: '',
  householdId: '',
  createdAt: '',
  updatedAt: '',
  createdBy: null,
  updatedBy: null,
  status: 'queued',
  outputHash: null,
  result: null,
  computationTimeMs: null,
  completedPaths: 0,
  error: null,
  startedAt: null,
  finishedAt: null,
  lastVerifiedAt: null,
  lastVerificationMatched: null,
} as const
