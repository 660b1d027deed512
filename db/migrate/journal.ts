import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { MigrationError } from './errors.ts'
import { databaseFolder } from './files.ts'
import { isOutsideTransaction, unrepeatable } from './outside-transaction.ts'
import { transactionCommand } from './transaction.ts'

export const statementBreakpoint = '--> statement-breakpoint'

/** `createMigration` writes this into a new rollback file. A migration is not applied while its rollback contains it. */
export const unwrittenRollback = 'The rollback of this migration has not been written.'

const journalForm = z.object({
  entries: z.array(z.object({ idx: z.number().int(), when: z.number().int(), tag: z.string().regex(/^\d{4}_\w+$/) })),
})

export interface MigrationFile {
  /** `0003_add_lots`: the file's name without `.sql`. */
  readonly tag: string
  /** Milliseconds since 1970: the order of migrations, and their key in the database. */
  readonly when: number
  /** SHA-256 of the file, as Drizzle's migrator stores it. */
  readonly hash: string
  readonly statements: readonly string[]
  /** It is applied statement by statement, outside of a transaction. */
  readonly isOutsideTransaction: boolean
}

export const migrationsFolder = (): string => join(databaseFolder(), 'migrations')

/** The entries of drizzle-kit's journal, not yet checked against the files. @throws MigrationError if the journal is malformed. */
export const readJournal = (folder: string): z.infer<typeof journalForm>['entries'] => {
  const path = join(folder, 'meta', '_journal.json')
  const journal = journalForm.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (!journal.success) throw new MigrationError(`${path} is malformed.\n${z.prettifyError(journal.error)}`)
  return journal.data.entries
}

export const readRollback = (folder: string, tag: string): readonly string[] =>
  readFileSync(join(folder, 'rollback', `${tag}.sql`), 'utf8').split(statementBreakpoint)

const sqlFiles = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter(name => name.endsWith('.sql'))
        .map(name => name.slice(0, -'.sql'.length))
    : []

/**
 * Reads the migrations in the order of their journal. Drizzle's migrator silently skips an entry that is older than the newest
 * applied one. So the journal must be contiguous, strictly increasing in time, and agree with the files; otherwise nothing is applied.
 * @throws MigrationError that lists every fault of the folder.
 */
export const readMigrations = (folder = migrationsFolder()): readonly MigrationFile[] => {
  const entries = readJournal(folder)
  const tags = new Set(entries.map(entry => entry.tag))
  const files = new Set(sqlFiles(folder))
  const rollbacks = new Set(sqlFiles(join(folder, 'rollback')))

  const faults: string[] = []
  for (const [position, { idx, when, tag }] of entries.entries()) {
    const previous = entries[position - 1]
    if (idx !== position) faults.push(`${tag}: entry ${position} of the journal has idx ${idx}`)
    if (Number(tag.slice(0, 4)) !== idx) faults.push(`${tag}: its number is not its idx ${idx}`)
    if (previous && when <= previous.when) faults.push(`${tag}: its time is not after that of ${previous.tag}, so it would be skipped`)
    if (!files.has(tag)) faults.push(`${tag}: ${tag}.sql is missing`)
    if (!rollbacks.has(tag)) faults.push(`${tag}: rollback/${tag}.sql is missing`)
    else if (readRollback(folder, tag).join('').includes(unwrittenRollback)) faults.push(`${tag}: rollback/${tag}.sql has not been written`)
  }
  for (const path of [...files].map(tag => `${tag}.sql`).concat([...rollbacks].map(tag => `rollback/${tag}.sql`))) {
    const command = transactionCommand(readFileSync(join(folder, path), 'utf8'))
    if (command) faults.push(`${path}: "${command}" is not allowed, because all pending migrations are applied in one transaction`)
  }
  for (const tag of files) {
    const text = readFileSync(join(folder, `${tag}.sql`), 'utf8')
    const statement = isOutsideTransaction(text) ? unrepeatable(text.split(statementBreakpoint)) : undefined
    if (statement !== undefined)
      faults.push(`${tag}.sql: outside a transaction, "${statement.split('\n')[0]}" cannot be repeated after a failure`)
  }
  for (const tag of files) if (!tags.has(tag)) faults.push(`${tag}.sql is not in the journal`)
  for (const tag of rollbacks) if (!tags.has(tag)) faults.push(`rollback/${tag}.sql belongs to no migration`)
  if (faults.length > 0)
    throw new MigrationError(`The migrations in ${folder} are not in order:\n${faults.map(fault => `- ${fault}`).join('\n')}`)

  return entries.map(({ tag, when }) => {
    const text = readFileSync(join(folder, `${tag}.sql`), 'utf8')
    const hash = createHash('sha256').update(text).digest('hex')
    return { tag, when, hash, statements: text.split(statementBreakpoint), isOutsideTransaction: isOutsideTransaction(text) }
  })
}
