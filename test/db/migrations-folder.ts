import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readJournal } from '../../db/migrate/journal.ts'

const source = join(import.meta.dirname, '..', '..', 'db', 'migrations')

export interface MigrationsFolder {
  readonly folder: string
  readonly remove: () => void
  /** Appends one more migration, by default with a time one second after the newest. */
  readonly add: (name: string, statements: string, change?: { when?: number; rollback?: string | null; idx?: number }) => string
  readonly editJournal: (change: (entries: { idx: number; when: number; tag: string }[]) => unknown) => void
}

/** A copy of the project's first `entries` migrations, which a test may change. */
export const copyMigrations = (options: { entries?: number } = {}): MigrationsFolder => {
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-migrations-'))
  cpSync(source, folder, { recursive: true })
  const journalPath = join(folder, 'meta', '_journal.json')
  const editJournal: MigrationsFolder['editJournal'] = change => {
    const entries = [...readJournal(folder)]
    change(entries)
    writeFileSync(journalPath, JSON.stringify({ version: '7', dialect: 'postgresql', entries }))
  }
  const add: MigrationsFolder['add'] = (name, statements, change = {}) => {
    const entries = readJournal(folder)
    const idx = change.idx ?? entries.length
    const tag = `${String(entries.length).padStart(4, '0')}_${name}`
    editJournal(journal => journal.push({ idx, when: change.when ?? (entries.at(-1)?.when ?? 0) + 1000, tag }))
    writeFileSync(join(folder, `${tag}.sql`), statements)
    if (change.rollback !== null) writeFileSync(join(folder, 'rollback', `${tag}.sql`), change.rollback ?? 'select 1')
    return tag
  }
  for (const { tag } of readJournal(folder).slice(options.entries ?? Infinity)) {
    rmSync(join(folder, `${tag}.sql`))
    rmSync(join(folder, 'rollback', `${tag}.sql`))
  }
  editJournal(entries => entries.splice(options.entries ?? Infinity))
  return { folder, add, editJournal, remove: () => rmSync(folder, { recursive: true }) }
}
