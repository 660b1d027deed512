import type { Readable } from 'node:stream'
import { copySnapshot, leftOut, readRelations, readSequences, withLock } from '../../../db/backup/index.ts'
import type { DatabaseLocation, Sql } from '../../../db/connections.ts'
import { readMigrations } from '../../../db/migrate/index.ts'
import type { KeepingStore } from '../../runtime/object-store.ts'
import { storeSealed } from '../../runtime/sealed-object.ts'
import type { DataKeys } from './keys.ts'
import { type Manifest, rowsKey, storeManifest } from './manifest.ts'
import { checkFits, type Remaining, whileInTime } from './time-limit.ts'

export interface BackupPlace {
  readonly store: KeepingStore
  readonly keys: DataKeys
}

export interface CreateOptions extends BackupPlace {
  readonly location: DatabaseLocation
  /** UUIDv7: the order of ids is the order of time. */
  readonly id: string
  readonly reason: Manifest['reason']
  readonly environment: string
  /** Without it, nothing stops the backup. */
  readonly remainingMilliseconds?: Remaining
  /** Tables that are copied at the same time. */
  readonly parallel?: number | undefined
  readonly onProgress?: ((progress: { readonly name: string; readonly done: number }) => void) | undefined
}

/** @throws OutOfTime if the tables are too large for the time that is left */
const chooseInTime = (remaining: Remaining) => async (sql: Sql) => {
  const moment = await readMoment(sql)
  checkFits(
    'backup',
    moment.relations.reduce((total, { sizeBytes }) => total + sizeBytes, 0),
    remaining,
  )
  return moment
}

/** The migrations that a database has applied. One that this code does not have is named by its time. */
export const readApplied = async (sql: Sql): Promise<Manifest['migrations']> => {
  const tags = new Map(readMigrations().map(({ tag, when }) => [String(when), tag]))
  const rows = await sql.unsafe<{ hash: string; created_at: string }[]>(
    'select hash, created_at::text from drizzle.__drizzle_migrations order by created_at',
  )
  return rows.map(({ created_at: when, hash }) => ({ tag: tags.get(when) ?? when, hash }))
}

/** Reads what belongs to the moment of the snapshot besides the rows. */
const readMoment = async (sql: Sql) => {
  const [state] = await sql.unsafe<{ now: string; version: string }[]>(
    `select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now, current_setting('server_version') as version`,
  )
  return {
    snapshotAt: state!.now,
    serverVersion: state!.version,
    migrations: await readApplied(sql),
    relations: await readRelations(sql),
    sequences: await readSequences(sql),
  }
}

/** Two tables at a time keep two processors busy: PostgreSQL sends the rows of one while this process compresses those of the other. */
export const defaultParallel = 2

export interface CreatedBackup {
  readonly manifest: Manifest
  readonly manifestSha256: string
}

/** Runs work on backups alone. @throws InUse if another backup is being made */
export const inBackup = <Result>(location: DatabaseLocation, work: () => Promise<Result>): Promise<Result> =>
  withLock(location, 'backup', work)

/** As `createBackup`, for a caller that has the lock. */
export const storeBackup = async ({
  environment,
  id,
  keys,
  location,
  onProgress,
  parallel = defaultParallel,
  reason,
  remainingMilliseconds,
  store,
}: CreateOptions): Promise<CreatedBackup> => {
  const startedAt = performance.now()
  const dataKey = await keys.make(id)
  let done = 0
  const { chosen, copied } = await copySnapshot(location, chooseInTime(remainingMilliseconds), {
    parallel,
    consume: ({ name }, rows: Readable) =>
      storeSealed({ store, key: dataKey, name: rowsKey(id, name) }, whileInTime(rows, remainingMilliseconds)),
    onCopied: ({ relation }) => onProgress?.({ name: relation.name, done: (done += 1) }),
  })
  const relations = copied.map(({ outcome: { content, object }, relation: { columns, name, partition }, rows }) => ({
    name,
    columns: [...columns],
    partition: partition && { ...partition, checks: [...partition.checks], triggers: [...partition.triggers] },
    rows,
    content,
    object,
  }))
  const sum = (of: (relation: (typeof relations)[number]) => number): number => relations.reduce((total, each) => total + of(each), 0)
  const manifest: Manifest = {
    format: 1,
    id,
    environment,
    reason,
    snapshotAt: chosen.snapshotAt,
    durationMs: Math.round(performance.now() - startedAt),
    serverVersion: chosen.serverVersion,
    migrations: chosen.migrations,
    relations: relations.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    sequences: chosen.sequences.map(sequence => ({ ...sequence })),
    leftOut: { ...leftOut },
    rows: sum(({ rows }) => rows),
    contentBytes: sum(({ content }) => content.sizeBytes),
    sizeBytes: sum(({ object }) => object.sizeBytes),
  }
  return { manifest, manifestSha256: await storeManifest(store, dataKey, manifest) }
}

/**
 * Makes a logical backup: every row as it was at one moment, table beside table, compressed, encrypted with a new key, with a signed manifest
 * that is stored last. What a run that fails has stored has no manifest, and so is no backup: see `pruneBackups`.
 * @throws InUse if another backup is being made, or OutOfTime
 */
export const createBackup = (options: CreateOptions): Promise<CreatedBackup> => inBackup(options.location, () => storeBackup(options))
