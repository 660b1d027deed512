import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { createTestDatabase, pointEnvironmentTo } from '../../support/postgres.ts'
import { admin } from './run.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const owner = database.connect('nestegg_owner')
const administrator = database.connect('postgres')
beforeEach(() => pointEnvironmentTo(database.location))
afterEach(() => vi.unstubAllEnvs())
const flush = async () => {
  for (const sql of [owner, administrator]) await sql`select pg_stat_force_next_flush()`
}

const step = z.object({ relation: z.string(), statement: z.string(), reason: z.string() })
const work = z.object({ done: z.array(step), failed: z.array(step.extend({ error: z.string() })), left: z.array(step) })
const worked = async (...argv: string[]) => {
  const { code, error, out } = await admin('maintenance', ...argv, '--json')
  return { code, error, ...work.parse(JSON.parse(out)) }
}
const recommendation = z.object({
  rule: z.string(),
  severity: z.enum(['critical', 'warning', 'info']),
  subject: z.string(),
  finding: z.string(),
  action: z.string(),
  statement: z.string().nullable(),
})
const report = z.object({
  recommendations: z.array(recommendation),
  tables: z.array(z.object({ table: z.string(), totalBytes: z.number() })),
  statements: z.array(z.object({ statement: z.string(), calls: z.number() })),
  notRead: z.object({}),
})

const fill = async (name: string) => {
  await owner.unsafe(`create table operations.${name} (id int primary key, filler text) with (autovacuum_enabled = off)`)
  await owner.unsafe(`insert into operations.${name} select n, 'x' from generate_series(1, 20000) n`)
  await owner.unsafe(`delete from operations.${name} where id <= 15000`)
  await flush()
}

it('vacuums and analyzes the tables that need it, the neediest first, and then none', async () => {
  await fill('trial_rows')
  const { code, done } = await worked('vacuum')
  expect(code).toBe(0)
  expect(done[0]).toMatchObject({ statement: 'vacuum (analyze) operations.trial_rows', reason: expect.stringMatching(/dead rows/) })
  await flush()
  expect((await worked('vacuum')).done.map(({ relation }) => relation)).not.toContain('operations.trial_rows')
  await owner.unsafe(`update operations.trial_rows set filler = 'y'`)
  await flush()
  expect((await worked('analyze')).done.map(({ statement }) => statement)).toContain('analyze operations.trial_rows')
  await flush()
  expect((await worked('analyze')).done.map(({ relation }) => relation)).not.toContain('operations.trial_rows')
  const { done: all } = await worked('analyze', '--all')
  expect(all.map(({ relation }) => relation)).toEqual(expect.arrayContaining(['operations.audit_logs', 'planning.plans']))
  expect((await worked('vacuum', '--freeze')).done.every(({ statement }) => statement.startsWith('vacuum (freeze, analyze)'))).toBe(true)
})

it('goes on after a table that is locked, and fails at the end', async () => {
  await fill('trial_locked')
  await fill('trial_free')
  const holder = database.connect('nestegg_owner')
  let release: () => void = () => undefined
  const held = holder.begin(async transaction => {
    // A lock that lets the sizes be read, but neither VACUUM nor ANALYZE.
    await transaction.unsafe('lock table operations.trial_locked in share row exclusive mode')
    await new Promise<void>(resolve => (release = resolve))
  })
  await vi.waitFor(() => expect(release).toBeTypeOf('function'))
  await new Promise(resolve => setTimeout(resolve, 200))
  const { code, done, error, failed } = await worked('vacuum')
  release()
  await held
  for (const table of ['trial_locked', 'trial_free']) await owner.unsafe(`drop table operations.${table}`)
  expect(failed).toMatchObject([{ relation: 'operations.trial_locked', error: 'canceling statement due to lock timeout' }])
  expect(done.map(({ relation }) => relation)).toContain('operations.trial_free')
  expect(error).toBe('1 statements failed; the others were run.\n')
  expect(code).toBe(1)
  const [recorded] =
    await administrator`select outcome from operations.operator_commands where command = 'maintenance vacuum' order by id desc limit 1`
  expect(recorded).toEqual({ outcome: 'failed' })
})

it('makes the declared statistics once, and refreshes all', async () => {
  const made = (steps: readonly { statement: string }[]) => steps.filter(({ statement }) => statement.startsWith('create statistics'))
  expect(made((await worked('statistics')).done)).toHaveLength(4)
  const second = await worked('statistics')
  expect(made(second.done)).toEqual([])
  expect(second.done.length).toBeGreaterThan(30)
  const names = await administrator<{ name: string }[]>`select stxname as name from pg_statistic_ext order by 1`
  expect(names.map(({ name }) => name)).toContain('runs_household_plan')
})

