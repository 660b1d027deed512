import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import {
  InvalidSpecError,
  mergeShards,
  type ShardResult,
  type SimulationResult,
  type SimulationSpec,
  shardRanges,
  validateSpec,
} from '../../domain/planning/index.ts'

/** What a worker is sent. */
export interface ShardTask {
  readonly spec: SimulationSpec
  readonly fromPath: number
  readonly toPath: number
}

export interface PooledRunOptions {
  /** Parts that the paths are divided into; if left out, one a worker, or more so that none has more than 16,384 paths. */
  readonly shards?: number
  /** Aborts the run: what is waiting is dropped, what is being simulated is thrown away when done, and the promise rejects. */
  readonly signal?: AbortSignal
  /** Called after each shard with the number of paths simulated so far. */
  readonly onProgress?: (paths: number) => void
}

export interface WorkerPool {
  /** Simulates on the pool's threads, with the bits of `simulate`. Rejects with InvalidSpecError before anything is sent. */
  simulate(spec: SimulationSpec, options?: PooledRunOptions): Promise<SimulationResult>
  /** Ends the threads; runs that are not done reject. */
  close(): Promise<void>
}

export interface WorkerPoolOptions {
  /** Threads; if left out, one a processor. */
  readonly size?: number
  readonly startWorker?: () => Worker
}

const MAX_SHARD_PATHS = 16_384
/** A shard that has ended so many workers is not tried again. */
const MAX_ATTEMPTS = 3

/** The worker's entry beside this module: both are sources, or both are in a bundle. */
const workerUrl = new URL(import.meta.url.endsWith('.ts') ? './shard-worker.ts' : './shard-worker.mjs', import.meta.url)

interface Job {
  readonly task: ShardTask
  attempts: number
  readonly done: (shard: ShardResult) => void
  readonly failed: (error: unknown) => void
}

/**
 * Threads that stay warm from run to run. One that dies is replaced, and its shard tried again: a shard's bits depend on its paths alone,
 * so the result is the same.
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
    worker.on('message', (shard: ShardResult) => {
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
    async simulate(spec, { shards, signal, onProgress } = {}) {
      const issues = validateSpec(spec)
      if (issues.length > 0) throw new InvalidSpecError(issues)
      signal?.throwIfAborted()
      const ranges = shardRanges(spec.paths, shards ?? Math.max(size, Math.ceil(spec.paths / MAX_SHARD_PATHS)))
      const aborted = Promise.withResolvers<never>()
      const abort = (): void => aborted.reject(signal?.reason)
      signal?.addEventListener('abort', abort, { once: true })
      let paths = 0
      const jobs = ranges.map(([fromPath, toPath]) => {
        const { promise, resolve, reject } = Promise.withResolvers<ShardResult>()
        const done = (shard: ShardResult): void => {
          paths += toPath - fromPath
          resolve(shard)
          if (!signal?.aborted) onProgress?.(paths)
        }
        return { job: { task: { spec, fromPath, toPath }, attempts: 0, done, failed: reject }, promise }
      })
      waiting.push(...jobs.map(({ job }) => job))
      next()
      try {
        return mergeShards(spec, await Promise.race([Promise.all(jobs.map(({ promise }) => promise)), aborted.promise]))
      } finally {
        signal?.removeEventListener('abort', abort)
        for (const { job } of jobs) if (waiting.includes(job)) waiting.splice(waiting.indexOf(job), 1)
      }
    },
    async close() {
      closed = true
      for (const job of [...waiting.splice(0), ...busy.values()]) job.failed(new Error('the worker pool was closed'))
      const workers = [...idle, ...busy.keys()]
      // A thread that does not hold the process would let it end before the thread has.
      for (const worker of workers) worker.ref()
      await Promise.all(workers.map(worker => worker.terminate()))
    },
  }
}
