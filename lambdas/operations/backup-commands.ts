import * as z from 'zod'
import { withLock } from '../../db/backup/index.ts'
import { findNewestRestoreTest, listRestoreRows, type RestoreRow } from '../../db/queries/operations/backups.ts'
import { alignColumns } from '../runtime/align-columns.ts'
import { counted } from '../runtime/counted.ts'
import { defineCommand, exitCodes } from '../runtime/command.ts'
import { readEnvironment, required } from '../runtime/environment.ts'
import { backupStore, removableBackups } from '../runtime/backup-store.ts'
import { chooseBackup, readStore, type StoreContent } from './backups/catalogue.ts'
import { backupName, contextOf, seconds } from './backups/command-parts.ts'
import { inBackup } from './backups/create-backup.ts'
import { rotateKeyFile } from './backups/keys.ts'
import { dropPrevious, listPrevious } from './backups/replace.ts'
import { makeVerifiedBackup, pruneBackups, verifyBackup } from './backups/run.ts'
import { backupWrites } from './backups/writes.ts'
import { drillMoment, restore } from './restore-command.ts'

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
const json = z.boolean().default(false)

const create = defineCommand({
  name: 'backup create',
  summary: 'Makes a backup, restores it into a scratch database and compares it',
  role: 'nestegg_operator',
  writes: backupWrites,
  arguments: z.strictObject({ json }),
  run: async ({ json: asJson }, context) => {
    const { manifest, verification } = await makeVerifiedBackup(contextOf(context), 'command')
    const { contentBytes, durationMs, id, relations, rows, sizeBytes, snapshotAt } = manifest
    if (asJson)
      return context.out(
        `${JSON.stringify({ id, snapshotAt, rows, sizeBytes, contentBytes, durationMs, verifyMs: verification.recoveryTimeMs })}\n`,
      )
    return context.out(
      `Backup ${id} is good. ${rows} rows of ${relations.length} tables, ${megabytes(contentBytes)}, stored as ${megabytes(sizeBytes)} in ${seconds(durationMs)}; restored and compared in ${seconds(verification.recoveryTimeMs)}.\n`,
    )
  },
})

const describeStore = ({ backups: stored, unfinished }: StoreContent, previous: readonly string[]): string =>
  alignColumns([
    ['ID', 'MOMENT', 'STATE', 'ROWS', 'SIZE', 'REASON'],
    ...stored.map(({ id, reason, rows, sizeBytes, snapshotAt, verifiedAt }) => [
      id,
      snapshotAt.replace(/\.\d+Z$/, 'Z'),
      verifiedAt === null ? 'not verified' : 'good',
      String(rows),
      megabytes(sizeBytes),
      reason,
    ]),
    ...unfinished.map(({ id }) => [id, '', 'not finished']),
  ]) + previous.map(name => `${name}: the database of before a restore\n`).join('')

const describeTest = ({ error, finishedAt, recoveryPoint, status }: RestoreRow): string =>
  `The newest restore test of AWS Backup, of the backup of ${recoveryPoint}: ${status} at ${finishedAt}.\n${error === null ? '' : `${error}\n`}`

const list = defineCommand({
  name: 'backup list',
  summary: 'Lists the backups in the store, and the newest restore test of AWS Backup',
  role: 'nestegg_operator',
  arguments: z.strictObject({ json }),
  run: async ({ json: asJson }, { inTransaction, location, out }) => {
    const content = await readStore(backupStore())
    const previous = await listPrevious(location)
    const restoreTest = await inTransaction(transaction => findNewestRestoreTest(transaction))
    return out(
      asJson
        ? `${JSON.stringify({ ...content, previous, restoreTest: restoreTest ?? null })}\n`
        : describeStore(content, previous) + (restoreTest ? describeTest(restoreTest) : ''),
    )
  },
})

