import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import {
  type Analysis,
  type AnalysisResult,
  assertValidRun,
  createRunMerge,
  type RunResult,
  type RunShard,
  simulatedPaths,
  type Specification,
} from '../../domain/planning/index.ts'
import { DomainError, type Issue } from '../../domain/shared/index.ts'
import { InvalidSpecError, type PathEnds, shardRanges } from '../../domain/simulation/index.ts'

export interface ShardTask {
  readonly specification: Specification
  readonly fromPath: number
  readonly toPath: number
}

export type WorkerTask = ShardTask | Analysis

/** The answer of a worker: a result, or the faults of the task. */
export type WorkerAnswer = { readonly result: unknown } | { readonly issues: readonly Issue[]; readonly isInvalidSpec: boolean }

export interface WorkerPool {
  /**
   * Simulates on the pool's threads, with the same bits as `simulateRun`. Rejects with InvalidSpecError before it sends anything.
   * @param shards the smallest number of shards; by default one per thread
   */
  simulate(specification: Specification, shards?: number): Promise<RunResult>
  /** Simulates all paths on the pool's threads, and keeps their ends only. Rejects with InvalidSpecError before it sends anything. */
  pathEnds(specification: Specification): Promise<PathEnds>
  /** Does an analysis on one thread. Rejects with the DomainError of `analyse`. */
  analyse<Kind extends Analysis['kind']>(analysis: Extract<Analysis, { kind: Kind }>): Promise<AnalysisResult<Kind>>
  /** Ends the threads. Unfinished runs reject. */
  close(): Promise<void>
}

export interface WorkerPoolOptions {
  /** Number of threads; by default one per processor, and two at least, so that a long analysis does not keep all others waiting. */
  readonly size?: number
  readonly startWorker?: () => Worker
}

/** Largest number of simulated paths of one shard. It limits the memory of a thread. */
export const MAX_SHARD_PATHS = 16_384
/** A task is not tried again after this many workers ended while they did it. */
const MAX_ATTEMPTS = 3

/** The worker's entry in the folder of this module: both are sources, or both are in a bundle. */
const workerUrl = new URL(import.meta.url.endsWith('.ts') ? './shard-worker.ts' : './shard-worker.mjs', import.meta.url)

interface Job {
  readonly task: WorkerTask
  attempts: number
  readonly done: (result: unknown) => void
  readonly failed: (error: unknown) => void
}

/**
 * Threads that stay warm between runs. A thread that ends is replaced, and its shard is tried again. A shard's bits depend only on its
 * paths, so the result is the same.
 */
export function createWorkerPool({
  size = Math.max(2, availableParallelism()),
  startWorker = () => new Worker(workerUrl),
}: WorkerPoolOptions = {}): WorkerPool {
  /** The waiting jobs of each call. Calls take turns, so that a call of many jobs does not keep the others waiting. */
  const waiting: Job[][] = []
  const idle: Worker[] = []
  const busy = new Map<Worker, Job>()
  let closed = false

  const start = (): void => {
    const worker = startWorker()
    worker.unref()
    worker.on('message', (answer: WorkerAnswer) => {
      const job = busy.get(worker)
      busy.delete(worker)
      idle.push(worker)
      if ('result' in answer) job?.done(answer.result)
      else job?.failed(answer.isInvalidSpec ? new InvalidSpecError(answer.issues) : new DomainError(answer.issues))
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
      if (job && job.attempts < MAX_ATTEMPTS && !closed) waiting.unshift([job])
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
      const call = waiting.shift()!
      const job = call.shift()!
      if (call.length > 0) waiting.push(call)
      job.attempts++
      busy.set(worker, job)
      worker.ref()
      worker.postMessage(job.task, [])
    }
    for (const worker of idle) worker.unref()
  }

  for (let i = 0; i < size; i++) start()

  const withdraw = (jobs: readonly Job[]): void => {
    for (const [place, call] of [...waiting.entries()].toReversed()) {
      if (call.some(job => jobs.includes(job))) waiting.splice(place, 1)
    }
  }

  const send = (tasks: readonly WorkerTask[]): Promise<unknown[]> => {
    const jobs = tasks.map(task => {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      return { job: { task, attempts: 0, done: resolve, failed: reject }, promise }
    })
    const call = jobs.map(({ job }) => job)
    waiting.push([...call])
    next()
    return Promise.all(jobs.map(({ promise }) => promise)).finally(() => withdraw(call))
  }

  return {
    async simulate(specification, shards = size) {
      assertValidRun(specification)
      const ranges = shardRanges(specification.paths, Math.max(shards, Math.ceil(simulatedPaths(specification) / MAX_SHARD_PATHS)))
      const merge = createRunMerge(specification)
      const shardResults = await send(ranges.map(([fromPath, toPath]) => ({ specification, fromPath, toPath })))
      for (const shard of shardResults) merge.add(shard as RunShard)
      return merge.result()
    },
    async pathEnds(specification) {
      assertValidRun(specification)
      const { paths } = specification
      const ranges = shardRanges(paths, Math.max(size, Math.ceil(paths / MAX_SHARD_PATHS)))
      const parts = await send(ranges.map(([fromPath, toPath]) => ({ kind: 'ends', specification, fromPath, toPath })))
      const ends: PathEnds = { depletedIn: new Int32Array(paths), endingReal: new Float64Array(paths) }
      for (const [index, part] of (parts as PathEnds[]).entries()) {
        ends.depletedIn.set(part.depletedIn, ranges[index]![0])
        ends.endingReal.set(part.endingReal, ranges[index]![0])
      }
      return ends
    },
    analyse: async analysis => (await send([analysis]))[0] as AnalysisResult<(typeof analysis)['kind']>,
    async close() {
      closed = true
      for (const job of [...waiting.splice(0).flat(), ...busy.values()]) job.failed(new Error('the worker pool was closed'))
      const workers = [...idle, ...busy.keys()]
      // An unreferenced thread would let the process end before the thread has ended.
      for (const worker of workers) worker.ref()
      await Promise.all(workers.map(worker => worker.terminate()))
    },
  }
}
