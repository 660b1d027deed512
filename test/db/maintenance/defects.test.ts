import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { readDatabaseState } from '../../../db/maintenance/read-state.ts'
import { type Recommendation, recommend } from '../../../domain/operations/index.ts'
import { createTestDatabase } from '../../support/postgres.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const owner = database.connect('nestegg_owner')
const administrator = database.connect('postgres')

/** The recommendations of a rule about relations of which the names have this text. */
const found = async (rule: string, subject = ''): Promise<Recommendation[]> => {
  for (const sql of [owner, administrator]) await sql`select pg_stat_force_next_flush()`
  const state = await readDatabaseState(database.location)
  expect(state.notRead).toEqual({})
  return recommend(state).filter(each => each.rule === rule && each.subject.includes(subject))
}
/** Does what the only recommendation of a rule says, and finds nothing afterwards. */
const repaired = async (rule: string, subject: string): Promise<string | null> => {
  const [first, ...others] = await found(rule, subject)
  expect(others).toEqual([])
  await owner.unsafe(first!.statement!)
  expect(await found(rule, subject)).toEqual([])
  return first!.statement
}

it('reads every subject of a fresh database, and recommends nothing', async () => {
  const state = await readDatabaseState(database.location)
  expect(state.notRead).toEqual({})
  expect(state.tables.map(({ table }) => table)).toContain('planning.plans')
  expect(state.statements.length).toBeGreaterThan(0)
  expect(recommend(state)).toEqual([])
})

it('finds a foreign key without index, in a table that is not tiny', async () => {
  await owner.unsafe('create table operations.trial_parents (id int primary key, other int unique)')
  await owner.unsafe('create table operations.trial_children (id int primary key, parent_id int references operations.trial_parents)')
  await owner.unsafe('insert into operations.trial_parents select n, n from generate_series(1, 10) n')
  expect(await found('missing-index', 'trial')).toEqual([])
  await owner.unsafe('insert into operations.trial_children select n, n % 10 + 1 from generate_series(1, 20000) n')
  expect(await found('missing-index', 'trial')).toMatchObject([{ severity: 'warning', finding: expect.stringContaining('20,000 rows') }])
  expect(await repaired('missing-index', 'trial_children')).toBe(
    'create index concurrently trial_children_parent_id on operations.trial_children (parent_id)',
  )
})

it('finds the foreign keys whose index was dropped, of the tables of the platform', async () => {
  const indexes = await administrator<{ definition: string; name: string }[]>`
    select indexdef as definition, indexname as name from pg_indexes where schemaname = 'operations' and indexname = 'household_job_runs_household'`
  expect(indexes).toHaveLength(1)
  const unindexed = async () => (await readDatabaseState(database.location)).unindexedForeignKeys.map(({ constraint }) => constraint)
  const before = await unindexed()
  await owner.unsafe('drop index operations.household_job_runs_household')
  expect((await unindexed()).filter(constraint => !before.includes(constraint))).toEqual([
    'household_job_runs_household_id_households_id_fk',
  ])
  await owner.unsafe(indexes[0]!.definition)
  expect(await unindexed()).toEqual(before)
})

it('finds an index that is there twice, and keeps that of a constraint', async () => {
  await owner.unsafe('create index trial_again on operations.trial_children (parent_id)')
  expect(await repaired('duplicate-index', 'trial')).toBe('drop index concurrently operations.trial_children_parent_id')
  await owner.unsafe('create index trial_other on operations.trial_parents (other)')
  expect(await repaired('duplicate-index', 'trial_other')).toBe('drop index concurrently operations.trial_other')
  await owner.unsafe('create index trial_wide on operations.trial_children (parent_id, id)')
  expect(await repaired('covered-index', 'trial')).toBe('drop index concurrently operations.trial_again')
  for (const different of ['(parent_id desc)', '(parent_id) where id > 5', 'using hash (parent_id)', '(parent_id, id) include (id)'])
    await owner.unsafe(`create index on operations.trial_children ${different}`)
  expect((await found('duplicate-index', 'trial')).map(({ subject }) => subject)).toEqual(['operations.trial_wide'])
})

