import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { describeOutcome } from '../../../lambdas/operations/retention-commands.ts'
import { jobs } from '../../../lambdas/jobs.ts'
import { fireJob } from '../../../local/schedules.ts'
import { newHousehold, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { admin } from '../../bin/admin/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'retention-'))
let platform: TestPlatform
let administrator: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  vi.stubEnv('BACKUP_FOLDER', folder)
  administrator = await platform.newUser()
  await administrator.request('GET', '/v1/identity/users/me')
  await platform.database.connect('postgres')`update identity.users set role = 'admin' where email = ${administrator.email}`
})
afterAll(async () => {
  await platform.close()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const policies = '/v1/operations/retention-policies'
const body = {
  name: 'Old debug events',
  tableName: 'operations.system_events',
  conditions: [{ column: 'severity', operator: 'eq', value: 'debug' }],
  retentionPeriodDays: 30,
  action: 'archive',
  scheduleCron: '0 3 * * *',
  timezone: 'America/New_York',
}
const addEvents = (severity: string, count: number, days: number) => platform.database.connect('postgres')`
  insert into operations.system_events (timestamp, event_type, event_category, message, severity, fingerprint)
  select now() - make_interval(days => ${days}), 'error', 'api', 'Event', ${severity}, n::text from generate_series(1, ${count}::integer) n`
/** Of the events above only: a slow request records an event of its own. */
const countEvents = async (severity: string) => {
  const [row] = await platform.database.connect('postgres')`
    select count(*)::integer as count from operations.system_events where severity = ${severity} and message = 'Event'`
  return row!['count']
}

test('a policy is made, counted, run, changed and removed by administrators', async () => {
  await Promise.all([addEvents('debug', 7, 40), addEvents('debug', 2, 10), addEvents('critical', 3, 40)])
  const created = await administrator.request('POST', policies, { body, headers: { 'idempotency-key': 'once' } })
  expect(created).toMatchObject({
    status: 201,
    body: { ...body, isActive: true, lastExecutionStatus: null, nextExecution: expect.stringMatching(/T0[78]:00:00/) },
  })
  const again = await administrator.request('POST', policies, { body, headers: { 'idempotency-key': 'once' } })
  expect(again.body.id).toBe(created.body.id)
  const taken = await administrator.request('POST', policies, { body })
  expect(taken).toMatchObject({ status: 409, body: { errors: [{ path: 'body.name' }] } })
  const path = `${policies}/${created.body.id}`
  expect((await administrator.request('POST', `${path}/dry-runs`)).body).toMatchObject({ records: 7, held: 0 })
  expect((await administrator.request('POST', `${path}/runs`)).body).toEqual({ status: 'success', records: 7, partitions: 0, error: null })
  expect([await countEvents('debug'), await countEvents('critical')]).toEqual([2, 3])
  const runs = await administrator.request('GET', `/v1/operations/retention-runs?policyId=${created.body.id}`)
  expect(runs.body.items).toMatchObject([{ status: 'success', recordsProcessed: 7, batches: 1 }])
  const read = await administrator.request('GET', path)
  expect(read.body).toMatchObject({ lastExecutionStatus: 'success', recordsProcessed: 7 })
  const etag = read.headers.get('etag')!
  const changed = await administrator.request('PATCH', path, {
    body: { retentionPeriodDays: 60, action: 'delete' },
    headers: { 'if-match': etag },
  })
  expect(changed).toMatchObject({ status: 200, body: { retentionPeriodDays: 60, action: 'delete' } })
  const stale = await administrator.request('PATCH', path, { body: { retentionPeriodDays: 1 }, headers: { 'if-match': etag } })
  expect(stale.status).toBe(412)
  const bad = await administrator.request('PATCH', path, {
    body: { conditions: [{ column: 'message', operator: 'eq', value: 'x' }] },
    headers: { 'if-match': '*' },
  })
  expect(bad).toMatchObject({ status: 400, body: { errors: [{ path: 'body.conditions.0.column' }] } })
  expect((await administrator.request('DELETE', path, { headers: { 'if-match': changed.headers.get('etag')! } })).status).toBe(204)
})

test('a policy is counted before it is stored, with the same refusals at its fields', async () => {
  await addEvents('warning', 5, 400)
  const { action, conditions, retentionPeriodDays, tableName } = { ...body, retentionPeriodDays: 365 }
  const rule = { tableName, action, retentionPeriodDays, conditions: [{ ...conditions[0]!, value: 'warning' }] }
  const count = (change: object) => administrator.request('POST', '/v1/operations/retention-dry-runs', { body: { ...rule, ...change } })
  expect(await count({})).toMatchObject({ status: 200, body: { records: 5, held: 0 } })
  expect((await count({ retentionPeriodDays: 500 })).body.records).toBe(0)
  expect((await count({ action: 'anonymize' })).body.errors).toMatchObject([{ path: 'body.action' }])
  const unknown = [{ column: 'message', operator: 'eq', value: 'x' }]
  expect((await count({ conditions: unknown })).body.errors).toMatchObject([{ path: 'body.conditions.0.column' }])
  expect(await countEvents('warning')).toBe(5)
  await platform.database.connect('postgres')`delete from operations.system_events where severity = 'warning'`
  expect((await administrator.request('GET', policies)).body.items.filter(({ name }: { name: string }) => name === body.name)).toEqual([])
})

test('the tables of policies are listed with what fits them', async () => {
  const { items } = (await administrator.request('GET', '/v1/operations/retention-tables')).body
  const byName = Object.fromEntries(items.map((table: { tableName: string }) => [table.tableName, table]))
  expect(byName['operations.audit_logs']).toEqual({
    tableName: 'operations.audit_logs',
    actions: ['delete'],
    conditions: [],
    onlyWholeMonths: true,
  })
  expect(byName['operations.system_events'].conditions).toContainEqual({ column: 'severity', type: 'text' })
  expect(byName).not.toHaveProperty(['identity.users'])
})

test.each([
  [{ tableName: 'identity.users' }, 'body.tableName'],
  [{ tableName: 'pg_catalog.pg_class' }, 'body.tableName'],
  [{ action: 'anonymize' }, 'body.action'],
  [{ tableName: 'operations.audit_logs' }, 'body.conditions'],
  [{ scheduleCron: 'every day' }, 'body.scheduleCron'],
  [{ scheduleCron: '* * * * * *' }, 'body.scheduleCron'],
  [{ timezone: 'Mars' }, 'body.timezone'],
  [{ retentionPeriodDays: 0 }, 'body.retentionPeriodDays'],
  [{ conditions: [{ column: 'severity', operator: 'like', value: '%' }] }, 'body.conditions.0.operator'],
  [{ conditions: [{ column: 'severity', operator: 'eq', value: 'x', sql: '1=1' }] }, 'body.conditions.0.sql'],
])('a policy with %o is refused', async (wrong, field) => {
  const answer = await administrator.request('POST', policies, { body: { ...body, name: 'Wrong', ...wrong } })
  expect(answer.status).toBe(400)
  expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(field)
})

test('a hold is placed on one owner, and released once', async () => {
  const householdId = await newHousehold(administrator)
  const placed = await administrator.request('POST', '/v1/operations/legal-holds', { body: { householdId, reason: 'Claim' } })
  expect(placed).toMatchObject({ status: 201, body: { householdId, userId: null, releasedAt: null, placedBy: expect.any(String) } })
  const both = { householdId, userId: placed.body.placedBy, reason: 'Claim' }
  for (const wrong of [{ reason: 'Claim' }, both])
    expect(await administrator.request('POST', '/v1/operations/legal-holds', { body: wrong })).toMatchObject({ status: 400 })
  const unknown = { householdId: '01990000-0000-7000-8000-000000000000', reason: 'Claim' }
  expect(await administrator.request('POST', '/v1/operations/legal-holds', { body: unknown })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'body.householdId' }] },
  })
  expect((await administrator.request('GET', '/v1/operations/legal-holds?inForce=true')).body.items).toHaveLength(1)
  const path = `/v1/operations/legal-holds/${placed.body.id}/release`
  expect((await administrator.request('POST', path)).body.releasedAt).not.toBeNull()
  expect((await administrator.request('POST', path)).status).toBe(404)
  expect((await administrator.request('GET', '/v1/operations/legal-holds?inForce=true')).body.items).toEqual([])
})

