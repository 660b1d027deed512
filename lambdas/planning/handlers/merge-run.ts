import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { JsonValue } from '../../../db/data-api.ts'
import { createRunMerge, runHash, type RunShard } from '../../../domain/planning/index.ts'
import { decodeShard } from '../../../domain/simulation/index.ts'
import { databaseFunctions } from '../../runtime/database-functions.ts'
import { simulationStore } from '../../runtime/object-store.ts'
import { runTask } from '../../runtime/run-task.ts'
import { runEvent, shardKey } from '../large-run-events.ts'
import { noteFailedVerification } from '../note-failed-verification.ts'
import { outputFigures } from '../output-rows.ts'
import { readRunSpecification } from '../read-run-specification.ts'
import { readStoredRun } from '../read-stored-run.ts'
import { planningTasks } from '../tasks.ts'
import { differencesOf } from '../verification.ts'

const progress = z.object({
  runStatus: z.string(),
  inputHash: z.string(),
  verifiesRunId: z.string().nullable(),
  computationTimeMs: z.int(),
  shards: z.array(z.object({ shardIndex: z.int(), checksum: z.string().nullable() })),
})

const readShard = async (runId: string, shardIndex: number, checksum: string | null): Promise<RunShard> => {
  const bytes = await simulationStore().get(shardKey(runId, shardIndex))
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== checksum) throw new Error(`The checksum of shard ${shardIndex} of the run ${runId} is ${found}, not ${checksum}.`)
  return decodeShard(bytes) as RunShard
}

/** Merges the shards of a run and ends the run, unless it has already ended. */
export const handler = runTask(planningTasks['merge-run'], runEvent, async ({ runId, userId }, request) => {
  const functions = databaseFunctions('runs')
  const named = { runId, userId, request: { ...request } }
  const read = progress.parse(await functions.call('planning.read_run_shards', named, { idempotent: true }))
  if (read.runStatus !== 'running') return { runStatus: read.runStatus }
  const specification = await readRunSpecification(functions, named, read.inputHash)
  const merge = createRunMerge(specification)
  let mergingMs = 0
  const timed = <T>(work: () => T): T => {
    const startedAt = performance.now()
    const done = work()
    mergingMs += performance.now() - startedAt
    return done
  }
  for (const { checksum, shardIndex } of read.shards) {
    const shard = await readShard(runId, shardIndex, checksum)
    timed(() => merge.add(shard))
  }
  const result = timed(() => merge.result())
  const verify = async (verified: string): Promise<boolean> => {
    const { run } = await readStoredRun(functions, { ...named, runId: verified })
    if (run === null) return false
    const differences = differencesOf(run, result)
    if (differences.length > 0) noteFailedVerification(planningTasks['merge-run'].id, verified, differences)
    return differences.length === 0
  }
  const computationTimeMs = read.computationTimeMs + Math.round(mergingMs)
  const finished = {
    ...named,
    engineVersion: result.engineVersion,
    outputHash: runHash(result),
    result: result as unknown as JsonValue,
    computationTimeMs,
    ...(read.verifiesRunId === null ? { figures: outputFigures(result) } : { figures: [], verified: await verify(read.verifiesRunId) }),
  }
  return z.object({ finished: z.boolean() }).parse(await functions.call('planning.finish_run', finished, { idempotent: true }))
})
