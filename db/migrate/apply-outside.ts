import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sql } from '../connections.ts'
import { MigratorBusy } from './errors.ts'
import type { MigrationFile } from './journal.ts'
import { bare, indexName } from './outside-transaction.ts'

const lockNotAvailable = '55P03'

/** Drops what an earlier attempt left of an index: PostgreSQL keeps it, marked as invalid, and would not make it again. */
const dropInvalidIndex = async (sql: Sql, statement: string): Promise<void> => {
  const { name, schema } = indexName.exec(bare(statement))?.groups ?? {}
  if (name === undefined || schema === undefined) return
  const [invalid] = await sql`
    select from pg_index join pg_class on oid = indexrelid
    where relname = ${name} and relnamespace = to_regnamespace(${schema}) and not indisvalid`
  if (!invalid) return
  try {
    await sql.unsafe(`drop index concurrently if exists "${schema}"."${name}"`)
  } catch (error) {
    // A statement goes on for a while after its client has gone.
    if (!(error instanceof Error && 'code' in error && error.code === lockNotAvailable)) throw error
    throw new MigratorBusy(`An earlier attempt is still making the index ${schema}.${name}.`, { cause: error })
  }
}

/** Applies one migration statement by statement, and records it as Drizzle's migrator does. It can be repeated after a failure. */
export const applyOutside = async (
  sql: Sql,
  { hash, statements, when }: MigrationFile,
  onStatement: (index: number) => void,
): Promise<void> => {
  for (const [index, statement] of statements.entries()) {
    onStatement(index)
    await dropInvalidIndex(sql, statement)
    await sql.unsafe(statement)
  }
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${when})`
}

/** Runs `work` on a copy of the folder that ends with that migration: Drizzle's migrator applies all that it finds. */
export const withFolderUpTo = async <Result>(
  folder: string,
  files: readonly MigrationFile[],
  work: (folder: string) => Promise<Result>,
): Promise<Result> => {
  const copy = mkdtempSync(join(tmpdir(), 'nestegg-migrations-'))
  try {
    for (const { tag } of files) cpSync(join(folder, `${tag}.sql`), join(copy, `${tag}.sql`))
    mkdirSync(join(copy, 'meta'))
    const entries = files.map(({ tag, when }, idx) => ({ idx, when, tag, breakpoints: true }))
    writeFileSync(join(copy, 'meta', '_journal.json'), JSON.stringify({ version: '7', dialect: 'postgresql', entries }))
    return await work(copy)
  } finally {
    rmSync(copy, { recursive: true })
  }
}
