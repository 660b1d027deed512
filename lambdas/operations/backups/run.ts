import { InUse } from '../../../db/backup/index.ts'
import { readMigrations } from '../../../db/migrate/index.ts'
import type { Transaction } from '../../../db/database.ts'
import type { DatabaseLocation } from '../../../db/connections.ts'
import {
  beginBackup,
  beginRestore,
  changeBackup,
  failStoppedBackups,
  finishRestore,
  type RestoreRow,
} from '../../../db/queries/operations/backups.ts'
import { recordSystemEvent } from '../../../db/queries/operations/index.ts'
import { expiredBackups } from '../../../domain/operations/index.ts'
import type { ObjectStore } from '../../runtime/object-store.ts'
import { markGood, readStore } from './catalogue.ts'
import { type BackupPlace, inBackup, storeBackup } from './create-backup.ts'
import { folderOf, type Manifest, manifestKey } from './manifest.ts'
import { type Restored, withRestored } from './restore-backup.ts'
import type { Remaining } from './time-limit.ts'

/** What backups and restores need of their caller. */
export interface BackupContext extends BackupPlace {
  readonly location: DatabaseLocation
  readonly environment: string
  /** Runs a transaction as nestegg_operator, for the records. */
  readonly inTransaction: <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>
  readonly onStep?: ((step: string) => void) | undefined
  readonly remainingMilliseconds?: Remaining
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export interface RestoreOutcome {
  readonly manifest: Manifest
  readonly recoveryTimeMs: number
  readonly dataLossMs: number
}

/** Restores a backup into a scratch database, compares it there, and records how it ended. */
export const recordedRestore = async <Result>(
  context: BackupContext,
  { backupId, kind }: { readonly backupId: string; readonly kind: RestoreRow['kind'] },
  use: (restored: Restored, restoreId: string) => Promise<Result>,
): Promise<RestoreOutcome & { readonly result: Result }> => {
  const id = await context.inTransaction(transaction => beginRestore(transaction, { backupId, kind }))
  const startedAt = Date.now()
  try {
    return await withRestored({ ...context, backupId }, async restored => {
      const { manifest } = restored
      const result = await use(restored, id)
      const outcome = { manifest, recoveryTimeMs: Date.now() - startedAt, dataLossMs: startedAt - Date.parse(manifest.snapshotAt) }
      await context.inTransaction(transaction =>
        finishRestore(transaction, id, {
          status: 'succeeded',
          recoveryPoint: manifest.snapshotAt,
          recoveryTimeMs: outcome.recoveryTimeMs,
          dataLossMs: outcome.dataLossMs,
          result: { rows: manifest.rows, tables: manifest.relations.length, contentBytes: manifest.contentBytes },
        }),
      )
      return { ...outcome, result }
    })
  } catch (error) {
    await context
      .inTransaction(transaction => finishRestore(transaction, id, { status: 'failed', error: reasonOf(error) }))
      .catch(() => undefined)
    throw error
  }
}

/** Records as a system event how a backup ended. The reason of a failure can name tables, never values. */
const noteOutcome = (
  { environment, inTransaction }: BackupContext,
  outcome: { readonly backupId: string; readonly durationMs: number } | { readonly backupId: string; readonly error: string },
): Promise<void> => {
  const failed = 'error' in outcome
  const { backupId } = outcome
  const event = {
    eventType: 'backup',
    eventCategory: 'operations',
    severity: failed ? 'critical' : 'info',
    component: 'operations/backups',
    environment,
    message: failed ? 'A backup is not good.' : 'A backup was restored and found equal.',
    additionalData: failed ? { backupId, reason: outcome.error } : { backupId },
    ...(failed ? {} : { durationMs: outcome.durationMs }),
  } as const
  return inTransaction(transaction => recordSystemEvent(transaction, event))
}

/**
 * Restores a backup into a scratch database and compares it. Only then it is good. If it is not, that is recorded, and thrown.
 * @see recordedRestore
 */
export const verifyBackup = async (
  context: BackupContext,
  backupId: string,
  kind: 'verification' | 'drill' = 'verification',
): Promise<RestoreOutcome> => {
  const known = (change: Parameters<typeof changeBackup>[2]) =>
    context.inTransaction(transaction => changeBackup(transaction, backupId, change))
  try {
    const outcome = await recordedRestore(context, { backupId, kind }, async () => undefined)
    const verifiedAt = new Date().toISOString()
    await markGood(context.store, backupId, verifiedAt)
    await known({ status: 'good', verifiedAt, error: null })
    await noteOutcome(context, { backupId, durationMs: outcome.recoveryTimeMs })
    return outcome
  } catch (error) {
    if (!(error instanceof InUse)) {
      await known({ status: 'failed', error: reasonOf(error) })
      await noteOutcome(context, { backupId, error: reasonOf(error) })
    }
    throw error
  }
}

/**
 * Makes a backup, and records how that ended. Nobody has restored it yet.
 * @throws InUse, before anything is recorded, if another backup is being made; or OutOfTime
 */
export const makeBackup = (context: BackupContext, reason: Manifest['reason']): Promise<Manifest> =>
  inBackup(context.location, async () => {
    const { inTransaction, onStep } = context
    const id = await inTransaction(async transaction => {
      await failStoppedBackups(transaction)
      return beginBackup(transaction, reason)
    })
    try {
      const onProgress = ({ done, name }: { readonly name: string; readonly done: number }) => onStep?.(`Copied ${name} (table ${done})`)
      const { manifest, manifestSha256 } = await storeBackup({ ...context, id, onProgress, reason })
      const { contentBytes, rows, sizeBytes, snapshotAt } = manifest
      await inTransaction(transaction =>
        changeBackup(transaction, id, {
          status: 'complete',
          finishedAt: new Date().toISOString(),
          snapshotAt,
          rows,
          sizeBytes,
          contentBytes,
          manifestSha256,
        }),
      )
      return manifest
    } catch (error) {
      await inTransaction(transaction => changeBackup(transaction, id, { status: 'failed', error: reasonOf(error) })).catch(() => undefined)
      await noteOutcome(context, { backupId: id, error: reasonOf(error) }).catch(() => undefined)
      throw error
    }
  })

/** Makes a backup, restores it and compares it. It is called good only after that. */
export const makeVerifiedBackup = async (
  context: BackupContext,
  reason: Manifest['reason'],
): Promise<{ readonly manifest: Manifest; readonly verification: RestoreOutcome }> => {
  const manifest = await makeBackup(context, reason)
  return { manifest, verification: await verifyBackup(context, manifest.id) }
}

/** A stopped backup is removed after so long: one that is being made has newer objects. */
const unfinishedMilliseconds = 24 * 3_600_000

export interface Pruned {
  readonly expired: readonly string[]
  readonly unfinished: readonly string[]
}

/** Removes backups that are no longer kept, and what stopped ones have left. The manifest goes first: a backup is never half there. */
export const pruneBackups = async (
  { inTransaction, keys }: Pick<BackupContext, 'inTransaction' | 'keys'>,
  { dryRun, now, store }: { readonly store: ObjectStore; readonly dryRun: boolean; readonly now: Date },
): Promise<Pruned> => {
  const { backups, unfinished } = await readStore(store)
  const expired = expiredBackups(
    backups.map(({ id, snapshotAt, verifiedAt }) => ({ id, snapshotAt, isGood: verifiedAt !== null })),
    now.toISOString().slice(0, 10),
  )
  const abandoned = unfinished
    .filter(({ newestObjectAt }) => now.getTime() - newestObjectAt.getTime() > unfinishedMilliseconds)
    .map(({ id }) => id)
  if (!dryRun) {
    for (const id of [...expired, ...abandoned]) {
      await store.delete(manifestKey(id))
      await store.delete(keys.objectOf(id))
      for (const { key } of await store.list(folderOf(id))) await store.delete(key)
    }
    await inTransaction(async transaction => {
      for (const id of expired) await changeBackup(transaction, id, { status: 'removed' })
    })
  }
  return { expired, unfinished: abandoned }
}

/** Whether the restored database needs migrations that this code has and the backup has not. */
export const isBehind = ({ migrations }: Manifest): boolean => migrations.length < readMigrations().length