test('the job of every hour runs what is due, once', async () => {
  const job = jobs.find(({ id }) => id === 'operations/run-retention')!
  const sql = platform.database.connect('postgres')
  await sql`delete from operations.data_retention_policies`
  await addEvents('error', 4, 100)
  await sql`
    insert into operations.data_retention_policies (name, table_name, retention_period_days, schedule_cron, next_execution)
    values ('Due', 'operations.system_events', 90, '0 1 * * *', now() - interval '1 minute'), ('Broken', 'identity.users', 90, '0 1 * * *', null)`
  const scheduledTime = '2026-02-04T03:25:00Z'
  const first = await fireJob(job, scheduledTime)
  expect(first).toMatchObject({ status: 'succeeded', result: { policies: [{ policy: 'Due', status: 'success', records: 4 }] } })
  expect(await fireJob(job, scheduledTime)).toMatchObject({ status: 'already-done' })
  await sql`update operations.data_retention_policies set next_execution = now() - interval '1 minute' where name = 'Broken'`
  await expect(fireJob(job, '2026-02-04T04:25:00Z')).rejects.toThrow('No policy may name the table identity.users')
  expect(await sql`select last_execution_status from operations.data_retention_policies where name = 'Broken'`).toEqual([
    { last_execution_status: 'failed' },
  ])
  await sql`delete from operations.data_retention_policies`
})

