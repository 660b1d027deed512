import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { planOutputs, runs, runShards } from '../../schema/planning/runs.ts'
import { rowsOf } from '../rows.ts'

/** Counted from the shards that have succeeded, so that no shard counts twice. */
const completedPaths = sql<number>`case when ${runs.status} = 'succeeded' then ${runs.pathCount} else (
  select coalesce(sum(${runShards.toPath} - ${runShards.fromPath}), 0)::integer
  from ${runShards} where ${runShards.runId} = ${runs.id} and ${runShards.status} = 'succeeded') end`.mapWith(Number)

const {
  provenance: _provenance,
  recordHash: _hash,
  result: _result,
  specification: _specification,
  ...summaryColumns
} = getTableColumns(runs)

/** Complete runs, with the number of paths simulated so far. */
export const runRows = rowsOf(runs, { version: null, selection: { ...getTableColumns(runs), completedPaths } })
export type Run = Awaited<ReturnType<typeof runRows.insert>>

/** Runs for lists, without specification and result. */
export const runSummaryRows = rowsOf(runs, {
  version: null,
  selection: {
    ...summaryColumns,
    completedPaths,
    successProbability: sql<number | null>`(${runs.result} -> 'success' ->> 'probability')::float8`,
  },
})

/** Stores a run that was simulated within the request. */
export const insertRun = (transaction: Transaction, values: typeof runs.$inferInsert): Promise<Run> =>
  runRows.insert(transaction, { ...values, startedAt: sql`now()`, finishedAt: sql`clock_timestamp()` })

/** A figure of a run as it is stored, and whether its row is as it was stored. */
export interface StoredOutput {
  readonly outputType: string
  readonly outputName: string
  readonly outputValue: unknown
  readonly confidenceIntervalLower: string | null
  readonly confidenceIntervalUpper: string | null
  readonly standardDeviation: string | null
  readonly isSealed: boolean
}

/** See planning.stored_records. */
export interface StoredRecords {
  /** Whether the run's row is as it was stored. */
  readonly isSealed: boolean
  readonly outputs: readonly StoredOutput[]
}

export const readStoredRecords = async (transaction: Transaction, runId: string): Promise<StoredRecords> => {
  const [row] = await transaction.execute<{ records: StoredRecords | string }>(sql`select planning.stored_records(${runId}) as records`)
  return typeof row!.records === 'string' ? (JSON.parse(row!.records) as StoredRecords) : row!.records
}

export const markRunVerified = async (transaction: Transaction, id: string, matched: boolean): Promise<string> => {
  const [row] = await transaction
    .update(runs)
    .set({ lastVerifiedAt: sql`now()`, lastVerificationMatched: matched })
    .where(eq(runs.id, id))
    .returning({ verifiedAt: runs.lastVerifiedAt })
  return row!.verifiedAt!
}

/** Cancels a queued or running run. A run that has ended is not changed. */
export const cancelRun = async (transaction: Transaction, id: string): Promise<void> => {
  await transaction
    .update(runs)
    .set({ status: 'cancelled', finishedAt: sql`now()` })
    .where(and(eq(runs.id, id), inArray(runs.status, ['queued', 'running'])))
}

/** Sets abandoned runs, which have not ended an hour after they were queued, to failed. Returns how many. */
export const failAbandonedRuns = async (transaction: Transaction): Promise<number> => {
  const failed = await transaction.execute(sql`
    update planning.runs set status = 'failed', error = 'It was not finished within an hour.', finished_at = now()
    where status in ('queued', 'running') and created_at < now() - interval '1 hour' returning id`)
  return failed.length
}

/** Fails the run if it has not ended. @returns whether it did. */
export const failStoppedRun = async (transaction: Transaction, runId: string): Promise<boolean> => {
  const failed = await transaction.execute(sql`
    update planning.runs set status = 'failed', error = 'Its simulation was stopped, or took too long.', finished_at = now()
    where id = ${runId} and status in ('queued', 'running') returning id`)
  return failed.length > 0
}

export const insertPlanOutputs = async (transaction: Transaction, values: (typeof planOutputs.$inferInsert)[]): Promise<void> => {
  await transaction.insert(planOutputs).values(values)
}

export const planOutputRows = rowsOf(planOutputs, { version: null })
