import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import {
  assertValidRun,
  createRunMerge,
  type RunResult,
  type RunShard,
  simulatedPaths,
  type Specification,
} from '../../domain/planning/index.ts'
import { shardRanges } from '../../domain/simulation/index.ts'
export interface ShardTask {
  readonly specification: Specification
  readonly fromPath: number
  readonly toPath: number
}

export interface WorkerPool {
  /**
   * Simulates on the pool's threads, with the same bits as `simulateRun`. Rejects with InvalidSpecError before it sends anything.
   * @param shards the smallest number of shards; by default one per thread
   */
  simulate(specification: Specification, shards?: number): Promise<RunResult>
  /** Ends the threads. Unfinished runs reject. */
  close(): Promise<void>
}

export interface WorkerPoolOptions {
  /** Number of threads; by default one per processor. */
  readonly size?: number
  readonly startWorker?: () => Worker
}

/** Largest number of simulated paths of one shard. It limits the memory of a thread. */
export const MAX_SHARD_PATHS = 16_384
/** A shard is not tried again after this many workers ended while they simulated it. */
const MAX_ATTEMPTS = 3

/** The worker's entry in the folder of this module: both are sources, or both are in a bundle. */
const workerUrl = new URL(import.meta.url.endsWith('.ts') ? './shard-worker.ts' : './shard-worker.mjs', import.meta.url)

interface Job {
  readonly task: ShardTask
  attempts: number
  readonly done: (shard: RunShard) => void
  readonly failed: (error: unknown) => void
}

/**
 * Threads that stay warm between runs. A thread that ends is replaced, and its shard is tried again. A shard's bits depend only on its
 * paths, so the result is the same.
 */
export function createWorkerPool({
  size = availableParallelism(),
  startWorker = () => new Worker(workerUrl),
}: WorkerPoolOptions = {}): WorkerPool {
  const waiting: Job[] = []
  const idle: Worker[] = []
  const busy = new Map<Worker, Job>()
  let closed = false

  const start = (): void => {
    const worker = startWorker()
    worker.unref()
    worker.on('message', (shard: RunShard) => {
      const job = busy.get(worker)
      busy.delete(worker)
      idle.push(worker)
      job?.done(shard)
      next()
    })
    let reason: unknown = new Error('a simulation worker ended')
    worker.on('error', error => {
      reason = error
    })
    worker.on('exit', () => {
      const job = busy.get(worker)
      busy.delete(worker)
      const at = idle.indexOf(worker)
      if (at >= 0) idle.splice(at, 1)
      if (job && job.attempts < MAX_ATTEMPTS && !closed) waiting.unshift(job)
      else job?.failed(reason)
      if (!closed) start()
      next()
    })
    idle.push(worker)
  }

  const next = (): void => {
    if (closed) return
    while (idle.length > 0 && waiting.length > 0) {
      const worker = idle.shift()!
      const job = waiting.shift()!
      job.attempts++
      busy.set(worker, job)
      worker.ref()
      worker.postMessage(job.task, [])
    }
    for (const worker of idle) worker.unref()
  }

  for (let i = 0; i < size; i++) start()

  return {
    async simulate(specification, shards = size) {
      assertValidRun(specification)
      const ranges = shardRanges(specification.paths, Math.max(shards, Math.ceil(simulatedPaths(specification) / MAX_SHARD_PATHS)))
      const jobs = ranges.map(([fromPath, toPath]) => {
        const { promise, resolve, reject } = Promise.withResolvers<RunShard>()
        return { job: { task: { specification, fromPath, toPath }, attempts: 0, done: resolve, failed: reject }, promise }
      })
      waiting.push(...jobs.map(({ job }) => job))
      next()
      try {
        const merge = createRunMerge(specification)
        for (const shard of await Promise.all(jobs.map(({ promise }) => promise))) merge.add(shard)
        return merge.result()
      } finally {
        for (const { job } of jobs) if (waiting.includes(job)) waiting.splice(waiting.indexOf(job), 1)
      }
    },
    async close() {
      closed = true
      for (const job of [...waiting.splice(0), ...busy.values()]) job.failed(new Error('the worker pool was closed'))
      const workers = [...idle, ...busy.keys()]
      // An unreferenced thread would let the process end before the thread has ended.
      for (const worker of workers) worker.ref()
      await Promise.all(workers.map(worker => worker.terminate()))
    },
  }
}
