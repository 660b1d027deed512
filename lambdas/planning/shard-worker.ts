import { parentPort } from 'node:worker_threads'
import { simulateRunShard } from '../../domain/planning/index.ts'
import type { ShardTask } from './worker-pool.ts'

/** The thread of a worker pool: simulates each shard it receives, and sends back the result or the error. */
parentPort?.on('message', ({ specification, fromPath, toPath }: ShardTask) => {
  const shard = simulateRunShard(specification, fromPath, toPath)
  parentPort?.postMessage(shard, [...new Set(buffersOf(shard))])
})

/** The buffers of a result. They are transferred to the receiver, not copied. */
function buffersOf(part: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(part)) return [part.buffer as ArrayBuffer]
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(buffersOf) : []
}
