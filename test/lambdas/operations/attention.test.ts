import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let admin: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  admin = await platform.newUser()
  await admin.request('GET', '/v1/identity/me')
  await administrator()`update identity.users set role = 'admin' where email = ${admin.email}`
})
afterAll(() => platform.close())

let connection: ReturnType<TestPlatform['database']['connect']> | undefined
const administrator = () => (connection ??= platform.database.connect('postgres'))
const attention = async () => (await admin.request('GET', '/v1/operations/attention')).body

test('administrators learn of open events, failed jobs and backups without proof, and of nothing else', async () => {
  const sql = administrator()
  await sql`delete from operations.system_events`
  expect(await attention()).toEqual({ openEvents: [], failedJobs: [], newestGoodBackupAt: null, newerBackupsWithoutProof: 0 })

  await sql`
    insert into operations.system_events (event_type, event_category, message, severity, fingerprint, status, acknowledged_at)
    values ('error', 'api', 'A', 'error', 'a', 'open', null), ('error', 'api', 'B', 'error', 'b', 'open', null),
      ('error', 'api', 'C', 'info', 'c', 'open', null), ('error', 'api', 'D', 'critical', 'd', 'acknowledged', now())`
  await sql`
    insert into operations.job_runs (job, scheduled_for, status, started_at, finished_at)
    values ('operations/a', '2026-11-01', 'failed', '2026-11-01', '2026-11-01'), ('operations/a', '2026-11-02', 'succeeded', '2026-11-02', '2026-11-02'),
      ('operations/b', '2026-11-01', 'succeeded', '2026-11-01', '2026-11-01'), ('operations/b', '2026-11-02', 'failed', '2026-11-02', '2026-11-02')`
  await sql`
    insert into operations.backups (reason, status, started_at, snapshot_at, verified_at)
    values ('schedule', 'failed', '2026-11-01', null, null), ('schedule', 'good', '2026-11-02', '2026-11-02T00:00:01Z', '2026-11-02'),
      ('schedule', 'complete', '2026-11-03', '2026-11-03', null), ('schedule', 'failed', '2026-11-04', null, null),
      ('schedule', 'running', '2026-11-05', null, null)`
  expect(await attention()).toEqual({
    openEvents: [{ severity: 'error', count: 2 }],
    failedJobs: [{ job: 'operations/b', startedAt: '2026-11-02T00:00:00Z' }],
    newestGoodBackupAt: '2026-11-02T00:00:01Z',
    newerBackupsWithoutProof: 2,
  })
})

test('nobody else', async () => {
  const member = await platform.newUser()
  expect((await member.request('GET', '/v1/operations/attention')).status).toBe(403)
})