it('makes invalid indexes again, drops leftovers, and leaves the others', async () => {
  expect(await admin('maintenance', 'reindex')).toEqual({ code: 0, out: 'Nothing needs it.\n', error: '' })
  await owner.unsafe('create index trial_bad on operations.trial_rows (filler)')
  await owner.unsafe('create index trial_bad_ccnew on operations.trial_rows (filler)')
  await administrator.unsafe(`update pg_index set indisvalid = false where indexrelid::regclass::text like 'operations.trial_bad%'`)
  const { code, out } = await admin('maintenance', 'reindex')
  expect(out).toBe(
    'done  drop index concurrently if exists operations.trial_bad_ccnew  left by a stopped REINDEX\n' +
      'done  reindex index concurrently operations.trial_bad               invalid\n',
  )
  expect(code).toBe(0)
  expect(await administrator`select from pg_index where not indisvalid`).toHaveLength(0)
})

it('cleans up: partitions, rows of default partitions, expired keys', async () => {
  await administrator`insert into identity.users (cognito_sub, email) values ('subject-1', 'someone@nestegg.example')`
  await administrator`
    insert into operations.idempotency_keys (user_id, route, key, request_hash, expires_at)
    select id, 'trial', 'old', repeat('0', 64), now() - interval '1 day' from identity.users`
  await administrator`insert into operations.audit_logs (action, resource_type, timestamp) values ('EXECUTE', 'trial', '2020-02-03T00:00:00Z')`
  await flush()
  const { code, out } = await admin('maintenance', 'cleanup')
  expect(out).toMatch(/^partitions made +audit_logs_2020_02\n/)
  expect(out).toMatch(/expired idempotency keys deleted +1\n/)
  expect(code).toBe(0)
})

describe('the report', () => {
  it('begins with what to do first, and exits with 3 when that is more than an improvement', async () => {
    await owner.unsafe('create index trial_twice on operations.trial_rows (filler)')
    const { code, error, out } = await admin('maintenance', 'report', '--limit', '5')
    expect(error).toBe('')
    expect(out).toMatch(/^WHAT TO DO FIRST\n1\. \[/)
    expect(out).toContain('     drop index concurrently operations.trial_twice;\n')
    for (const title of [
      'TABLES\n',
      'INDEXES\n',
      'WHO WAITS FOR WHOM\nnone',
      'PARTITIONS\n',
      'STATEMENTS BY TOTAL TIME\n',
      'READERS\nnone',
    ])
      expect(out).toContain(title)
    expect(code).toBe(3)
  })

  it('as JSON has all figures, and exits with 0 when there is nothing to do', async () => {
    await owner.unsafe('drop index operations.trial_twice')
    await owner.unsafe('vacuum (analyze) operations.trial_rows')
    await flush()
    const { code, out } = await admin('maintenance', 'report', '--json')
    const { notRead, recommendations, statements, tables } = report.parse(JSON.parse(out))
    expect(recommendations.filter(({ severity }) => severity !== 'info')).toEqual([])
    expect(notRead).toEqual({})
    expect(tables.length).toBeGreaterThan(20)
    expect(statements.length).toBeGreaterThan(5)
    expect(code).toBe(0)
  })

  it('shows no statement that sets a password', async () => {
    await administrator.unsafe(`create role trial_role; alter role trial_role password 'secret-word'; drop role trial_role`)
    await administrator.unsafe(`select 'password of somebody'`)
    expect((await admin('maintenance', 'report', '--json', '--limit', '1000')).out).not.toMatch(/secret-word|password of/)
  })
})

describe('status', () => {
  it('is ok when nothing needs attention, and names each job', async () => {
    const { code, error, out } = await admin('status')
    expect(error).toBe('')
    expect(out).toMatch(/^status +ok\n/)
    expect(out).toMatch(/^retention +no policy is overdue$/m)
    expect(out).toMatch(/operations\/maintain-database +never run/)
    expect(out).toContain('LARGEST TABLES')
    expect(code).toBe(0)
  })

  it('needs attention when the last run of a job has failed, or a migration is pending', async () => {
    await administrator`insert into operations.job_runs (job, scheduled_for, status, error) values ('operations/make-partitions', now(), 'failed', 'it broke')`
    const failed = await admin('status', '--json')
    expect(failed.code).toBe(3)
    expect(z.object({ status: z.literal('attention'), jobs: z.array(z.unknown()) }).parse(JSON.parse(failed.out)).jobs).toContainEqual({
      job: 'operations/make-partitions',
      lastRun: { job: 'operations/make-partitions', status: 'failed', startedAt: expect.stringMatching(/Z$/), error: 'it broke' },
    })
    await administrator`delete from operations.job_runs`
    await administrator`insert into operations.data_retention_policies (name, table_name, retention_period_days, schedule_cron, next_execution)
      values ('Late', 'operations.system_events', 90, '0 2 * * 0', now() - interval '25 hours'),
        ('Just due', 'operations.job_runs', 90, '0 2 * * 0', now() - interval '1 minute')`
    const overdue = await admin('db', 'setup', '--health')
    expect(overdue).toMatchObject({ code: 3, out: expect.stringMatching(/^retention +2 policies are overdue, Late for 25\.0 hours$/m) })
    await administrator`delete from operations.data_retention_policies where name = 'Late'`
    expect(await admin('status')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^retention +1 policy is overdue, Just due for 0\.0 hours$/m),
    })
    await administrator`delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`
    const pending = await admin('status')
    expect(pending.out).toMatch(/migrations .* is pending\n/)
    expect(pending.code).toBe(3)
  })
})
