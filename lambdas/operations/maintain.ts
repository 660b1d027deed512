import { planExtendedStatistics } from '../../db/maintenance/extended-statistics.ts'
import { readDatabaseState, type ReadOptions } from '../../db/maintenance/read-state.ts'
import { type Pace, runSteps, type WorkDone } from '../../db/maintenance/run-steps.ts'
import type { DatabaseLocation } from '../../db/connections.ts'
import type { Transaction } from '../../db/database.ts'
import { makeBarPartitions } from '../../db/queries/market/index.ts'
import { deleteExpiredIdempotencyKeys, makeAuditPartitions } from '../../db/queries/operations/operations.ts'
import { type DatabaseState, planAnalyze, planEmptied, planLeftovers, planReindex, planVacuum } from '../../domain/operations/index.ts'

/** What the work needs of a command or a job. */
export interface Maintained extends Pace {
  readonly location: DatabaseLocation
  /** Runs work in a transaction of its own, as nestegg_operator. */
  readonly inTransaction: <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>
}

/** Without the figures of tables and indexes there would be nothing to do, which would look like success. */
const readForWork = async ({ location, progress }: Maintained, options: ReadOptions = {}): Promise<DatabaseState> => {
  const state = await readDatabaseState(location, { measuresBloat: false, ...options, progress })
  const missing = (['tables', 'indexes', 'wraparound'] as const).filter(subject => subject in state.notRead)
  if (missing.length > 0)
    throw new Error(`The figures of ${missing.join(' and ')} could not be read: ${state.notRead[missing[0]!]}. Nothing was done.`)
  return state
}

export const analyze = async (maintained: Maintained, { all }: { readonly all: boolean }): Promise<WorkDone> => {
  const { tables } = await readForWork(maintained)
  return runSteps(maintained.location, planAnalyze(tables, { all }), maintained)
}

export const vacuum = async (maintained: Maintained, { freezeAll }: { readonly freezeAll: boolean }): Promise<WorkDone> => {
  const { tables, wraparound } = await readForWork(maintained)
  return runSteps(maintained.location, planVacuum(tables, { freezeAge: wraparound.freezeAge, freezeAll }), maintained)
}

/** Makes the declared statistics of several columns, then refreshes the statistics of all tables. */
export const refreshStatistics = async (maintained: Maintained): Promise<WorkDone> => {
  const { tables } = await readForWork(maintained)
  const missing = await maintained.inTransaction(planExtendedStatistics)
  return runSteps(maintained.location, [...missing, ...planAnalyze(tables, { all: true })], maintained)
}

export const reindex = async (maintained: Maintained): Promise<WorkDone> => {
  const { bloat, indexes } = await readForWork(maintained, { measuresBloat: true })
  return runSteps(maintained.location, [...planLeftovers(indexes), ...planReindex(indexes, bloat)], maintained)
}

export interface Cleaned extends WorkDone {
  readonly partitionsMade: readonly string[]
  readonly partitionsDropped: readonly string[]
  readonly expiredKeysDeleted: number
}

/** Moves rows out of default partitions, drops what a stopped REINDEX left, and deletes expired rows that their own job has missed. */
export const cleanUp = async (maintained: Maintained): Promise<Cleaned> => {
  const { hasTime, inTransaction, location, progress } = maintained
  progress('Making partitions')
  const ofAudit = await inTransaction(transaction => makeAuditPartitions(transaction, 3))
  const ofBars = await makeBarPartitions(inTransaction, hasTime)
  progress('Deleting expired rows')
  const expiredKeysDeleted = await inTransaction(deleteExpiredIdempotencyKeys)
  const { indexes, partitions } = await readForWork(maintained)
  const work = await runSteps(location, [...planLeftovers(indexes), ...planEmptied(partitions)], maintained)
  return { ...work, partitionsMade: [...ofAudit, ...ofBars.made], partitionsDropped: ofBars.dropped, expiredKeysDeleted }
}
