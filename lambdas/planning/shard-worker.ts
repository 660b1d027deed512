import { parentPort } from 'node:worker_threads'
import { type ShardResult, simulateShard } from '../../domain/planning/index.ts'
import type { ShardTask } from './worker-pool.ts'

/** The thread of a worker pool: simulates each shard it is sent and answers with it, or with what went wrong. */
parentPort?.on('message', ({ spec, fromPath, toPath }: ShardTask) => {
  const shard = simulateShard(spec, fromPath, toPath)
  parentPort?.postMessage(shard, buffersOf(shard))
})

/** Handed over, not copied. */
function buffersOf({ sketches, ...arrays }: ShardResult): ArrayBuffer[] {
  const counts = sketches ? [...sketches.nominal, ...sketches.real].map(sketch => sketch.counts) : []
  return [...Object.values(arrays), ...counts].filter(part => ArrayBuffer.isView(part)).map(view => view.buffer as ArrayBuffer)
}
