import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  checkMigrations,
  copySnapshot,
  dropScratch,
  listDatabases,
  loadBackup,
  makeScratch,
  readRelations,
  type Relation,
  withLock,
} from '../../../db/backup/index.ts'
import type { DatabaseLocation } from '../../../db/connections.ts'
import { type Measure, readSealed } from '../../runtime/sealed-object.ts'
import { type BackupPlace, defaultParallel } from './create-backup.ts'
import { BackupRefused, type Manifest, readManifest, rowsKey } from './manifest.ts'
import { checkFits, checkInTime, type Remaining, whileInTime } from './time-limit.ts'

export interface RestoreOptions extends BackupPlace {
  /** The database of the platform. The backup is restored into another database of the same server. */
  readonly location: DatabaseLocation
  readonly backupId: string
  /** Without it, nothing stops the restore. */
  readonly remainingMilliseconds?: Remaining
  readonly parallel?: number | undefined
  readonly onStep?: ((step: string) => void) | undefined
}

export interface Restored {
  readonly manifest: Manifest
  /** The database with the restored rows, which were compared with the backup. */
  readonly scratch: DatabaseLocation
  /** From the first read of the store to the end of the comparison. */
  readonly durationMs: number
}

/** Each database has scratch databases of its own. Under the lock, those that exist are of runs that were stopped. */
export const scratchPrefix = ({ database }: DatabaseLocation): string => `${database}_scratch_`

type StoredRelation = Manifest['relations'][number]

const isSame = (a: Measure, b: Measure): boolean => a.sizeBytes === b.sizeBytes && a.sha256 === b.sha256

const checkRead = (
  { content, name, object, rows }: StoredRelation,
  read: { readonly content: Measure; readonly object: Measure; readonly rows: number },
) => {
  if (!isSame(object, read.object)) throw new BackupRefused(`The object of ${name} is not the one of the manifest.`)
  if (!isSame(content, read.content) || rows !== read.rows) throw new BackupRefused(`The rows of ${name} are not those of the manifest.`)
}

/** The tables and partitions of a backup, the largest first. */
export const relationsOf = ({ relations }: Manifest): Relation[] =>
  relations
    .map(({ columns, content, name, partition }): Relation => ({ name, columns, partition, sizeBytes: content.sizeBytes }))
    .toSorted((a, b) => b.sizeBytes - a.sizeBytes)

/** Loads every table of a backup into an empty migrated database, and checks what it reads against the manifest. */
export const fillFromBackup = async (
  scratch: DatabaseLocation,
  manifest: Manifest,
  { backupId, keys, onStep, parallel = defaultParallel, remainingMilliseconds, store }: RestoreOptions,
): Promise<void> => {
  const key = await keys.read(backupId)
  const stored = new Map(manifest.relations.map(relation => [relation.name, relation]))
  await loadBackup(scratch, {
    relations: relationsOf(manifest),
    sequences: manifest.sequences,
    parallel,
    onStep: step => {
      checkInTime(remainingMilliseconds)
      onStep?.(step)
    },
    read: async ({ name }, load) => {
      let rows = 0
      const measures = await readSealed({ store, key, name: rowsKey(backupId, name) }, async content => {
        rows = await load(Readable.from(whileInTime(content, remainingMilliseconds), { objectMode: false }))
      })
      checkRead(stored.get(name)!, { ...measures, rows })
    },
  })
}

const measureRows = async (rows: AsyncIterable<Uint8Array>): Promise<Measure> => {
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const chunk of rows) {
    hash.update(chunk)
    sizeBytes += chunk.length
  }
  return { sizeBytes, sha256: hash.digest('hex') }
}

export type MeasuredTable = Pick<StoredRelation, 'content' | 'name' | 'rows'>

/** Reads every row of a database: count, bytes and SHA-256 of each table. */
export const measureTables = async (location: DatabaseLocation, parallel: number, remaining?: Remaining): Promise<MeasuredTable[]> => {
  const { copied } = await copySnapshot(location, async sql => ({ relations: await readRelations(sql) }), {
    parallel,
    consume: (_, rows) => measureRows(whileInTime(rows, remaining)),
  })
  return copied.map(({ outcome: content, relation: { name }, rows }) => ({ name, rows, content }))
}

/**
 * Reads every row of a restored database again, and compares count, bytes and SHA-256 of each table with the manifest.
 * @returns what differs, as sentences
 */
export const compareWithManifest = async (
  restored: DatabaseLocation,
  manifest: { readonly relations: readonly MeasuredTable[] },
  parallel = defaultParallel,
  remaining?: Remaining,
): Promise<string[]> => {
  const measured = await measureTables(restored, parallel, remaining)
  const found = new Map(measured.map(({ content, name, rows }) => [name, { ...content, rows }]))
  return [
    ...manifest.relations.flatMap(({ content, name, rows }) => {
      const restoredTable = found.get(name)
      if (!restoredTable) return [`${name} is missing.`]
      if (restoredTable.rows !== rows) return [`${name} has ${restoredTable.rows} rows instead of ${rows}.`]
      return isSame(restoredTable, content) ? [] : [`${name} has other values.`]
    }),
    ...[...found.keys()].filter(name => !manifest.relations.some(each => each.name === name)).map(name => `${name} is not in the backup.`),
  ]
}

/**
 * Restores a backup into a scratch database, compares it, and hands it to `use`. The scratch database is dropped at the end, unless `use` has
 * put it elsewhere. Nothing else is changed, whatever fails.
 * @throws KeyRefused, BackupRefused, SealBroken, OtherSchema, OutOfTime, or InUse if another restore runs
 */
export const withRestored = <Result>(options: RestoreOptions, use: (restored: Restored) => Promise<Result>): Promise<Result> =>
  withLock(options.location, 'restore', async () => {
    const { backupId, keys, location, onStep, parallel, remainingMilliseconds, store } = options
    for (const name of await listDatabases(location, scratchPrefix(location))) await dropScratch(location, name)
    const startedAt = performance.now()
    onStep?.('Checking the backup')
    const manifest = await readManifest(store, await keys.read(backupId), backupId)
    checkMigrations(manifest.migrations)
    checkFits('restore', manifest.contentBytes, remainingMilliseconds)
    const name = `${scratchPrefix(location)}${backupId.replaceAll('-', '')}`
    try {
      onStep?.('Making a database')
      const scratch = await makeScratch(location, name, manifest.migrations.length)
      await fillFromBackup(scratch, manifest, options)
      onStep?.('Comparing')
      const differences = await compareWithManifest(scratch, manifest, parallel, remainingMilliseconds)
      if (differences.length > 0) throw new BackupRefused(`The restored rows differ from the backup:\n${differences.join('\n')}`)
      return await use({ manifest, scratch, durationMs: Math.round(performance.now() - startedAt) })
    } finally {
      await dropScratch(location, name)
    }
  })
