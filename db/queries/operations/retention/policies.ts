import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { PolicyDue } from '../../../../domain/operations/index.ts'
import type { Transaction } from '../../../database.ts'
import { legalHolds, retentionArchives, retentionPolicies, retentionRuns } from '../../../schema/operations/retention.ts'
import { rowsOf } from '../../rows.ts'
import type { PolicyRow } from './covered.ts'

export const policyRows = rowsOf(retentionPolicies)
export const holdRows = rowsOf(legalHolds, { version: null })
export const retentionRunRows = rowsOf(retentionRuns, { version: null })

export type RetentionRunRow = typeof retentionRuns.$inferSelect
export type ArchiveRow = typeof retentionArchives.$inferSelect

/** The active policies whose time has come, and those that were never given one. */
export const listDuePolicies = (transaction: Transaction, now: string): Promise<PolicyRow[]> =>
  transaction
    .select()
    .from(retentionPolicies)
    .where(
      and(
        eq(retentionPolicies.isActive, true),
        sql`(${retentionPolicies.nextExecution} is null or ${retentionPolicies.nextExecution} <= ${now})`,
      ),
    )
    .orderBy(asc(retentionPolicies.name))

/** When each active policy should have run. */
export const listPolicyDues = async (transaction: Transaction): Promise<PolicyDue[]> => {
  const milliseconds = (instant: SQL) => sql`(extract(epoch from ${instant}) * 1000)::float8`
  const rows = await transaction.execute<Record<string, unknown> & PolicyDue>(sql`
    select p.name as policy, ${milliseconds(sql`p.next_execution`)} as "nextExecutionMs", ${milliseconds(sql`(
      select min(r.scheduled_for) from operations.retention_runs r
      where r.policy_id = p.id and r.status <> 'success' and r.scheduled_for > coalesce((
        select max(done.scheduled_for) from operations.retention_runs done where done.policy_id = p.id and done.status = 'success'), '-infinity'))`)}
      as "unfinishedSinceMs"
    from operations.data_retention_policies p where p.is_active order by p.name`)
  return [...rows]
}

export const listPolicies = (transaction: Transaction): Promise<PolicyRow[]> =>
  transaction.select().from(retentionPolicies).orderBy(asc(retentionPolicies.name))

export const findPolicyByName = async (transaction: Transaction, name: string): Promise<PolicyRow | undefined> => {
  const [row] = await transaction.select().from(retentionPolicies).where(eq(retentionPolicies.name, name))
  return row
}

export const setNextExecution = async (transaction: Transaction, policyId: string, nextExecution: string): Promise<void> => {
  await transaction.update(retentionPolicies).set({ nextExecution }).where(eq(retentionPolicies.id, policyId))
}

/** Begins the run of a policy for a time, or finds the one that was begun. */
export const beginRetentionRun = async (transaction: Transaction, policy: PolicyRow, scheduledFor: string): Promise<RetentionRunRow> => {
  const values = {
    policyId: policy.id,
    scheduledFor,
    cutoff: sql`${scheduledFor}::timestamptz - make_interval(days => ${policy.retentionPeriodDays})`,
  }
  await transaction.insert(retentionRuns).values(values).onConflictDoNothing()
  const [row] = await transaction
    .select()
    .from(retentionRuns)
    .where(and(eq(retentionRuns.policyId, policy.id), eq(retentionRuns.scheduledFor, scheduledFor)))
  return row!
}

/** Waits for the other firings of a policy. Returns the run if it has not ended. */
export const lockRetentionRun = async (transaction: Transaction, run: RetentionRunRow): Promise<RetentionRunRow | undefined> => {
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`retention ${run.policyId}`}, 0))`)
  const [row] = await transaction
    .select()
    .from(retentionRuns)
    .where(and(eq(retentionRuns.id, run.id), sql`${retentionRuns.status} <> 'success'`))
  return row
}

export const countProcessed = async (
  transaction: Transaction,
  run: RetentionRunRow,
  { partitions = 0, records }: { readonly records: number; readonly partitions?: number },
): Promise<void> => {
  await transaction
    .update(retentionRuns)
    .set({
      recordsProcessed: sql`${retentionRuns.recordsProcessed} + ${records}`,
      batches: sql`${retentionRuns.batches} + 1`,
      partitionsDropped: sql`${retentionRuns.partitionsDropped} + ${partitions}`,
    })
    .where(eq(retentionRuns.id, run.id))
  await transaction
    .update(retentionPolicies)
    .set({ recordsProcessed: sql`${retentionPolicies.recordsProcessed} + ${records}` })
    .where(eq(retentionPolicies.id, run.policyId))
}

interface Ending {
  readonly status: 'success' | 'partial' | 'failed'
  readonly error?: string
  readonly durationMs: number
  /** Null: the run is to be continued. */
  readonly nextExecution: string | null
}

/** Records the end of a run, unless another firing has ended it. */
export const endRetentionRun = async (transaction: Transaction, run: RetentionRunRow, ending: Ending): Promise<void> => {
  const { durationMs, error = null, nextExecution, status } = ending
  const ended = await transaction
    .update(retentionRuns)
    .set({ status, error, finishedAt: status === 'partial' ? null : sql`clock_timestamp()` })
    .where(and(eq(retentionRuns.id, run.id), sql`${retentionRuns.status} <> 'success'`))
    .returning({ id: retentionRuns.id })
  if (ended.length === 0) return
  await transaction
    .update(retentionPolicies)
    .set({
      lastExecuted: sql`clock_timestamp()`,
      lastExecutionDurationMs: Math.round(durationMs),
      lastExecutionStatus: status,
      ...(nextExecution === null ? {} : { nextExecution }),
    })
    .where(eq(retentionPolicies.id, run.policyId))
}

export const insertArchive = async (transaction: Transaction, values: typeof retentionArchives.$inferInsert): Promise<void> => {
  await transaction.insert(retentionArchives).values(values)
}

export const findArchive = async (transaction: Transaction, archiveId: string): Promise<ArchiveRow | undefined> => {
  const [row] = await transaction.select().from(retentionArchives).where(eq(retentionArchives.id, archiveId))
  return row
}

export const markArchiveRestored = async (transaction: Transaction, archiveId: string): Promise<void> => {
  await transaction.update(retentionArchives).set({ restoredAt: sql`clock_timestamp()` }).where(eq(retentionArchives.id, archiveId))
}

export const listArchives = (transaction: Transaction, limit: number) =>
  transaction.select().from(retentionArchives).orderBy(desc(retentionArchives.id)).limit(limit)

/** Releases a hold, once. Undefined if there is none that is in force. */
export const releaseHold = async (transaction: Transaction, holdId: string, releasedBy: string | null) => {
  const [row] = await transaction
    .update(legalHolds)
    .set({ releasedAt: new Date().toISOString(), releasedBy })
    .where(and(eq(legalHolds.id, holdId), isNull(legalHolds.releasedAt)))
    .returning()
  return row
}

export const listHolds = (transaction: Transaction) => transaction.select().from(legalHolds).orderBy(desc(legalHolds.id))
