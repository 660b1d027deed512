import { setTimeout as wait } from 'node:timers/promises'
import {
  allowConnections,
  carryEvidence,
  dropScratch,
  exchangeDatabases,
  keepRestoredTrail,
  listDatabases,
  type RepeatedErasure,
  TrailBroken,
} from '../../../db/backup/index.ts'
import type { DatabaseLocation } from '../../../db/connections.ts'
import { migrate } from '../../../db/migrate/index.ts'
import { addKnownBackup, beginRestore, changeBackup, finishRestore } from '../../../db/queries/operations/backups.ts'
import { readStore } from './catalogue.ts'
import { type BackupContext, isBehind, reasonOf, recordedRestore, type RestoreOutcome } from './run.ts'

/** Databases that a restore has replaced. They are kept until someone drops them. */
const previousPrefix = ({ database }: DatabaseLocation): string => `${database}_before_`

const stamp = (): string => new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)

/** A name for the database of before. Two restores in the same second get different ones. */
const makePreviousName = async (location: DatabaseLocation): Promise<string> => {
  for (;;) {
    const name = `${previousPrefix(location)}${stamp()}`
    if ((await listDatabases(location, name)).length === 0) return name
    await wait(100)
  }
}

export const listPrevious = (location: DatabaseLocation): Promise<string[]> => listDatabases(location, previousPrefix(location))

/** Tells the restored database which backups exist: without the records of the database of before, it knows only those that are older. */
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

export interface ReplacedDatabase {
  /** The name under which the database of before stays. */
  readonly previous: string
  /** The persons who were erased since the restored moment, and again now. */
  readonly erasures: readonly RepeatedErasure[]
}

/** What a restore puts in the place of the database. */
export interface Replacement {
  /** A database beside the one in use, with the restored rows. */
  readonly comes: DatabaseLocation
  /** The moment that its rows show. */
  readonly moment: string
  readonly restoreId: string
  /** What the audit trail says of the restore. */
  readonly metadata: object
  /** The audit trail of the database in use is lost: that of the restored one stays. */
  readonly isAuditLost?: boolean
}

/** Exchanges the databases. The audit trail and the records of operations stay those of the database in use. */
export const replaceDatabase = async (
  { location, onStep }: BackupContext,
  { comes, isAuditLost = false, metadata, moment, restoreId }: Replacement,
): Promise<ReplacedDatabase> => {
  const previous = await makePreviousName(location)
  onStep?.('Exchanging the databases')
  const restore = { restoreId, metadata: { ...metadata, moment } }
  let erasures: readonly RepeatedErasure[] = []
  await exchangeDatabases(location, { comes: comes.database, goes: previous }, async live => {
    erasures = await (isAuditLost ? keepRestoredTrail : carryEvidence)(live, comes, restore)
  })
  return { previous, erasures }
}

/**
 * Puts a backup in the place of the database: restored into a database of its own, compared, brought to this code's migrations, given the
 * audit trail of the database in use, and exchanged in one transaction. The database of before stays, under the returned name.
 * @param isAuditLost keeps the audit trail of the backup, because that of the database in use is lost
 * @throws TrailBroken if the audit trail of the database in use does not continue that of the backup, and is not said to be lost
 */
export const replaceByBackup = async (
  context: BackupContext,
  backupId: string,
  isAuditLost = false,
): Promise<RestoreOutcome & ReplacedDatabase> => {
  const { result, ...outcome } = await recordedRestore(context, { backupId, kind: 'full' }, async ({ manifest, scratch }, restoreId) => {
    if (isBehind(manifest)) {
      context.onStep?.('Applying migrations')
      // The data is that of the backup, which still exists.
      await migrate(scratch, { backup: async () => undefined })
    }
    const { snapshotAt: moment } = manifest
    const replaced = await replaceDatabase(context, { comes: scratch, moment, restoreId, metadata: { backupId }, isAuditLost })
    if (isAuditLost) await context.inTransaction(transaction => beginRestore(transaction, { id: restoreId, backupId, kind: 'full' }))
    await learnBackups(context)
    return replaced
  })
  return { ...outcome, ...result }
}

/**
 * Puts the database of before the last restore back, with the audit trail of the one in use now, which stays under the returned name.
 * @param isAuditLost puts it back with its own audit trail, because the last restore has not continued that one
 */
export const returnToPrevious = async (
  context: BackupContext,
  isAuditLost = false,
): Promise<ReplacedDatabase & { readonly returned: string }> => {
  const { inTransaction, location } = context
  const returned = (await listPrevious(location)).at(-1)
  if (!returned) throw new Error('No restore has left a database of before.')
  const comes = { ...location, database: returned }
  // The name holds the moment at which it was replaced.
  const moment = returned.slice(-14).replace(/^(.{4})(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z')
  const restoreId = await inTransaction(transaction => beginRestore(transaction, { backupId: null, kind: 'full' }))
  const startedAt = Date.now()
  await allowConnections(location, returned, true)
  try {
    const replaced = await replaceDatabase(context, { comes, moment, restoreId, metadata: { returned }, isAuditLost })
    if (isAuditLost) {
      await inTransaction(transaction => beginRestore(transaction, { id: restoreId, backupId: null, kind: 'full' }))
      await learnBackups(context)
    }
    const recoveryTimeMs = Date.now() - startedAt
    await inTransaction(transaction =>
      finishRestore(transaction, restoreId, {
        status: 'succeeded',
        recoveryPoint: moment,
        recoveryTimeMs,
        dataLossMs: startedAt - Date.parse(moment),
        result: { returned },
      }),
    )
    return { ...replaced, returned }
  } catch (error) {
    await inTransaction(transaction => finishRestore(transaction, restoreId, { status: 'failed', error: reasonOf(error) })).catch(
      () => undefined,
    )
    await allowConnections(location, returned, false).catch(() => undefined)
    if (!(error instanceof TrailBroken)) throw error
    throw new Error(
      `The audit trail in use does not continue that of ${returned}: the restore before was made with --audit-lost, or the trail was changed. With the trail in use, nothing would say who made the changes in ${returned}. Nothing was restored. To return to it with its own audit trail, and declare lost what the trail in use has recorded since, add --audit-lost.`,
      { cause: error },
    )
  }
}

export const dropPrevious = async (location: DatabaseLocation): Promise<string[]> => {
  const names = await listPrevious(location)
  for (const name of names) await dropScratch(location, name)
  return names
}
