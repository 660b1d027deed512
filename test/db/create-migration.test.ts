import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createMigration, readMigrations } from '../../db/migrate/index.ts'

/** Sets the times of the migrations, which otherwise are those of the project. */
const setTimes = (timeOf: (position: number) => number) => {
  const path = join(root, 'db/migrations/meta/_journal.json')
  const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: { when: number }[] }
  for (const [position, entry] of journal.entries.entries()) entry.when = timeOf(position)
  writeFileSync(path, JSON.stringify(journal))
}

const project = join(import.meta.dirname, '..', '..')

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nestegg-project-'))
  for (const path of ['domain', 'db/schema', 'db/migrations', 'drizzle.config.ts'])
    cpSync(join(project, path), join(root, path), { recursive: true })
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'))
  setTimes(position => position + 1)
})
afterEach(() => rmSync(root, { recursive: true }))

const count = readMigrations().length
const nextTag = (name: string) => `${String(count).padStart(4, '0')}_${name}`

it('makes no migration while the migrations match the schema', () => {
  expect(() => createMigration('idle', { custom: false, root })).toThrow(/drizzle-kit made no migration[^]*No schema changes/)
  expect(readMigrations(join(root, 'db', 'migrations'))).toHaveLength(count)
})

it('makes a migration from the changes in the schema', () => {
  appendFileSync(join(root, 'db/schema/market/returns.ts'), "export const trials = market.table('trials', { name: text('name') })\n")
  const { tag, migrationPath } = createMigration('add_trials', { custom: false, root })
  expect(tag).toBe(nextTag('add_trials'))
  expect(readFileSync(migrationPath, 'utf8')).toBe('CREATE TABLE "market"."trials" (\n\t"name" text\n);\n')
})

it('makes an empty migration, which is not applied until its rollback is written', () => {
  const { tag, rollbackPath } = createMigration('by_hand', { custom: true, root })
  expect(tag).toBe(nextTag('by_hand'))
  expect(readFileSync(rollbackPath, 'utf8')).toContain('raise exception')
  const folder = join(root, 'db', 'migrations')
  expect(() => readMigrations(folder)).toThrow(`${tag}: rollback/${tag}.sql has not been written`)
  writeFileSync(rollbackPath, 'select 1\n')
  expect(readMigrations(folder).at(-1)?.tag).toBe(tag)
})

it('makes no migration that would be older than an existing one, as with a wrong clock', () => {
  setTimes(position => Date.now() + 3_600_000 + position)
  expect(() => createMigration('late', { custom: true, root })).toThrow(/The time of 0000_\w+ is in the future .*: correct the clock/)
  expect(readMigrations(join(root, 'db', 'migrations'))).toHaveLength(count)
})

it.each(['', '../escape', 'Upper', '1st', 'a b', 'a-b', '--custom'])('refuses %j as a name', name => {
  expect(() => createMigration(name, { custom: true, root })).toThrow('is not a valid name for a migration')
})
