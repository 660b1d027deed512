import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readMigrations } from '../../../db/migrate/index.ts'
import { createTestDatabase, pointEnvironmentTo, type TestDatabase } from '../../support/postgres.ts'
import { admin } from './run.ts'

const tags = readMigrations().map(({ tag }) => tag)
const newest = tags.at(-1) ?? ''

let database: TestDatabase
const use = async (options: { empty?: boolean } = {}) => {
  database = await createTestDatabase(options)
  pointEnvironmentTo(database.location)
}
afterEach(async () => {
  vi.unstubAllEnvs()
  await database.drop()
})

describe('status', () => {
  it('of a migrated database lists every migration and exits with 0', async () => {
    await use()
    expect(await admin('db', 'status')).toEqual({ code: 0, out: tags.map(tag => `applied  ${tag}\n`).join(''), error: '' })
  })

  it('exits with 3 when something is pending', async () => {
    await use({ empty: true })
    expect(await admin('db', 'status')).toEqual({ code: 3, out: tags.map(tag => `pending  ${tag}\n`).join(''), error: '' })
  })

  it('exits with 3 when an applied file was edited', async () => {
    await use()
    await database.connect(
      'postgres',
    )`update drizzle.__drizzle_migrations set hash = 'another' where created_at = ${readMigrations()[0]!.when}`
    const { code, out } = await admin('db', 'status', '--json')
    expect(JSON.parse(out)).toMatchObject({ migrations: expect.arrayContaining([{ tag: tags[0], state: 'edited' }]) })
    expect(code).toBe(3)
  })

  it('reports a database that is ahead of this code, which is not an error', async () => {
    await use()
    await database.connect('postgres')`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', ${Date.UTC(2199, 0)})`
    const { code, out } = await admin('db', 'status')
    expect(out).toContain('The database is ahead of this code, by migrations made 2199-01-01T00:00:00.000Z.')
    expect(code).toBe(0)
  })
})

describe('migrate', () => {
  it('migrates an empty database and loads reference data, then does nothing', async () => {
    await use({ empty: true })
    expect(await admin('db', 'migrate')).toEqual({ code: 0, out: tags.map(tag => `Applied ${tag}\n`).join(''), error: '' })
    expect(await database.connect('postgres')`select from planning.capital_market_assumptions where household_id is null`).not.toHaveLength(
      0,
    )
    expect(await admin('db', 'migrate')).toEqual({ code: 0, out: 'Nothing is pending.\n', error: '' })
  })

  it('fails with the reason, and changes nothing, if the history differs', async () => {
    await use()
    await database.connect('postgres')`update drizzle.__drizzle_migrations set hash = 'another'`
    const { code, error } = await admin('db', 'migrate')
    expect(error).toBe(`Edited after it was applied: ${tags.join(', ')}. Restore the file and write a new migration instead.\n`)
    expect(code).toBe(1)
  })
})

describe('rollback', () => {
  beforeEach(() => use())

  it('of a database that is not on this machine requires a snapshot', async () => {
    const { code, error } = await admin('db', 'rollback')
    expect(error).toContain('no backup was arranged; nothing was changed')
    expect(code).toBe(1)
    expect((await admin('db', 'status')).code).toBe(0)
  })

  it('rolls back the newest, and migrate applies it again', async () => {
    const snapshot = ['--snapshot', 'before-it']
    expect(await admin('db', 'rollback', ...snapshot)).toEqual({
      code: 0,
      out: `Continuing with ${newest}; snapshot taken: before-it\nRolled back ${newest}\n`,
      error: '',
    })
    expect((await admin('db', 'status')).out).toContain(`pending  ${newest}`)
    expect((await admin('db', 'migrate', ...snapshot)).out).toContain(`Applied ${newest}`)
    expect((await admin('db', 'status')).code).toBe(0)
  })

  it('rolls back no more migrations than are applied', async () => {
    const { code, out } = await admin('db', 'rollback', '99', '--snapshot', 'before-it')
    expect(out.match(/^Rolled back .*$/gm)).toHaveLength(tags.length)
    expect(code).toBe(0)
    expect((await admin('db', 'rollback')).out).toBe('Nothing is applied.\n')
  })
})
