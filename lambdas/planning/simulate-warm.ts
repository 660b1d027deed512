import { availableParallelism } from 'node:os'
import { type RunResult, simulatedPaths, simulateRun, type Specification } from '../../domain/planning/index.ts'
import { createWorkerPool, MAX_SHARD_PATHS, type WorkerPool } from './worker-pool.ts'

let pool: WorkerPool | undefined

/**
 * Simulates with the same bits as `simulateRun`. A run of more than one shard uses all processors, so that this process can answer other
 * requests. A smaller run uses this thread, where it is done before other threads would have begun.
 */
export const simulateWarm = async (specification: Specification, shards?: number): Promise<RunResult> =>
  simulatedPaths(specification) <= MAX_SHARD_PATHS || availableParallelism() === 1
    ? simulateRun(specification, shards)
    : (pool ??= createWorkerPool()).simulate(specification, shards)
