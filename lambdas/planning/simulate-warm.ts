import { availableParallelism } from 'node:os'
import { type RunResult, simulatedPaths, simulateRun, type Specification } from '../../domain/planning/index.ts'
import { createWorkerPool, MAX_SHARD_PATHS, type WorkerPool } from './worker-pool.ts'

let pool: WorkerPool | undefined

/**
 * Simulates with the bits of `simulateRun`: what is more than a shard on all processors, beside whatever else this process answers; less
 * than that in this thread, where it is done before others would have begun.
 */
export const simulateWarm = async (specification: Specification, shards?: number): Promise<RunResult> =>
  simulatedPaths(specification) <= MAX_SHARD_PATHS || availableParallelism() === 1
    ? simulateRun(specification, shards)
    : (pool ??= createWorkerPool()).simulate(specification, shards)
