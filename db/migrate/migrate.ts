import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as drizzleMigrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { connect, type DatabaseLocation, type Sql } from '../connections.ts'
import { compareApplied, type MigrationStatus, refuseForeignHistory, tagsIn } from './applied.ts'
import { MigrationError, MigratorBusy } from './errors.ts'
import { type MigrationFile, migrationsFolder, readMigrations } from './journal.ts'
import { withMigrationLock } from './lock.ts'
import { applyOutside, withFolderUpTo } from './apply-outside.ts'
import { withinTransaction } from './transaction.ts'

/** Makes a copy that can be restored, before anything is changed; throws if it cannot. Called with the tags of the migrations. */
export type Backup = (change: { readonly tags: readonly string[] }) => Promise<void>

export interface MigrateOptions {
  /** `'none'` is accepted only for a database that was never migrated and so holds no data. */
  readonly backup: Backup | 'none' | null
  readonly folder?: string
  /** Only the first migrations, to make a database as it was before the others; all by default. */
  readonly only?: number
  /** How long to wait for another migrator; 60 by default. */
  readonly lockWaitSeconds?: number
  /** Called with each statement before it runs. */
  readonly onProgress?: (progress: { readonly tag: string; readonly statement: number; readonly statements: number }) => void
}

export interface MigrateResult {
  /** The tags of the migrations applied by this call, in order. */
  readonly applied: readonly string[]
  readonly status: MigrationStatus
}

/** Reads what is applied and what is pending, as nestegg_owner. Changes nothing. */
export const migrationStatus = async (location: DatabaseLocation, folder = migrationsFolder()): Promise<MigrationStatus> => {
  const files = readMigrations(folder)
  const sql = connect(location, 'nestegg_owner')
  try {
    return await compareApplied(sql, files)
  } finally {
    await sql.end()
  }
}

export const takeBackup = async (backup: MigrateOptions['backup'], isEmpty: boolean, tags: readonly string[]): Promise<void> => {
  if (typeof backup === 'function') return backup({ tags })
  if (backup === 'none' && isEmpty) return undefined
  throw new MigrationError(`The database holds data and no backup was arranged; nothing was changed (pending: ${tags.join(', ')}).`)
}

/** The message of an error. Drizzle wraps an error of PostgreSQL in one that only repeats the query, so its cause is used. */
export const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof postgres.PostgresError) return [cause.message, cause.detail, cause.hint, cause.where].filter(Boolean).join('\n')
  return cause instanceof Error ? cause.message : String(cause)
}

export const describeStatement = (tag: string, statement: number, text: string): string => {
  const line = text
    .replaceAll(/^\s*--.*$/gm, '')
    .trim()
    .split('\n')[0]
  return `${tag} failed at its statement ${statement}: ${line}`
}

/** The client, of which every transaction is checked at its end: see `withinTransaction`. */
const guarded = (client: Sql): Sql =>
  new Proxy(client, {
    get: (target, name) =>
      name === 'begin'
        ? (work: (transaction: postgres.TransactionSql) => Promise<unknown>) =>
            target.begin(transaction => withinTransaction(transaction, () => work(transaction)))
        : Reflect.get(target, name, target),
  })

/** Applies migrations, all of which run inside a transaction, with Drizzle's own migrator: together, or not at all. */
const applyTogether = async (location: DatabaseLocation, folder: string, files: readonly MigrationFile[], options: MigrateOptions) => {
  const queue = files.flatMap(({ tag, statements }) =>
    statements.map((text, index) => ({ tag, text, statement: index + 1, statements: statements.length })),
  )
  let at: (typeof queue)[number] | undefined
  const logQuery = (query: string) => {
    if (query !== queue[0]?.text) return
    at = queue.shift()
    if (at) options.onProgress?.(at)
  }
  const client = connect(location, 'nestegg_owner')
  try {
    await drizzleMigrate(drizzle(guarded(client), { logger: { logQuery } }), { migrationsFolder: folder })
  } catch (error) {
    if (error instanceof MigrationError) throw error
    const place = at ? describeStatement(at.tag, at.statement, at.text) : 'The migrator failed before its first statement.'
    throw new MigrationError(`${place}\n${reasonOf(error)}`, { cause: error })
  } finally {
    await client.end()
  }
}

