import * as z from 'zod'
import { type RepeatedErasure, restoreTables, withLock } from '../../db/backup/index.ts'
import { findNewestRestoreTest, listRestoreRows, type RestoreRow } from '../../db/queries/operations/backups.ts'
import { alignColumns } from '../runtime/align-columns.ts'
import { counted } from '../runtime/counted.ts'
import { type CommandContext, defineCommand, type ExitCode, exitCodes } from '../runtime/command.ts'
import { readEnvironment, required } from '../runtime/environment.ts'
import { backupStore, removableBackups } from '../runtime/backup-store.ts'
import { chooseBackup, readStore, type StoreContent } from './backups/catalogue.ts'
import { anchorPlaceHere, chainFunctions } from './audit/chain-here.ts'
import { declareLoss, describeDeclared } from './audit/declare-loss.ts'
import { inBackup } from './backups/create-backup.ts'
import { dataKeys, rotateKeyFile } from './backups/keys.ts'
import { dropPrevious, listPrevious, replaceByBackup, returnToPrevious } from './backups/replace.ts'
import { relationsOf } from './backups/restore-backup.ts'
import { restoreMoment } from './backups/restore-moment.ts'
import { type BackupContext, makeVerifiedBackup, pruneBackups, reasonOf, recordedRestore, verifyBackup } from './backups/run.ts'
import { backupWrites } from './backups/writes.ts'

