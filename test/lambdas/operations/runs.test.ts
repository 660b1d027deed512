import { afterAll, beforeAll, expect, test } from 'vitest'
import { jobs } from '../../../lambdas/jobs.ts'
import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let admin: TestUser
let member: TestUser
let postgres: ReturnType<TestPlatform['database']['connect']>

beforeAll(async () => {
  platform = await startTestPlatform()
  ;[admin, member] = [await platform.newUser(), await platform.newUser()]
  await admin.request('GET', '/v1/identity/me')
  postgres = platform.database.connect('postgres')
  await postgres`update identity.users set role = 'admin' where email = ${admin.email}`
})
afterAll(() => platform.close())

test('administrators read every job with its newest run, and all runs', async () => {
  await postgres`insert into operations.job_runs (job, scheduled_for, status, started_at, finished_at, result, error) values
    ('operations/run-retention', '2026-11-01T01:25:00Z', 'succeeded', '2026-11-01T01:25:01Z', '2026-11-01T01:25:02Z', '{"records": 3}', null),
    ('operations/run-retention', '2026-11-01T02:25:00Z', 'failed', '2026-11-01T02:25:01Z', '2026-11-01T02:25:02Z', null, 'no connection')`
  const all = await admin.request('GET', '/v1/operations/jobs')
  expect(all.body.items.map((item: { job: string }) => item.job)).toEqual(jobs.map(({ id }) => id))
  const retention = all.body.items.find((item: { job: string }) => item.job === 'operations/run-retention')
  expect(retention.lastRun).toEqual({ status: 'failed', startedAt: '2026-11-01T02:25:01Z', error: 'no connection' })
  expect(all.body.items.some((item: { lastRun: unknown }) => item.lastRun === null)).toBe(true)
  const runs = await admin.request('GET', '/v1/operations/job-runs?job=operations/run-retention&sort=-startedAt&limit=1&count=true')
  expect(runs.body).toMatchObject({ total: 2, items: [{ status: 'failed', error: 'no connection', result: null }] })
  const succeeded = await admin.request('GET', '/v1/operations/job-runs?job=operations/run-retention&status=succeeded')
  expect(succeeded.body.items).toMatchObject([{ result: { records: 3 }, finishedAt: '2026-11-01T01:25:02Z' }])
})

test('administrators read backups with their proof, and restores', async () => {
  const [backup] = await postgres<{ id: string }[]>`
    insert into operations.backups (reason, status, started_at, finished_at, snapshot_at, rows, size_bytes, content_bytes, manifest_sha256, verified_at)
    values ('schedule', 'good', '2026-11-01T05:40:00Z', '2026-11-01T05:41:00Z', '2026-11-01T05:40:01Z', 1234, 5000000000, 20000000000, 'ab12', '2026-11-01T06:25:00Z')
    returning id`
  await postgres`insert into operations.restores (backup_id, kind, status, recovery_time_ms, data_loss_ms)
    values (${backup!.id}, 'verification', 'succeeded', 61000, 2000)`
  const good = await admin.request('GET', '/v1/operations/backups?status=good')
  expect(good.body.items).toMatchObject([{ id: backup!.id, rows: 1234, sizeBytes: 5_000_000_000, verifiedAt: '2026-11-01T06:25:00Z' }])
  const restores = await admin.request('GET', `/v1/operations/restores?backupId=${backup!.id}`)
  expect(restores.body.items).toMatchObject([{ kind: 'verification', recoveryTimeMs: 61_000, error: null }])
  expect((await admin.request('GET', '/v1/operations/restores?kind=drill')).body.items).toEqual([])
})

test.for(['jobs', 'job-runs', 'backups', 'restores'])('others do not read %s', async (path, { expect }) => {
  expect((await member.request('GET', `/v1/operations/${path}`)).status).toBe(403)
})
