import { dropScratch, listDatabases, swapDatabases } from '../../../db/backup/index.ts'
import type { DatabaseLocation } from '../../../db/connections.ts'
import { migrate } from '../../../db/migrate/index.ts'
import { addKnownBackup, beginRestore, changeBackup } from '../../../db/queries/operations/backups.ts'
import { readStore } from './catalogue.ts'
import { type BackupContext, isBehind, recordedRestore, type RestoreOutcome } from './run.ts'

/** Databases that a restore has replaced. They are kept until someone drops them. */
const previousPrefix = ({ database }: DatabaseLocation): string => `${database}_before_`

const stamp = (): string => new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)

export const listPrevious = (location: DatabaseLocation): Promise<string[]> => listDatabases(location, previousPrefix(location))

/** Tells the restored database which backups exist: it knows only those that are older than itself. */
const learnBackups = async ({ inTransaction, store }: BackupContext): Promise<void> => {
  const { backups } = await readStore(store)
  await inTransaction(async transaction => {
    for (const { id, reason, rows, sizeBytes, snapshotAt, verifiedAt } of backups) {
      const status = verifiedAt === null ? 'complete' : 'good'
      await addKnownBackup(transaction, {
        id,
        reason: reason as 'command',
        status,
        startedAt: snapshotAt,
        snapshotAt,
        rows,
        sizeBytes,
        verifiedAt,
      })
      await changeBackup(transaction, id, { status, snapshotAt, rows, sizeBytes, verifiedAt, error: null })
    }
  })
}

/**
 * Puts a backup in the place of the database: restored into a database of its own, compared, brought to this code's migrations, and swapped
 * in one transaction. Requests wait for the swap only. The database of before stays, under the returned name.
 */
export const replaceByBackup = async (
  context: BackupContext,
  backupId: string,
): Promise<RestoreOutcome & { readonly previous: string }> => {
  const { location, onStep } = context
  const previous = `${previousPrefix(location)}${stamp()}`
  const { result: _, ...outcome } = await recordedRestore(context, { backupId, kind: 'full' }, async ({ manifest, scratch }, restoreId) => {
    if (isBehind(manifest)) {
      onStep?.('Applying migrations')
      // The data is that of the backup, which still exists.
      await migrate(scratch, { backup: async () => undefined })
    }
    onStep?.('Exchanging the databases')
    await swapDatabases(location, { comes: scratch.database, goes: previous })
    await context.inTransaction(transaction => beginRestore(transaction, { id: restoreId, backupId, kind: 'full' }))
    await learnBackups(context)
  })
  return { ...outcome, previous }
}

/** Puts the database of before the last restore back. The one in use now stays, under the returned name. */
export const returnToPrevious = async ({ location }: BackupContext): Promise<{ readonly returned: string; readonly previous: string }> => {
  const returned = (await listPrevious(location)).at(-1)
  if (!returned) throw new Error('No restore has left a database of before.')
  const previous = `${previousPrefix(location)}${stamp()}`
  await swapDatabases(location, { comes: returned, goes: previous })
  return { returned, previous }
}

export const dropPrevious = async (location: DatabaseLocation): Promise<string[]> => {
  const names = await listPrevious(location)
  for (const name of names) await dropScratch(location, name)
  return names
}
