import { createHash } from 'node:crypto'
import * as z from 'zod'
import { simulateRunShard } from '../../../domain/planning/index.ts'
import { encodeShard } from '../../../domain/simulation/index.ts'
import { databaseFunctions } from '../../runtime/database-functions.ts'
import { simulationStore } from '../../runtime/object-store.ts'
import { runTask } from '../../runtime/run-task.ts'
import { shardEvent, shardKey } from '../large-run-events.ts'
import { readRunSpecification } from '../read-run-specification.ts'
import { planningTasks } from '../tasks.ts'

const claim = z.object({
  runStatus: z.string(),
  shardStatus: z.string(),
  fromPath: z.int(),
  toPath: z.int(),
  inputHash: z.string(),
})

/** Simulates a shard, unless its run has ended or the shard has already succeeded. */
export const handler = runTask(planningTasks['simulate-shard'], shardEvent, async (event, request) => {
  const functions = databaseFunctions('runs')
  const named = { ...event, request: { ...request } }
  const { fromPath, inputHash, runStatus, shardStatus, toPath } = claim.parse(
    await functions.call('planning.begin_shard', named, { idempotent: true }),
  )
  if (runStatus !== 'running' || shardStatus === 'succeeded') return { runStatus, shardStatus }
  const specification = await readRunSpecification(functions, named, inputHash)
  const startedAt = performance.now()
  const bytes = encodeShard(simulateRunShard(specification, fromPath, toPath))
  const computationTimeMs = Math.round(performance.now() - startedAt)
  await simulationStore().put(shardKey(event.runId, event.shardIndex), bytes)
  const checksum = createHash('sha256').update(bytes).digest('hex')
  await functions.call('planning.complete_shard', { ...named, checksum, computationTimeMs }, { idempotent: true })
  return { runStatus, shardStatus: 'succeeded' }
})
