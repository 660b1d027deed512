import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { analyse, simulateRunShard } from '../../domain/planning/index.ts'
import { DomainError } from '../../domain/shared/index.ts'
import { InvalidSpecError } from '../../domain/simulation/index.ts'
import { readVariable } from '../runtime/environment.ts'
import type { WorkerAnswer, WorkerTask } from './worker-pool.ts'

const resultOf = (task: WorkerTask): unknown =>
  'kind' in task ? analyse(task) : simulateRunShard(task.specification, task.fromPath, task.toPath)

// On a laptop, short requests come first. Only a little, so that a busy machine still gives the thread enough time. Only on Linux, where the
// priority is that of the thread; on other systems it would be that of the whole process.
const niceness = 5
if (readVariable('NESTEGG_ENVIRONMENT') === 'local' && process.platform === 'linux') setPriority(niceness)

/** Faults of the task are an answer. Any other error ends the thread, and the pool starts another one. */
const answerTo = (task: WorkerTask): WorkerAnswer => {
  try {
    return { result: resultOf(task) }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { issues: error.issues, isInvalidSpec: error instanceof InvalidSpecError }
  }
}

/** The thread of a worker pool: does each task it receives, and sends back the answer. */
parentPort?.on('message', (task: WorkerTask) => {
  const answer = answerTo(task)
  parentPort?.postMessage(answer, [...new Set(buffersOf(answer))])
})

/** The buffers of a result. They are transferred to the receiver, not copied. */
function buffersOf(part: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(part)) return [part.buffer as ArrayBuffer]
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(buffersOf) : []
}
