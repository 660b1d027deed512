import type { Analysis, AnalysisResult, RunResult, Specification } from '../../domain/planning/index.ts'
import type { PathEnds } from '../../domain/simulation/index.ts'
import { createWorkerPool, type WorkerPool } from './worker-pool.ts'

let opened: WorkerPool | undefined

/** The pool of this process, which stays warm between requests. */
const pool = (): WorkerPool => (opened ??= createWorkerPool())

/** Simulates on the pool's threads, with the same bits as `simulateRun`, so that this process can answer other requests. */
export const simulateWarm = (specification: Specification, shards?: number): Promise<RunResult> => pool().simulate(specification, shards)

/** The ends of all paths of a specification, simulated on the pool's threads. */
export const pathEndsWarm = (specification: Specification): Promise<PathEnds> => pool().pathEnds(specification)

/** Does an analysis on one of the pool's threads. */
export const analyseWarm = <Kind extends Analysis['kind']>(analysis: Extract<Analysis, { kind: Kind }>): Promise<AnalysisResult<Kind>> =>
  pool().analyse<Kind>(analysis)
