import { connect, type DatabaseLocation } from '../connections.ts'
import { compareApplied } from './applied.ts'
import { MigrationError } from './errors.ts'
import { migrationsFolder, readMigrations, readRollback } from './journal.ts'
import { withMigrationLock } from './lock.ts'
import { withinTransaction } from './transaction.ts'
import { describeStatement, type MigrateOptions, reasonOf, takeBackup } from './migrate.ts'

/**
 * Rolls back the newest `steps` migrations, newest first, as nestegg_owner, in one transaction under the migrator's lock.
 * @returns the tags of the migrations rolled back: fewer than `steps` if fewer were applied.
 * @throws MigrationError that names the migration and the statement that failed; then nothing was rolled back.
 */
export const rollback = async (location: DatabaseLocation, steps: number, options: MigrateOptions): Promise<readonly string[]> => {
  const folder = options.folder ?? migrationsFolder()
  const files = readMigrations(folder)
  return withMigrationLock(location, options.lockWaitSeconds ?? 60, async () => {
    const sql = connect(location, 'nestegg_owner')
    try {
      const { migrations, ahead, foreign } = await compareApplied(sql, files)
      if (ahead.length + foreign.length > 0) throw new MigrationError('The database has migrations that this code cannot roll back.')
      const applied = new Set(migrations.filter(({ state }) => state === 'applied' || state === 'edited').map(({ tag }) => tag))
      const targets = files
        .filter(({ tag }) => applied.has(tag))
        .toReversed()
        .slice(0, steps)
      const tags = targets.map(({ tag }) => tag)
      if (tags.length === 0) return tags
      await takeBackup(options.backup, false, tags)
      await sql.begin(transaction =>
        withinTransaction(transaction, async () => {
          for (const { tag, when } of targets) {
            const statements = readRollback(folder, tag)
            for (const [index, text] of statements.entries()) {
              options.onProgress?.({ tag, statement: index + 1, statements: statements.length })
              await transaction.unsafe(text).catch((error: unknown) => {
                const place = describeStatement(`The rollback of ${tag}`, index + 1, text)
                throw new MigrationError(`${place}\n${reasonOf(error)}\nNothing was rolled back.`, { cause: error })
              })
            }
            await transaction`delete from drizzle.__drizzle_migrations where created_at = ${when}`
          }
        }),
      )
      return tags
    } finally {
      await sql.end()
    }
  })
}
