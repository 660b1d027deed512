import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { hashMigrationFiles } from '../../lib/migration-files.ts'
import { temporaryFolder } from './temporary-folder.ts'

describe('the hash that decides whether the database is migrated again', () => {
  let folder: string
  beforeEach(() => {
    folder = temporaryFolder()
    mkdirSync(join(folder, 'migrations', 'rollback'), { recursive: true })
    mkdirSync(join(folder, 'reference-data'))
    writeFileSync(join(folder, 'migrations', '0000_first.sql'), 'create table a ();')
    writeFileSync(join(folder, 'migrations', 'rollback', '0000_first.sql'), 'drop table a;')
    writeFileSync(join(folder, 'reference-data', 'returns.csv'), '1,2')
    writeFileSync(join(folder, 'roles.sql'), 'create role x;')
  })

  it.each([
    'migrations/0000_first.sql',
    'migrations/rollback/0000_first.sql',
    'reference-data/returns.csv',
    'roles.sql',
    'migrations/0001_new.sql',
  ])('changes with %s', file => {
    const before = hashMigrationFiles(folder)
    writeFileSync(join(folder, file), 'changed')
    expect(hashMigrationFiles(folder)).not.toBe(before)
  })

  it('changes when a file is renamed, and not with files that a migration does not depend on', () => {
    const before = hashMigrationFiles(folder)
    writeFileSync(join(folder, 'connections.ts'), 'export {}')
    expect(hashMigrationFiles(folder)).toBe(before)
    renameSync(join(folder, 'migrations/0000_first.sql'), join(folder, 'migrations/0000_other.sql'))
    expect(hashMigrationFiles(folder)).not.toBe(before)
  })

  it('does not depend on the path of the folder', () => {
    const elsewhere = join(temporaryFolder(), 'db')
    const before = hashMigrationFiles(folder)
    renameSync(folder, elsewhere)
    expect(hashMigrationFiles(elsewhere)).toBe(before)
  })
})
