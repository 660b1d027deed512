import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MigrationError } from './errors.ts'
import { readJournal, unwrittenRollback } from './journal.ts'

const drizzleKit = join('node_modules', 'drizzle-kit', 'bin.cjs')

export interface CreatedMigration {
  readonly tag: string
  readonly migrationPath: string
  readonly rollbackPath: string
}

/**
 * Makes the next migration with drizzle-kit from the changes in db/schema, and a rollback file. Until the rollback is written, it
 * refuses to run and the migration cannot be applied.
 * @param options.custom makes an empty file to be written by hand: functions, triggers, policies, partitions, grants.
 * @param options.root the project's folder, where drizzle.config.ts is.
 */
export const createMigration = (name: string, options: { custom: boolean; root: string }): CreatedMigration => {
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw new MigrationError(`"${name}" is not a valid name for a migration: use lower case, digits and underscores.`)
  const folder = join(options.root, 'db', 'migrations')
  const existing = readJournal(folder)
  const before = new Set(existing.map(entry => entry.tag))
  const future = existing.find(({ when }) => when >= Date.now())
  // The new migration gets the time of the clock. It would be older than that one, and so would be skipped.
  if (future)
    throw new MigrationError(
      `The time of ${future.tag} is in the future (${new Date(future.when).toISOString()}): correct the clock of this machine, or that time in the journal.`,
    )
  const kit = spawnSync(process.execPath, [drizzleKit, 'generate', '--name', name, ...(options.custom ? ['--custom'] : [])], {
    cwd: options.root,
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'pipe'],
  })
  const tag = readJournal(folder).find(entry => !before.has(entry.tag))?.tag
  if (kit.status !== 0 || !tag) {
    throw new MigrationError(`drizzle-kit made no migration.\n${[kit.stdout, kit.stderr].join('\n').trim()}`, { cause: kit.error })
  }
  const rollbackPath = join(folder, 'rollback', `${tag}.sql`)
  mkdirSync(join(folder, 'rollback'), { recursive: true })
  writeFileSync(rollbackPath, `do $$ begin raise exception '${unwrittenRollback}'; end $$;\n`)
  return { tag, migrationPath: join(folder, `${tag}.sql`), rollbackPath }
}