it('finds indexes that are invalid because their making failed or was stopped', async () => {
  await expect(owner.unsafe('create unique index concurrently trial_unique on operations.trial_children (parent_id)')).rejects.toThrow(
    'could not create unique index',
  )
  const [unique] = await found('invalid-index', 'trial_unique')
  expect(unique!.action).toContain('create unique index concurrently trial_unique ON operations.trial_children USING btree (parent_id)')
  expect(await repaired('invalid-index', 'trial_unique')).toBe('drop index concurrently operations.trial_unique')

  const stopped = database.connect('nestegg_owner')
  const holder = database.connect('nestegg_owner')
  await stopped.unsafe("set statement_timeout = '300ms'")
  const stop = async (statement: string) =>
    holder.begin(async transaction => {
      await transaction.unsafe('insert into operations.trial_parents values (1000)')
      await expect(stopped.unsafe(statement)).rejects.toThrow('statement timeout')
    })
  await stop('create index concurrently trial_stopped on operations.trial_parents (other, id)').catch(() => undefined)
  await owner.unsafe('delete from operations.trial_parents where id = 1000')
  expect(await repaired('invalid-index', 'trial_stopped')).toBe('reindex index concurrently operations.trial_stopped')
  await stop('reindex index concurrently operations.trial_stopped')
  expect(await repaired('invalid-index', 'trial_stopped')).toBe('drop index concurrently operations.trial_stopped_ccnew')
})

it('finds dead rows, an empty table and an index of empty pages', async () => {
  await owner.unsafe('create table operations.trial_bloat (id int primary key, filler text) with (autovacuum_enabled = off)')
  await owner.unsafe("insert into operations.trial_bloat select n, repeat('x', 50) from generate_series(1, 600000) n")
  await owner.unsafe('delete from operations.trial_bloat where id % 10 > 0')
  expect(await repaired('dead-rows', 'trial_bloat')).toBe('vacuum (analyze) operations.trial_bloat')
  expect(await found('bloated-table', 'trial_bloat')).toMatchObject([{ severity: 'info', statement: null }])
  expect(await repaired('bloated-index', 'trial_bloat')).toBe('reindex index concurrently operations.trial_bloat_pkey')
  await owner.unsafe('drop table operations.trial_bloat')
})

it('finds partitions that are missing, and rows that are in the default partition', async () => {
  const name = (month: number) => {
    const first = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() + month, 1)).toISOString()
    return `operations.audit_logs_${first.slice(0, 7).replace('-', '_')}`
  }
  for (const month of [0, 1, 2, 3]) await owner.unsafe(`drop table ${name(month)}`)
  await administrator`insert into operations.audit_logs (action, resource_type) values ('EXECUTE', 'trial')`
  expect(await found('missing-partition', 'audit_logs')).toMatchObject([{ severity: 'critical' }])
  expect(await found('stray-rows', 'audit_logs')).toMatchObject([{ statement: 'select operations.make_audit_partitions(3)' }])
  expect(await repaired('missing-partition', 'audit_logs')).toBe('select operations.make_audit_partitions(3)')
  expect(await found('stray-rows', 'audit_logs')).toEqual([])
  // Rows of a past month, such as those of a restored file.
  await administrator`insert into operations.audit_logs (action, resource_type, timestamp) values ('EXECUTE', 'trial', now() - interval '1 year')`
  await repaired('stray-rows', 'audit_logs')
  await owner.unsafe(`drop table ${name(1)}`)
  expect(await found('missing-partition', 'audit_logs')).toMatchObject([{ finding: expect.stringContaining('with 1 gaps') }])
  await repaired('missing-partition', 'audit_logs')
})

it('finds who blocks whom, and who does not end a transaction', async () => {
  const [holder, second, third] = [1, 2, 3].map(() => database.connect('nestegg_owner'))
  // It never ends by itself: a commit that is written while the connection is closed is an error that the driver throws to nobody.
  const held = holder!
    .begin(async transaction => {
      await transaction.unsafe('lock table operations.trial_parents')
      await new Promise<never>(() => undefined)
    })
    .catch((error: unknown) => error)
  await wait(200)
  const waiting = [second!, third!].map(sql => sql.unsafe('select count(*) from operations.trial_parents').catch((error: unknown) => error))
  await wait(500)
  const state = await readDatabaseState(database.location, { measuresBloat: false })
  // The sizes of a table that is locked cannot be read. The rest can.
  expect(Object.keys(state.notRead)).toEqual(['tables', 'indexes'])
  expect(state.blocked.map(({ waitsFor }) => waitsFor)).toEqual(['operations.trial_parents', 'operations.trial_parents'])
  const blocker = recommend(state).find(({ rule }) => rule === 'blocked')
  expect(blocker!.finding).toContain('blocks 2 sessions')
  await administrator.unsafe(blocker!.statement!)
  await Promise.all([held, ...waiting])
  expect((await readDatabaseState(database.location, { measuresBloat: false })).blocked).toEqual([])
})
