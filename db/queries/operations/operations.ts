import { and, desc, eq, lt, ne, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { auditLogs } from '../../schema/operations/audit.ts'
import { idempotencyKeys } from '../../schema/operations/idempotency.ts'
import { jobRuns } from '../../schema/operations/jobs.ts'
import { rowsOf } from '../rows.ts'

export const auditLogRows = rowsOf(auditLogs, { version: null })

export const readServerVersion = async (transaction: Transaction): Promise<string> => {
  const [row] = await transaction.execute<{ version: string }>(sql`select current_setting('server_version') as version`)
  return row?.version ?? ''
}

/** Makes the audit trail's partitions up to `monthsAhead` months from now. Returns the names of the new ones. */
export const makeAuditPartitions = async (transaction: Transaction, monthsAhead: number): Promise<string[]> => {
  const [row] = await transaction.execute<{ made: string[] }>(
    sql`select to_jsonb(operations.make_audit_partitions(${monthsAhead})) as made`,
  )
  return row?.made ?? []
}

/** Deletes idempotency keys that have expired. Returns how many. */
export const deleteExpiredIdempotencyKeys = async (transaction: Transaction): Promise<number> => {
  const rows = await transaction
    .delete(idempotencyKeys)
    .where(sql`${idempotencyKeys.expiresAt} < now()`)
    .returning({ key: idempotencyKeys.key })
  return rows.length
}

/** Waits for other firings of a job to end. The lock is held until the end of the transaction. */
export const lockJob = async (transaction: Transaction, job: string): Promise<void> => {
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtext(${`job:${job}`}))`)
}

/** The run that already succeeded for the scheduled time, if there is one. */
export const findSucceededJobRun = async (transaction: Transaction, job: string, scheduledFor: string) => {
  const [row] = await transaction
    .select()
    .from(jobRuns)
    .where(and(eq(jobRuns.job, job), eq(jobRuns.scheduledFor, scheduledFor), eq(jobRuns.status, 'succeeded')))
  return row
}

/** Records the outcome of a firing. It replaces a failed run for the same time, never one that succeeded. */
export const recordJobRun = async (transaction: Transaction, values: typeof jobRuns.$inferInsert): Promise<void> => {
  const { error, finishedAt, result, startedAt, status } = values
  await transaction
    .insert(jobRuns)
    .values(values)
    .onConflictDoUpdate({
      target: [jobRuns.job, jobRuns.scheduledFor],
      // Without a result, that of the steps before stays.
      set: { error: error ?? null, finishedAt, ...(result === undefined ? {} : { result }), startedAt, status },
      setWhere: ne(jobRuns.status, 'succeeded'),
    })
}

/** The newest run of a job. */
export const findLastJobRun = async (transaction: Transaction, job: string) => {
  const [row] = await transaction.select().from(jobRuns).where(eq(jobRuns.job, job)).orderBy(desc(jobRuns.startedAt)).limit(1)
  return row
}

/**
 * Records that a run has begun. Earlier runs of the job that are still recorded as running, and began more than `longestSeconds` ago, were
 * stopped before they could record an end: they are recorded as failed. Returns them.
 */
export const beginJobRun = async (
  transaction: Transaction,
  run: { job: string; scheduledFor: string; startedAt: string },
  longestSeconds: number,
) => {
  const stopped = await transaction
    .update(jobRuns)
    .set({ status: 'failed', finishedAt: sql`now()`, error: 'The run was stopped before its end.' })
    .where(
      and(
        eq(jobRuns.job, run.job),
        eq(jobRuns.status, 'running'),
        lt(jobRuns.startedAt, sql`now() - make_interval(secs => ${longestSeconds})`),
      ),
    )
    .returning()
  await recordJobRun(transaction, { ...run, status: 'running' })
  return stopped
}
