import {
  checkMigrations,
  copyOut,
  dropScratch,
  listDatabases,
  loadBackup,
  makeScratch,
  readRelations,
  readSequences,
  withLock,
  withSessions,
} from '../../../db/backup/index.ts'
import type { DatabaseLocation } from '../../../db/connections.ts'
import { migrate, readMigrations } from '../../../db/migrate/index.ts'
import { beginRestore, finishRestore } from '../../../db/queries/operations/backups.ts'
import type { PointInTime } from '../../runtime/command.ts'
import { defaultParallel, readApplied } from './create-backup.ts'
import { type ReplacedDatabase, replaceDatabase } from './replace.ts'
import { compareWithManifest, measureTables, scratchPrefix } from './restore-backup.ts'
import { type BackupContext, reasonOf } from './run.ts'

interface CopiedDatabase {
  readonly scratch: DatabaseLocation
  readonly rows: number
  readonly tables: number
}

/** Copies a database of another server into a scratch database of this one, table by table, and compares them. */
const copyDatabase = (
  { location, onStep }: Pick<BackupContext, 'location' | 'onStep'>,
  source: DatabaseLocation,
  name: string,
): Promise<CopiedDatabase> =>
  withSessions({ location: source, role: 'nestegg_backup', count: defaultParallel }, async sessions => {
    const { sql } = sessions[0]!
    const readers = [...sessions]
    const applied = await readApplied(sql)
    checkMigrations(applied)
    const [relations, sequences] = [await readRelations(sql), await readSequences(sql)]
    onStep?.('Making a database')
    const scratch = await makeScratch(location, name, applied.length)
    await loadBackup(scratch, {
      relations,
      sequences,
      parallel: defaultParallel,
      onStep,
      read: async (relation, load) => {
        // Never empty: no more tables are loaded at the same time than there are readers.
        const reader = readers.pop()!
        await load(await copyOut(reader.sql, relation))
        readers.push(reader)
      },
    })
    onStep?.('Comparing')
    const expected = await measureTables(source, defaultParallel)
    const differences = await compareWithManifest(scratch, { relations: expected })
    if (differences.length > 0) throw new Error(`The copied rows differ:\n${differences.join('\n')}`)
    if (applied.length < readMigrations().length) {
      onStep?.('Applying migrations')
      // The data is in the archive, which still exists.
      await migrate(scratch, { backup: async () => undefined })
    }
    return { scratch, rows: expected.reduce((total, { rows }) => total + rows, 0), tables: expected.length }
  })

export interface MomentOutcome {
  readonly rows: number
  readonly recoveryTimeMs: number
  readonly dataLossMs: number
  /** Null in a drill. */
  readonly replaced: ReplacedDatabase | null
}

/**
 * Leads the data back to a moment in a second server, copies it into a scratch database, compares it, and exchanges the databases as the
 * restore of a backup does. A drill ends before the exchange. Both are recorded.
 */
export const restoreMoment = async (
  context: BackupContext,
  { recoverTo }: PointInTime,
  { isDrill, moment }: { readonly moment: Date; readonly isDrill: boolean },
): Promise<MomentOutcome> => {
  const { inTransaction, location, onStep } = context
  // Also the change after the moment that recovery needs to know that it has passed it.
  const restoreId = await inTransaction(transaction => beginRestore(transaction, { backupId: null, kind: 'point-in-time' }))
  const startedAt = Date.now()
  const name = `${scratchPrefix(location)}moment`
  try {
    return await withLock(location, 'restore', async () => {
      for (const left of await listDatabases(location, scratchPrefix(location))) await dropScratch(location, left)
      onStep?.('Leading a copy of the data on to the moment')
      try {
        const { replaced, rows, tables } = await recoverTo(moment, async recovered => {
          const { scratch, ...counts } = await copyDatabase(context, recovered, name)
          const comes = { comes: scratch, moment: moment.toISOString(), restoreId, metadata: { kind: 'point-in-time' } }
          return { ...counts, replaced: isDrill ? null : await replaceDatabase(context, comes) }
        })
        const outcome = { rows, replaced, recoveryTimeMs: Date.now() - startedAt, dataLossMs: startedAt - moment.getTime() }
        const { dataLossMs, recoveryTimeMs } = outcome
        await inTransaction(transaction =>
          finishRestore(transaction, restoreId, {
            status: 'succeeded',
            recoveryPoint: moment.toISOString(),
            recoveryTimeMs,
            dataLossMs,
            result: { rows, tables, isDrill },
          }),
        )
        return outcome
      } finally {
        await dropScratch(location, name)
      }
    })
  } catch (error) {
    await inTransaction(transaction => finishRestore(transaction, restoreId, { status: 'failed', error: reasonOf(error) })).catch(
      () => undefined,
    )
    throw error
  }
}
