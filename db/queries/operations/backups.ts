import { and, desc, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { backups, restores } from '../../schema/operations/backups.ts'

export type BackupRow = typeof backups.$inferSelect
export type RestoreRow = typeof restores.$inferSelect

/** Records that a backup begins. Returns its id. */
export const beginBackup = async (transaction: Transaction, reason: BackupRow['reason']): Promise<string> => {
  const [row] = await transaction.insert(backups).values({ reason, status: 'running' }).returning({ id: backups.id })
  return row!.id
}

/** Records that backups were stopped before their end. Only under the lock of backups: then none of them still runs. */
export const failStoppedBackups = async (transaction: Transaction): Promise<void> => {
  await transaction
    .update(backups)
    .set({ status: 'failed', finishedAt: sql`now()`, error: 'The backup was stopped before its end.' })
    .where(eq(backups.status, 'running'))
}

/** The columns of a backup that change. */
export type BackupChange = Partial<Omit<BackupRow, 'id' | 'reason' | 'startedAt'>>

export const changeBackup = async (transaction: Transaction, id: string, change: BackupChange): Promise<void> => {
  await transaction.update(backups).set(change).where(eq(backups.id, id))
}

/** Records a backup of the store that this database does not know, because it is older than the backup. */
export const addKnownBackup = async (transaction: Transaction, row: typeof backups.$inferInsert): Promise<void> => {
  await transaction.insert(backups).values(row).onConflictDoNothing()
}

/** The newest backup that was restored and found equal. */
export const findNewestGoodBackup = async (transaction: Transaction): Promise<BackupRow | undefined> => {
  const [row] = await transaction.select().from(backups).where(isNotNull(backups.verifiedAt)).orderBy(desc(backups.snapshotAt)).limit(1)
  return row
}

/** How many backups that began later have failed, or are stored and were not restored and compared. */
export const countBackupsWithoutProof = (transaction: Transaction, since: string | null): Promise<number> =>
  transaction.$count(
    backups,
    and(inArray(backups.status, ['complete', 'failed']), since === null ? undefined : gt(backups.startedAt, since)),
  )

/** Records that a restore begins. Returns its id: the given one, for a database that did not see it begin, or a new one. */
export const beginRestore = async (
  transaction: Transaction,
  values: Pick<RestoreRow, 'backupId' | 'kind'> & { readonly id?: string },
): Promise<string> => {
  const [row] = await transaction
    .insert(restores)
    .values({ ...values, status: 'running' })
    .returning({ id: restores.id })
  return row!.id
}

export const finishRestore = async (
  transaction: Transaction,
  id: string,
  values: Partial<Omit<RestoreRow, 'id' | 'kind' | 'startedAt' | 'finishedAt'>>,
): Promise<void> => {
  await transaction
    .update(restores)
    .set({ ...values, finishedAt: sql`clock_timestamp()` })
    .where(eq(restores.id, id))
}

export const listRestoreRows = (transaction: Transaction, limit: number): Promise<RestoreRow[]> =>
  transaction.select().from(restores).orderBy(desc(restores.startedAt)).limit(limit)

export type RestoreTest = Pick<RestoreRow, 'dataLossMs' | 'error' | 'id' | 'recoveryPoint' | 'recoveryTimeMs' | 'result' | 'startedAt'> & {
  readonly status: 'succeeded' | 'failed'
}

/** Records how a test of a restore has ended. A second attempt of the same test takes the place of the first. */
export const recordRestoreTest = async (transaction: Transaction, { id, startedAt, ...outcome }: RestoreTest): Promise<void> => {
  const ended = { ...outcome, finishedAt: sql`clock_timestamp()` }
  await transaction
    .insert(restores)
    .values({ id, startedAt, kind: 'restore-test', ...ended })
    .onConflictDoUpdate({ target: restores.id, set: ended })
}

/** The newest test of a restore, or the newest with that status. */
export const findNewestRestoreTest = async (transaction: Transaction, status?: RestoreRow['status']): Promise<RestoreRow | undefined> => {
  const [row] = await transaction
    .select()
    .from(restores)
    .where(and(eq(restores.kind, 'restore-test'), status === undefined ? undefined : eq(restores.status, status)))
    .orderBy(desc(restores.startedAt))
    .limit(1)
  return row
}
