import { sql } from 'drizzle-orm'
import { bigint, check, index, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, oneOf } from '../columns.ts'
import { operations } from './schema.ts'

export const backupReasons = ['schedule', 'migration', 'command'] as const
/** `complete`: all of it is stored. `good`: it was also restored and compared. */
export const backupStatuses = ['running', 'complete', 'good', 'failed', 'removed'] as const

/** Every logical backup that was begun. The store has the backups themselves: after a restore, this table is as old as the backup. */
export const backups = operations.table(
  'backups',
  {
    id: id(),
    reason: text('reason', { enum: backupReasons }).notNull(),
    status: text('status', { enum: backupStatuses }).notNull(),
    startedAt: instant('started_at').notNull().default(sql`now()`),
    finishedAt: instant('finished_at'),
    /** The moment that it shows: all rows that were committed before it, and none later. */
    snapshotAt: instant('snapshot_at'),
    rows: bigint('rows', { mode: 'number' }),
    /** Of the stored objects: compressed and encrypted. */
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    /** Without compression. */
    contentBytes: bigint('content_bytes', { mode: 'number' }),
    manifestSha256: text('manifest_sha256'),
    /** When it was restored and found equal. */
    verifiedAt: instant('verified_at'),
    error: text('error'),
  },
  table => [
    index('backups_started').on(table.startedAt),
    check('backups_reason_known', oneOf(table.reason, backupReasons)),
    check('backups_status_known', oneOf(table.status, backupStatuses)),
  ],
)

/** `restore-test`: AWS Backup restored a snapshot into a cluster of its own, which was compared and is deleted again. */
export const restoreKinds = ['verification', 'drill', 'full', 'tables', 'point-in-time', 'restore-test'] as const
export const restoreStatuses = ['running', 'succeeded', 'failed'] as const

/** Every restore of a backup, into a scratch database or into this one. */
export const restores = operations.table(
  'restores',
  {
    id: id(),
    /** No reference: the backup can be older than this database's memory of it. Null for a point in time. */
    backupId: uuid('backup_id'),
    kind: text('kind', { enum: restoreKinds }).notNull(),
    status: text('status', { enum: restoreStatuses }).notNull(),
    startedAt: instant('started_at').notNull().default(sql`now()`),
    finishedAt: instant('finished_at'),
    /** The moment that the restored data shows. */
    recoveryPoint: instant('recovery_point'),
    /** How long the data was, or would have been, unavailable. */
    recoveryTimeMs: bigint('recovery_time_ms', { mode: 'number' }),
    /** How old the restored data was when the restore began: what would have been lost. */
    dataLossMs: bigint('data_loss_ms', { mode: 'number' }),
    result: jsonb('result').$type<Record<string, unknown>>(),
    error: text('error'),
  },
  table => [
    index('restores_started').on(table.startedAt),
    index('restores_backup').on(table.backupId),
    check('restores_kind_known', oneOf(table.kind, restoreKinds)),
    check('restores_status_known', oneOf(table.status, restoreStatuses)),
  ],
)
