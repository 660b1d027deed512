import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { auditLogs } from '../../schema/operations/audit.ts'
import { idempotencyKeys } from '../../schema/operations/idempotency.ts'
import { jobRuns } from '../../schema/operations/jobs.ts'
import { type PageRequest, pageClauses } from '../paging.ts'

export type AuditLog = typeof auditLogs.$inferSelect

export const listAuditLogs = (
  transaction: Transaction,
  request: PageRequest,
  filter: { readonly resourceType?: string | undefined; readonly resourceId?: string | undefined },
): Promise<AuditLog[]> => {
  const { limit, orderBy, where } = pageClauses(
    auditLogs.id,
    request,
    filter.resourceType ? eq(auditLogs.resourceType, filter.resourceType) : undefined,
    filter.resourceId ? eq(auditLogs.resourceId, filter.resourceId) : undefined,
  )
  return transaction.select().from(auditLogs).where(where).orderBy(orderBy).limit(limit)
}

export const readServerVersion = async (transaction: Transaction): Promise<string> => {
  const [row] = await transaction.execute<{ version: string }>(sql`select current_setting('server_version') as version`)
  return row?.version ?? ''
}

/** Makes the audit trail's partitions to `monthsAhead` months from now; the names of those that were missing. */
export const makeAuditPartitions = async (transaction: Transaction, monthsAhead: number): Promise<string[]> => {
  const [row] = await transaction.execute<{ made: string[] }>(
    sql`select to_jsonb(operations.make_audit_partitions(${monthsAhead})) as made`,
  )
  return row?.made ?? []
}

/** Forgets idempotency keys that have expired; how many. */
export const deleteExpiredIdempotencyKeys = async (transaction: Transaction): Promise<number> => {
  const rows = await transaction
    .delete(idempotencyKeys)
    .where(sql`${idempotencyKeys.expiresAt} < now()`)
    .returning({ key: idempotencyKeys.key })
  return rows.length
}

/** Waits for a job's other firings to end: the lock goes with the transaction. */
export const lockJob = async (transaction: Transaction, job: string): Promise<void> => {
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtext(${`job:${job}`}))`)
}

/** The run that already succeeded for a scheduled time, if any. */
export const findSucceededJobRun = async (transaction: Transaction, job: string, scheduledFor: string) => {
  const [row] = await transaction
    .select()
    .from(jobRuns)
    .where(and(eq(jobRuns.job, job), eq(jobRuns.scheduledFor, scheduledFor), eq(jobRuns.status, 'succeeded')))
  return row
}

/** Records how a firing ended; a later firing for the same time, after a failure, takes its place. */
export const recordJobRun = async (transaction: Transaction, values: typeof jobRuns.$inferInsert): Promise<void> => {
  const { error, finishedAt, result, startedAt, status } = values
  await transaction
    .insert(jobRuns)
    .values(values)
    .onConflictDoUpdate({
      target: [jobRuns.job, jobRuns.scheduledFor],
      set: { error: error ?? null, finishedAt, result: result ?? null, startedAt, status },
    })
}