const verify = defineCommand({
  name: 'backup verify',
  summary: 'Restores a backup into a scratch database and compares it',
  role: 'nestegg_operator',
  writes: backupWrites,
  arguments: z.strictObject({ backup: backupName, json }),
  run: async (given, context) => {
    const own = contextOf(context)
    const { id } = chooseBackup(await readStore(own.store), given.backup)
    const { manifest, recoveryTimeMs } = await verifyBackup(own, id)
    if (given.json) return context.out(`${JSON.stringify({ id, rows: manifest.rows, recoveryTimeMs })}\n`)
    return context.out(`Backup ${id} is good: ${manifest.rows} rows restored and compared in ${seconds(recoveryTimeMs)}.\n`)
  },
})

const drill = defineCommand({
  name: 'backup drill',
  summary: 'Restores the newest good backup into a scratch database, and measures recovery time and recovery point',
  role: 'nestegg_operator',
  writes: backupWrites,
  arguments: z.strictObject({ backup: backupName.default('latest'), archive: z.boolean().default(false), json }),
  run: async (given, context) => {
    if (given.archive) return drillMoment(context, given.json)
    const own = contextOf(context)
    const { id } = chooseBackup(await readStore(own.store), given.backup)
    const { dataLossMs, manifest, recoveryTimeMs } = await verifyBackup(own, id, 'drill')
    const earlier = await context.inTransaction(transaction => listRestoreRows(transaction, 100))
    const times = earlier.flatMap(row => (row.kind === 'drill' && row.recoveryTimeMs !== null ? [row.recoveryTimeMs] : []))
    const result = {
      id,
      recoveryTimeMs,
      recoveryPoint: manifest.snapshotAt,
      dataLossMs,
      rows: manifest.rows,
      drills: times.length,
      longestMs: Math.max(...times),
    }
    if (given.json) return context.out(`${JSON.stringify(result)}\n`)
    return context.out(
      `Drill with backup ${id}: ${manifest.rows} rows.\nRecovery time ${seconds(recoveryTimeMs)} (the longest of ${counted(times.length, 'drill')}: ${seconds(result.longestMs)}).\nRecovery point ${manifest.snapshotAt}: changes of ${seconds(dataLossMs)} would have been lost.\n`,
    )
  },
})

const prune = defineCommand({
  name: 'backup prune',
  summary: 'Removes backups that are no longer kept, and what stopped ones have left',
  role: 'nestegg_operator',
  writes: backupWrites,
  arguments: z.strictObject({ dryRun: z.boolean().default(false), previous: z.boolean().default(false) }),
  run: async ({ dryRun, previous }, context) => {
    const own = contextOf(context)
    const { expired, unfinished } = await pruneBackups(own, { dryRun, now: new Date(), store: removableBackups() })
    const dropped = previous ? (dryRun ? await listPrevious(own.location) : await dropPrevious(own.location)) : []
    const verb = dryRun ? 'Would remove' : 'Removed'
    const lines = [
      ...expired.map(id => `${verb} the backup ${id}`),
      ...unfinished.map(id => `${verb} the unfinished backup ${id}`),
      ...dropped.map(name => `${verb} the database ${name}`),
    ]
    context.out(lines.length === 0 ? 'There is nothing to remove.\n' : lines.map(line => `${line}\n`).join(''))
    return exitCodes.done
  },
})

const rotateKey = defineCommand({
  name: 'backup rotate-key',
  summary: 'Makes a new key file, and encrypts the keys of all backups with it',
  role: 'nestegg_operator',
  arguments: z.strictObject({}),
  run: async (_, { location, out }) => {
    const path = required(readEnvironment(), 'BACKUP_KEY_FILE')
    const { changed, refused } = await inBackup(location, () => withLock(location, 'restore', () => rotateKeyFile(path, backupStore())))
    out(`${path} has a new key, which opens ${counted(changed.length, 'backup')}. Keep a copy of it elsewhere.\n`)
    for (const id of refused) out(`The key of the backup ${id} is that of another file. It is as before.\n`)
    return refused.length === 0 ? exitCodes.done : exitCodes.outOfDate
  },
})

export const backupCommands = { create, list, verify, drill, restore, rotateKey, prune }
