import { sql as statement } from 'drizzle-orm'
import type { Sql } from '../connections.ts'
import type { Transaction } from '../database.ts'
import { MigrationError } from './errors.ts'
import type { MigrationFile } from './journal.ts'

export type MigrationState = 'applied' | 'pending' | 'edited' | 'skipped'

export interface MigrationStatus {
  /**
   * In the journal's order. `edited`: its file was changed after it was applied. `skipped`: it was never applied, but a later one was.
   */
  readonly migrations: readonly { readonly tag: string; readonly state: MigrationState }[]
  /** Times (milliseconds since 1970) of applied migrations that this code does not have, newer than its newest: the database is ahead. */
  readonly ahead: readonly number[]
  /** The same, but older than this code's newest migration: a file was removed, or another branch of the code was applied. */
  readonly foreign: readonly number[]
}

interface AppliedRow extends Record<string, unknown> {
  readonly hash: string
  readonly created_at: string
}

/** Compares the rows of Drizzle's table with the files. In a database that was never migrated, all files are pending. */
export const compareApplied = async (sql: Sql, files: readonly MigrationFile[]): Promise<MigrationStatus> => {
  const [table] = await sql<{ exists: boolean }[]>`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`
  const rows = table?.exists
    ? await sql<AppliedRow[]>`select hash, created_at::text from drizzle.__drizzle_migrations order by created_at`
    : []
  return compare(rows, files)
}

/** The same in a transaction of nestegg_operator, which may read Drizzle's table of a migrated database. */
export const compareAppliedIn = async (transaction: Transaction, files: readonly MigrationFile[]): Promise<MigrationStatus> =>
  compare(
    await transaction.execute<AppliedRow>(
      statement`select hash, created_at::text as created_at from drizzle.__drizzle_migrations order by created_at`,
    ),
    files,
  )

const compare = (rows: readonly AppliedRow[], files: readonly MigrationFile[]): MigrationStatus => {
  const hashes = new Map(rows.map(row => [Number(row.created_at), row.hash]))
  const newestApplied = Math.max(-Infinity, ...hashes.keys())
  const newestFile = files.at(-1)?.when ?? -Infinity
  const known = new Set(files.map(file => file.when))
  const unknown = [...hashes.keys()].filter(when => !known.has(when))
  const stateOf = ({ when, hash }: MigrationFile): MigrationState => {
    const appliedHash = hashes.get(when)
    if (appliedHash === undefined) return when < newestApplied ? 'skipped' : 'pending'
    return appliedHash === hash ? 'applied' : 'edited'
  }
  return {
    migrations: files.map(file => ({ tag: file.tag, state: stateOf(file) })),
    ahead: unknown.filter(when => when > newestFile),
    foreign: unknown.filter(when => when < newestFile),
  }
}

export const tagsIn = (status: MigrationStatus, state: MigrationState): string[] =>
  status.migrations.filter(migration => migration.state === state).map(migration => migration.tag)

const asTimes = (times: readonly number[]) => times.map(when => new Date(when).toISOString()).join(', ')

/** @throws MigrationError if the applied migrations differ from the files, so that no further migration may be applied. */
export const refuseForeignHistory = (status: MigrationStatus): void => {
  const edited = tagsIn(status, 'edited')
  if (edited.length > 0) {
    throw new MigrationError(`Edited after it was applied: ${edited.join(', ')}. Restore the file and write a new migration instead.`)
  }
  if (status.foreign.length > 0) {
    throw new MigrationError(`The database has migrations that are not in the journal (made ${asTimes(status.foreign)}).`)
  }
  const skipped = tagsIn(status, 'skipped')
  if (skipped.length > 0) {
    throw new MigrationError(
      `Never applied, although newer migrations were: ${skipped.join(', ')}. Give it a later time in the journal, after the applied ones.`,
    )
  }
}
