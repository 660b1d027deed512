import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { jobs } from '../../../lambdas/jobs.ts'
import { noteFailedVerification } from '../../../lambdas/planning/note-failed-verification.ts'
import { inTransaction } from '../../../lambdas/runtime/database.ts'
import { noteEvent, takeNoted } from '../../../lambdas/runtime/noted-events.ts'
import { recordNoted } from '../../../lambdas/runtime/record-events.ts'
import { fireJob } from '../../../local/schedules.ts'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let admin: TestUser
let member: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  ;[admin, member] = await Promise.all([platform.newUser(), platform.newUser()])
  await admin.request('GET', '/v1/identity/users/me')
  await platform.database.connect('postgres')`update identity.users set role = 'admin' where email = ${admin.email}`
})
afterAll(() => platform.close())
beforeEach(() => void takeNoted({ all: true }))

const events = (query = '') => admin.request('GET', `/v1/operations/system-events${query}`)
const note = (component: string, more: object = {}) =>
  noteEvent({ eventType: 'error', eventCategory: 'api', severity: 'error', message: 'Trial.', component, ...more })
const recorded = async (component: string) => {
  await recordNoted({ role: 'nestegg_write' }, { all: true })
  return (await events(`?component=${component}`)).body.items
}

test('a request that fails by a fault is an event, with the role of its route, without values', async () => {
  const administrator = platform.database.connect('postgres')
  await administrator`alter table planning.plans rename column name to gone`
  const secret = 'a-name-that-nobody-may-see'
  try {
    expect((await member.request('GET', `/v1/planning/plans?sort=name&createdBy=${secret}`)).status).toBe(400)
    for (let count = 0; count < 3; count += 1) expect((await member.request('GET', '/v1/planning/plans')).status).toBe(500)
  } finally {
    await administrator`alter table planning.plans rename column gone to name`
  }
  // The first is recorded at once, the others wait for a minute or the end of the process.
  expect((await events('?component=planning/list-plans')).body.items).toMatchObject([{ occurrences: 1 }])
  const [event, ...others] = await recorded('planning/list-plans')
  expect(others).toEqual([])
  expect(event).toMatchObject({
    eventType: 'error',
    eventCategory: 'api',
    severity: 'error',
    errorCode: '42703',
    occurrences: 3,
    status: 'open',
    environment: 'local',
    message: expect.stringContaining('column'),
    stackTrace: expect.stringContaining('at '),
  })
  expect(event.durationMs).toBeGreaterThan(0)
  expect(JSON.stringify(event)).not.toContain(secret)
})

test('an error with values of a request leaves them out of its event', async () => {
  const administrator = platform.database.connect('postgres')
  const { planId } = await newPlan(member)
  const secret = 'hidden-name-of-a-plan'
  await administrator`alter table planning.plans add constraint unknown_rule check (name <> ${administrator.unsafe(`'${secret}'`)})`
  await administrator`alter table planning.plans rename column version to gone`
  try {
    const answer = await member.request('PATCH', `/v1/planning/plans/${planId}`, { body: { name: secret }, headers: { 'if-match': '*' } })
    expect(answer.status).toBe(500)
  } finally {
    await administrator`alter table planning.plans rename column gone to version`
    await administrator`alter table planning.plans drop constraint unknown_rule`
  }
  const [event] = await recorded('planning/update-plan')
  expect(event).toMatchObject({ severity: 'error' })
  expect(JSON.stringify(event)).not.toContain(secret)
  expect(JSON.stringify(event)).not.toContain(planId)
})

test('a failed job is an event with its trace, time, memory and processor', async () => {
  const administrator = platform.database.connect('postgres')
  const job = jobs.find(({ id }) => id === 'operations/make-partitions')!
  await administrator`alter function operations.make_audit_partitions(integer) rename to gone`
  await expect(fireJob(job, '2026-02-05T03:15:00Z')).rejects.toThrow('make_audit_partitions')
  await administrator`alter function operations.gone(integer) rename to make_audit_partitions`
  const [event] = (await events('?eventType=job&severity=error')).body.items
  expect(event).toMatchObject({
    component: 'operations/make-partitions',
    message: expect.stringContaining('make_audit_partitions'),
    stackTrace: expect.stringContaining('at '),
    errorCode: '42883',
  })
  for (const figure of [event.durationMs, event.memoryUsageMb, event.cpuUsagePercent]) expect(figure).toBeGreaterThan(0)
})

test('a failed job outside the VPC is an event too', async () => {
  const administrator = platform.database.connect('postgres')
  const job = jobs.find(({ id }) => id === 'operations/seal-audit-trail')!
  await administrator`alter function operations.seal_audit_rows(jsonb) rename to gone`
  try {
    await expect(fireJob(job, '2026-02-05T03:20:00Z')).rejects.toThrow('seal_audit_rows')
  } finally {
    await administrator`alter function operations.gone(jsonb) rename to seal_audit_rows`
  }
  expect(await recorded(job.id)).toMatchObject([{ eventType: 'job', severity: 'error' }])
})

