import * as z from 'zod'
import type { JsonValue } from '../../db/data-api.ts'
import {
  assertValidRun,
  engineVersionFor,
  runHash,
  simulatedPaths,
  simulatedSteps,
  type Specification,
} from '../../domain/planning/index.ts'
import { shardRanges } from '../../domain/simulation/index.ts'
import { databaseFunctions } from '../runtime/database-functions.ts'
import type { RequestIdentity } from '../runtime/database.ts'
import { Problem } from '../runtime/problem.ts'
import type { Reply } from '../runtime/serve.ts'
import { runs } from './resources.ts'
import { startLargeRun } from './start-large-run.ts'
import { largestShard } from './tasks.ts'

const queuedRun = z.object({
  id: z.string(),
  householdId: z.string(),
  userId: z.string(),
  createdAt: z.string(),
  status: z.string(),
  reply: z.looseObject({}),
})
const answer = z.union([z.object({ conflict: z.literal(true) }), queuedRun]).nullable()

interface LargeRun {
  readonly planId: string
  readonly specification: Specification
  readonly provenance: { readonly planVersion: number }
  /** The smallest number of shards. */
  readonly shards: number
  /** The request's Idempotency-Key and the hash of its content. */
  readonly key?: { readonly idempotencyKey: string; readonly requestHash: string } | undefined
  /** The run of which this one is the verification. */
  readonly verifies?: string
}

/** The fewest shards of a specification that fit their function. */
export const leastShards = (specification: Specification): number =>
  Math.ceil(Math.max(simulatedPaths(specification) / largestShard.paths, simulatedSteps(specification) / largestShard.steps))

/** Queues a run and starts it. Answers 202 with the run. Throws 429, 409 or 503. */
export const queueRun = async (identity: RequestIdentity, large: LargeRun): Promise<Reply> => {
  const { key, planId, provenance, specification, verifies = null } = large
  assertValidRun(specification)
  const shards = shardRanges(specification.paths, Math.max(large.shards, leastShards(specification)))
  const values = {
    planId,
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
  } = runs.present({ ...values, ...untouched, verifiesRunId: verifies, randomSeed: BigInt(specification.seed), shardCount: shards.length })
  const request = JSON.parse(JSON.stringify(identity)) as JsonValue
  const document = { ...values, ...key, verifies, randomSeed: specification.seed, shards, reply, request } as unknown as JsonValue
  const run = answer.parse(await databaseFunctions('runs').call('planning.queue_run', document))
  if (!run)
    throw new Problem('too-many-runs', 'Four runs are already in progress. Wait until one ends, or cancel one.', {
      headers: { 'retry-after': '60' },
    })
  if ('conflict' in run) throw new Problem('idempotency-key-reused', 'This Idempotency-Key was used for another request. Use a new one.')
  try {
    // A repetition starts it too: the first request may have failed before this line.
    if (run.status === 'queued') {
      const { householdId, id: runId, userId } = run
      await startLargeRun({ householdId, userId, runId, shards: shards.map((_, index) => index) })
    }
  } catch (cause) {
    const failure = { runId: run.id, userId: run.userId, error: 'The run could not be started.', request }
    await databaseFunctions('runs').call('planning.fail_run', failure, { idempotent: true })
    throw new Problem('unavailable', 'The run could not be started. Try again.', { headers: { 'retry-after': '5' }, cause })
  }
  const { createdAt, id } = run
  return { status: 202, body: { ...run.reply, id, createdAt }, headers: { location: `/v1/planning/runs/${id}` } }
}

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
  recordHash: null,
} as const