test('runs of all households are removed, except those under a hold, as the database enforces', async () => {
  const sql = platform.database.connect('postgres')
  const [kept, removed] = [await newHousehold(administrator), await newHousehold(administrator)]
  await sql`insert into operations.household_job_runs (job, scheduled_for, household_id, status, started_at)
    select 'trial', now(), h, 'succeeded', now() - interval '1 year' from unnest(array[${kept}, ${removed}]::uuid[]) h`
  await sql`insert into operations.legal_holds (household_id, reason) values (${kept}, 'Claim')`
  const created = await administrator.request('POST', policies, {
    body: {
      name: 'Jobs',
      tableName: 'operations.household_job_runs',
      retentionPeriodDays: 90,
      action: 'delete',
      scheduleCron: '0 3 * * *',
    },
  })
  const path = `${policies}/${created.body.id}`
  expect((await administrator.request('POST', `${path}/dry-runs`)).body).toMatchObject({ records: 1, held: 1 })
  expect((await administrator.request('POST', `${path}/runs`)).body).toMatchObject({ status: 'success', records: 1 })
  expect(await sql`select household_id from operations.household_job_runs where job = 'trial'`).toEqual([{ household_id: kept }])
})

test('operators list, count, run and restore by commands, and place holds', async () => {
  const sql = platform.database.connect('postgres')
  await sql`delete from operations.system_events`
  await addEvents('warning', 5, 200)
  const before = await sql`select to_jsonb(e)::text as row from operations.system_events e order by id`
  await sql`
    insert into operations.data_retention_policies (name, table_name, retention_period_days, action, schedule_cron)
    values ('By command', 'operations.system_events', 90, 'archive', '0 1 * * *')`
  expect((await admin('retention', 'dry-run', 'By command')).out).toMatch(/^5 rows before .*; a legal hold keeps 0\./)
  expect(await admin('retention', 'run', 'By command')).toMatchObject({ code: 0, out: 'Archived 5 rows.\n' })
  expect(await admin('retention', 'run', 'By command')).toMatchObject({ code: 0, out: 'No row is due.\n' })
  expect(await countEvents('warning')).toBe(0)
  const { archives } = JSON.parse((await admin('retention', 'list', '--json')).out)
  expect(archives[0]).toMatchObject({ policyName: 'By command', rowCount: 5 })
  expect(archives[0]).not.toHaveProperty('dataKey')
  expect(await admin('retention', 'restore-archive', archives[0].id)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Put back 5 of 5 rows'),
  })
  expect([...(await sql`select to_jsonb(e)::text as row from operations.system_events e order by id`)]).toEqual([...before])
  expect(await admin('retention', 'run', 'Missing')).toMatchObject({
    code: 1,
    error: expect.stringContaining('There is no retention policy Missing'),
  })
  const householdId = await newHousehold(administrator)
  const { out } = await admin('holds', 'place', '--household', householdId, '--reason', 'Claim by command')
  const id = /Placed (\S+)/.exec(out)![1]!
  expect((await admin('holds', 'list')).out).toContain('Claim by command')
  expect((await admin('holds', 'release', id)).code).toBe(0)
  expect((await admin('holds', 'release', id)).code).toBe(1)
})

test.each([
  ['delete', { records: 0, partitions: 0, status: 'success' }, 'No row is due.'],
  ['delete', { records: 1, partitions: 0, status: 'success' }, 'Deleted 1 row.'],
  [
    'archive',
    { records: 120, partitions: 1, status: 'success' },
    'Archived 120 rows. 1 month was removed as a whole; these rows are counted too.',
  ],
  [
    'delete',
    { records: 0, partitions: 2, status: 'success' },
    'Deleted 0 rows. 2 months were removed as a whole; these rows are counted too.',
  ],
  [
    'anonymize',
    { records: 5_000, partitions: 0, status: 'partial' },
    'Anonymized 5000 rows. There was no time for all of it: run the command again.',
  ],
] as const)('a run that can %s says what it has done: %o', (action, outcome, text) => {
  expect(describeOutcome({ action }, { policy: 'Trial', ...outcome })).toBe(text)
})