test('a slow statement is noted with its text and without its values', async () => {
  const secret = 'a-value'
  await inTransaction('nestegg_read', { requestId: 'trial', route: 'trial' }, transaction =>
    transaction.execute(sql`select pg_sleep(1.01), ${secret}::text`),
  )
  await inTransaction('nestegg_read', { requestId: 'trial', route: 'trial' }, transaction => transaction.execute(sql`select 1`))
  const noted = takeNoted({ all: true })
  expect(noted).toMatchObject([
    {
      eventType: 'performance',
      eventCategory: 'database',
      component: 'nestegg_read',
      message: expect.stringContaining('pg_sleep(1.01), $1'),
    },
  ])
  expect(noted[0]!.durationMs).toBeGreaterThanOrEqual(1_000)
  expect(JSON.stringify(noted)).not.toContain(secret)
})

test('a failed verification is a critical event that names the run', async () => {
  noteFailedVerification('planning/verify-run', '01990000-0000-7000-8000-000000000001', ['result'])
  expect(await recorded('planning/verify-run')).toMatchObject([
    {
      eventType: 'verification',
      severity: 'critical',
      additionalData: { runId: '01990000-0000-7000-8000-000000000001', differences: ['result'] },
    },
  ])
})

test('a refusal by a limit is an event', async () => {
  for (let count = 0; count < 8; count += 1)
    await platform.request('POST', '/v1/identity/sessions', { body: { email: member.email, password: 'wrong' } })
  const { body } = await events('?eventType=limit&component=identity/create-session')
  expect(body.items).toMatchObject([{ errorCode: 'too-many-attempts', severity: 'info' }])
})

test('an event takes its way from open over acknowledged to resolved', async () => {
  note('trial/workflow')
  const [event] = await recorded('trial/workflow')
  const path = `/v1/operations/system-events/${event.id}`
  const acknowledged = await admin.request('POST', `${path}/acknowledge`)
  expect(acknowledged).toMatchObject({ status: 200, body: { status: 'acknowledged', acknowledgedBy: expect.any(String) } })
  const again = await admin.request('POST', `${path}/acknowledge`)
  expect(again.body.acknowledgedAt).toBe(acknowledged.body.acknowledgedAt)
  expect((await admin.request('POST', `${path}/resolve`, { body: {} })).status).toBe(400)
  expect((await admin.request('POST', `${path}/resolve`, { body: { notes: '' } })).status).toBe(400)
  const resolved = await admin.request('POST', `${path}/resolve`, { body: { notes: 'Restarted.' } })
  expect(resolved).toMatchObject({
    status: 200,
    body: { status: 'resolved', resolved: true, resolutionNotes: 'Restarted.', acknowledgedAt: acknowledged.body.acknowledgedAt },
  })
  for (const action of ['acknowledge', 'resolve']) {
    const refused = await admin.request('POST', `${path}/${action}`, action === 'resolve' ? { body: { notes: 'Again.' } } : {})
    expect(refused).toMatchObject({ status: 409, body: { type: '/problems/already-resolved' } })
  }
  expect((await admin.request('GET', path)).body).toEqual(resolved.body)
  expect((await events('?status=resolved')).body.items.map(({ id }: { id: string }) => id)).toEqual([event.id])
})

test('the list is filtered and paged', async () => {
  for (const number of [1, 2, 3]) note(`trial/page-${number}`, { severity: 'debug', eventCategory: 'operations' })
  await recordNoted({ role: 'nestegg_operator' }, { all: true })
  const first = await events('?severity=debug&limit=2')
  const second = await events(`?severity=debug&limit=2&cursor=${first.body.nextCursor}`)
  const components = [...first.body.items, ...second.body.items].map(({ component }: { component: string }) => component)
  expect(components).toEqual(['trial/page-3', 'trial/page-2', 'trial/page-1'])
  expect(second.body.nextCursor).toBeNull()
  const { timestamp } = first.body.items[1]
  expect((await events(`?eventCategory=operations&severity=debug&timestampFrom=${timestamp}`)).body.items).toHaveLength(2)
  expect((await events(`?eventCategory=operations&severity=debug&timestampTo=${timestamp}`)).body.items).toHaveLength(2)
  expect((await events('?severity=bad')).status).toBe(400)
})

test('only administrators see and change events', async () => {
  note('trial/hidden')
  const [event] = await recorded('trial/hidden')
  const path = `/v1/operations/system-events/${event.id}`
  const answers = await Promise.all([
    member.request('GET', '/v1/operations/system-events'),
    member.request('GET', path),
    member.request('POST', `${path}/acknowledge`),
    member.request('POST', `${path}/resolve`, { body: { notes: 'Mine.' } }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  const missing = '/v1/operations/system-events/01990000-0000-7000-8000-000000000000'
  expect((await admin.request('GET', missing)).status).toBe(404)
  expect((await admin.request('POST', `${missing}/acknowledge`)).status).toBe(404)
})

test.each([
  { purpose: 'identity' },
  { purpose: 'invitations' },
  { purpose: 'runs' },
  { role: 'nestegg_public' },
  { role: 'nestegg_read' },
] as const)('the way %o records events', async recorder => {
  const component = `trial/${JSON.stringify(recorder).replaceAll(/\W/g, '')}`
  note(component)
  await recordNoted(recorder)
  expect((await events(`?component=${component}`)).body.items).toHaveLength(1)
})

test('a record that fails is logged and never thrown', async () => {
  const administrator = platform.database.connect('postgres')
  await administrator`alter function operations.record_system_event(jsonb) rename to gone`
  const logged = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  try {
    note('trial/lost')
    await expect(recordNoted({ role: 'nestegg_write' })).resolves.toBeUndefined()
  } finally {
    await administrator`alter function operations.gone(jsonb) rename to record_system_event`
    logged.mockRestore()
  }
})