const contextOf = ({ inTransaction, location, progress, remainingMilliseconds }: CommandContext): BackupContext => {
  const store = backupStore()
  return {
    location,
    store,
    keys: dataKeys(store),
    environment: readEnvironment().NESTEGG_ENVIRONMENT,
    inTransaction,
    onStep: progress,
    remainingMilliseconds,
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`

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

const backup = z.string().min(4).max(40)

const verify = defineCommand({
  name: 'backup verify',
  summary: 'Restores a backup into a scratch database and compares it',
  role: 'nestegg_operator',
  writes: backupWrites,
  arguments: z.strictObject({ backup, json }),
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
  arguments: z.strictObject({ backup: backup.default('latest'), archive: z.boolean().default(false), json }),
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

/** So that nobody replaces a database by accident. */
const replaces = z.literal(true, { error: 'Give --yes: this exchanges the database of the platform for the restored one.' })

const restoreSome = async (
  { backup: name, tables }: { readonly backup: string; readonly tables: readonly string[] },
  own: BackupContext,
  { out, request }: CommandContext,
): Promise<void> => {
  const { id } = chooseBackup(await readStore(own.store), name)
  const { manifest, result } = await recordedRestore(own, { backupId: id, kind: 'tables' }, ({ manifest: restored, scratch }) =>
    restoreTables(own.location, scratch, { names: tables, relations: relationsOf(restored), request: { ...request, backupId: id } }),
  )
  out(
    alignColumns(
      result.map(({ deleted, inserted, table, updated }) => [
        table,
        `${inserted} inserted`,
        `${updated} changed back`,
        `${deleted} deleted`,
      ]),
    ),
  )
  out(`The tables are as of ${manifest.snapshotAt}.\n`)
}

const describePrevious = (previous: string): string =>
  `The database of before is kept as ${previous}. "backup restore previous --yes" returns to it, "backup prune --previous" drops it.\n`

const auditKeptNote = 'The audit trail and the records of operations are as before: they also show what the restored data does not have.\n'
const auditLostNote = 'The audit trail is that of the restored database.\n'

/** Declares in the restored database what its audit trail has lost, so that anchors go on. */
const declareLostTrail = async (reason: string, { caller, inTransaction, out }: CommandContext): Promise<ExitCode> => {
  const place = anchorPlaceHere()
  try {
    if (place === undefined) throw new Error('this machine does not have the anchors and their key.')
    out(describeDeclared(await declareLoss(place, chainFunctions(inTransaction), { reason, declaredBy: caller, now: new Date() })))
    return exitCodes.done
  } catch (error) {
    out(
      `What the audit trail has lost could not be declared: ${reasonOf(error)}\nUntil it is, "audit verify" names each newer anchor, and no further anchor is made: audit declare-loss --reason '…' --yes\n`,
    )
    return exitCodes.outOfDate
  }
}

const refusals: Readonly<Record<string, string>> = {
  held: 'a legal hold keeps the data',
  'last-owner': 'this person is the only owner of a household with other members',
}

const describeErasures = (erasures: readonly RepeatedErasure[]): string =>
  erasures
    .map(({ refusal, userId }) =>
      refusal === null
        ? `The person ${userId} was erased after that moment, and was erased again.\n`
        : `The person ${userId} was erased after that moment and is in the restored data again: ${refusals[refusal] ?? refusal}.\n`,
    )
    .join('')

const pointInTimeOf = ({ pointInTime }: CommandContext) => {
  if (pointInTime === undefined) throw new Error('Only the database of a platform on this machine can be led back to a moment so.')
  return pointInTime
}

const restoreTo = async (moment: Date, own: BackupContext, context: CommandContext): Promise<void> => {
  const { recoveryTimeMs, replaced, rows } = await restoreMoment(own, pointInTimeOf(context), { moment, isDrill: false })
  context.out(
    `Restored ${rows} rows as of ${moment.toISOString()}, in ${seconds(recoveryTimeMs)}.\n${describePrevious(replaced!.previous)}${auditKeptNote}${describeErasures(replaced!.erasures)}`,
  )
}

const moment = z.iso.datetime({ offset: true, error: 'must be a moment such as 2026-11-26T10:15:30Z' })

const drillMoment = async (context: CommandContext, asJson: boolean): Promise<void> => {
  const pointInTime = pointInTimeOf(context)
  const newest = pointInTime.newestArchivedAt()
  if (newest === undefined) throw new Error('Nothing was archived yet.')
  const { dataLossMs, recoveryTimeMs, rows } = await restoreMoment(contextOf(context), pointInTime, { moment: newest, isDrill: true })
  const recoveryPoint = newest.toISOString()
  context.out(
    asJson
      ? `${JSON.stringify({ recoveryPoint, recoveryTimeMs, dataLossMs, rows })}\n`
      : `Drill with the archive: ${rows} rows.\nRecovery time ${seconds(recoveryTimeMs)}.\nRecovery point ${recoveryPoint}: changes of the ${seconds(dataLossMs)} since were not archived yet.\n`,
  )
}

const restore = defineCommand({
  name: 'backup restore',
  summary: 'Puts a backup, or some of its tables, in the place of the database',
  role: 'nestegg_operator',
  writes: backupWrites,
  arguments: z
    .strictObject({
      backup: backup.optional(),
      to: moment.optional(),
      tables: z
        .array(z.string().regex(/^[a-z_]+\.[a-z0-9_]+$/))
        .max(50)
        .default([]),
      auditLost: z.boolean().default(false),
      yes: replaces,
    })
    .refine(({ backup: name, to }) => (name === undefined) !== (to === undefined), {
      path: ['backup'],
      error: 'Give a backup, or a moment with --to.',
    })
    .refine(({ auditLost, tables, to }) => to === undefined || (tables.length === 0 && !auditLost), {
      path: ['to'],
      error: 'Neither --table nor --audit-lost can be given with a moment.',
    }),
  run: async (given, context) => {
    const own = contextOf(context)
    if (given.to !== undefined) return restoreTo(new Date(given.to), own, context)
    const name = given.backup!
    if (given.tables.length > 0) return restoreSome({ backup: name, tables: given.tables }, own, context)
    if (name === 'previous') {
      const { erasures, previous, returned } = await returnToPrevious(own, given.auditLost)
      context.out(`${returned} is the database again. The one that was in use is kept as ${previous}.\n${describeErasures(erasures)}`)
      return given.auditLost ? declareLostTrail(`A return to ${returned} with --audit-lost.`, context) : undefined
    }
    const { id } = chooseBackup(await readStore(own.store), name)
    const { erasures, manifest, previous, recoveryTimeMs } = await replaceByBackup(own, id, given.auditLost)
    context.out(
      `Restored backup ${id}: ${manifest.rows} rows as of ${manifest.snapshotAt}, in ${seconds(recoveryTimeMs)}.\n${describePrevious(previous)}${given.auditLost ? auditLostNote : auditKeptNote}${describeErasures(erasures)}`,
    )
    return given.auditLost
      ? declareLostTrail(`The backup ${id} of ${manifest.snapshotAt} was restored with --audit-lost.`, context)
      : undefined
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