const applyAlone = async (location: DatabaseLocation, file: MigrationFile, options: MigrateOptions) => {
  const { statements, tag } = file
  let at = 0
  const client = connect(location, 'nestegg_owner')
  try {
    await applyOutside(client, file, index => {
      at = index
      options.onProgress?.({ tag, statement: index + 1, statements: statements.length })
    })
  } catch (error) {
    if (error instanceof MigrationError) throw error
    throw new MigrationError(`${describeStatement(tag, at + 1, statements[at]!)}\n${reasonOf(error)}`, { cause: error })
  } finally {
    await client.end()
  }
}

/** Neighbours that run inside a transaction, together; each of the others on its own. */
const inGroups = (pending: readonly MigrationFile[]): MigrationFile[][] => {
  const groups: MigrationFile[][] = []
  for (const file of pending) {
    const group = groups.at(-1)
    if (group === undefined || file.isOutsideTransaction || group[0]!.isOutsideTransaction) groups.push([file])
    else group.push(file)
  }
  return groups
}

const applyPending = async (
  location: DatabaseLocation,
  folder: string,
  { files, pending }: { readonly files: readonly MigrationFile[]; readonly pending: readonly MigrationFile[] },
  options: MigrateOptions,
) => {
  const applied: string[] = []
  for (const group of inGroups(pending)) {
    try {
      if (group[0]!.isOutsideTransaction) await applyAlone(location, group[0]!, options)
      else {
        const upTo = files.slice(0, files.indexOf(group.at(-1)!) + 1)
        await withFolderUpTo(folder, upTo, copy => applyTogether(location, copy, group, options))
      }
    } catch (error) {
      if (!(error instanceof MigrationError) || error instanceof MigratorBusy) throw error
      const outcome = applied.length === 0 ? 'Nothing of this run was applied.' : `Applied and kept: ${applied.join(', ')}.`
      throw new MigrationError(`${error.message}\n${outcome}`, { cause: error.cause ?? error })
    }
    applied.push(...group.map(({ tag }) => tag))
  }
}

/**
 * Brings a database to the newest migration, as nestegg_owner: checks the journal, takes the migrator's lock, compares the applied
 * migrations with the files, makes a backup if something is pending, applies what is pending, and compares again. Pending migrations are
 * applied in one transaction with Drizzle's own migrator. One that must run outside a transaction divides them: see apply-outside.ts.
 * A database that is ahead of this code (after a return to an older deployment) is not changed.
 * @throws MigrationError written for the person who started it; it says what was applied.
 */
export const migrate = async (location: DatabaseLocation, options: MigrateOptions): Promise<MigrateResult> => {
  const folder = options.folder ?? migrationsFolder()
  const files = readMigrations(folder).slice(0, options.only)
  return withMigrationLock(location, options.lockWaitSeconds ?? 60, async () => {
    const sql = connect(location, 'nestegg_owner')
    try {
      const before = await compareApplied(sql, files)
      refuseForeignHistory(before)
      const tags = tagsIn(before, 'pending')
      if (tags.length === 0) return { applied: [], status: before }
      await takeBackup(options.backup, tags.length === files.length, tags)
      const pending = files.filter(file => tags.includes(file.tag))
      await applyPending(location, folder, { files, pending }, options)
      const status = await compareApplied(sql, files)
      const unapplied = status.migrations.filter(migration => migration.state !== 'applied')
      if (unapplied.length > 0) {
        throw new MigrationError(
          `After the run these migrations differ from their files: ${unapplied.map(({ tag, state }) => `${tag} (${state})`).join(', ')}.`,
        )
      }
      return { applied: tags, status }
    } finally {
      await sql.end()
    }
  })
}
