import * as z from 'zod'
import { type RepeatedErasure, restoreTables } from '../../db/backup/index.ts'
import { alignColumns } from '../runtime/align-columns.ts'
import { type CommandContext, defineCommand, type ExitCode, exitCodes } from '../runtime/command.ts'
import { anchorPlaceHere, chainFunctions } from './audit/chain-here.ts'
import { declareLoss, describeDeclared } from './audit/declare-loss.ts'
import { chooseBackup, readStore } from './backups/catalogue.ts'
import { backupName, contextOf, seconds } from './backups/command-parts.ts'
import { replaceByBackup, returnToPrevious } from './backups/replace.ts'
import { relationsOf } from './backups/restore-backup.ts'
import { restoreMoment } from './backups/restore-moment.ts'
import { type BackupContext, reasonOf, recordedRestore } from './backups/run.ts'
import { backupWrites } from './backups/writes.ts'

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

/** Measures a restore to the newest archived moment. It changes nothing. */
export const drillMoment = async (context: CommandContext, asJson: boolean): Promise<void> => {
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

export const restore = defineCommand({
  name: 'backup restore',
  summary: 'Puts a backup, or some of its tables, in the place of the database',
  role: 'nestegg_operator',
  writes: backupWrites,
  arguments: z
    .strictObject({
      backup: backupName.optional(),
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
