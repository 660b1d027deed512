import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readMigrations } from '../../../db/migrate/index.ts'
import { handler } from '../../../lambdas/operations/handlers/apply-migrations.ts'
import { createTestDatabase, pointEnvironmentTo, type TestDatabase } from '../../support/postgres.ts'

const tags = readMigrations().map(({ tag }) => tag)

let database: TestDatabase
beforeEach(() => void vi.spyOn(process.stdout, 'write').mockReturnValue(true))
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await database.drop()
})

describe('on an empty database', () => {
  beforeEach(async () => {
    database = await createTestDatabase({ empty: true })
    pointEnvironmentTo(database.location)
  })

  it('lists all migrations as pending, and applies them with reference data and partitions', async () => {
    expect(await handler({ action: 'status' })).toEqual({ pending: tags, isEmpty: true, applied: [] })
    expect(await handler({ action: 'apply' })).toEqual({ pending: [], isEmpty: false, applied: tags })
    expect(await handler({ action: 'status' })).toEqual({ pending: [], isEmpty: false, applied: [] })
    const sql = database.connect('postgres')
    expect(await sql`select from planning.capital_market_assumptions where household_id is null`).not.toHaveLength(0)
    expect(await sql`select from pg_inherits where inhparent = 'operations.audit_logs'::regclass`).toHaveLength(5)
  })

  it('applies nothing the second time', async () => {
    await handler({ action: 'apply' })
    expect((await handler({ action: 'apply' })).applied).toEqual([])
  })
})

describe('on a database with data and something pending', () => {
  beforeEach(async () => {
    database = await createTestDatabase()
    pointEnvironmentTo(database.location)
    // Makes the newest migration a pending one that cannot be applied. The migrator’s own table can be made.
    const sql = database.connect('postgres')
    await sql.unsafe(`create function public.refuse() returns event_trigger language plpgsql as $$ begin if current_query() !~* 'drizzle' then raise exception 'refused'; end if; end $$;
      create event trigger refuse on ddl_command_start execute function public.refuse()`)
    await sql`delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`
  })

  it('applies nothing without the name of a snapshot', async () => {
    expect(await handler({ action: 'status' })).toMatchObject({ pending: [tags.at(-1)], isEmpty: false })
    await expect(handler({ action: 'apply' })).rejects.toThrow('no backup was arranged')
  })

  it('applies with one, and reports the failed statement', async () => {
    await expect(handler({ action: 'apply', snapshotId: 'nestegg-1' })).rejects.toThrow(`${tags.at(-1)} failed at its statement 1`)
  })
})

it.each([{}, { action: 'drop' }, { action: 'status', snapshotId: 'x' }, { action: 'apply', snapshotId: '' }, null])(
  'refuses %j',
  async request => {
    database = await createTestDatabase({ empty: true })
    await expect(handler(request)).rejects.toThrow('"code"')
  },
)
