import { randomUUID } from 'node:crypto'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operationsJobs } from '../../../lambdas/operations/jobs.ts'
import { routes } from '../../../lambdas/routes.ts'
import { lambdaContext } from '../../../local/api-event.ts'
import { loadHandler } from '../../../local/load-handler.ts'
import { fireJob } from '../../../local/schedules.ts'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let member: TestUser
let admin: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  member = await platform.newUser()
  admin = await platform.newUser()
  await member.request('GET', '/v1/identity/me')
  await admin.request('GET', '/v1/identity/me')
  await administrator()`update identity.users set role = 'admin' where email = ${admin.email}`
})
afterAll(() => platform.close())

let connection: ReturnType<TestPlatform['database']['connect']> | undefined
const administrator = () => (connection ??= platform.database.connect('postgres'))
const seal = (scheduledTime: string) =>
  fireJob(operationsJobs['seal-audit-trail'], scheduledTime) as Promise<{ status: string; result: Record<string, unknown> }>
const verify = async (query = '') => {
  const { body, status } = await admin.request('GET', `/v1/operations/audit/verification${query}`)
  expect(status).toBe(200)
  return body
}
const anchors = () =>
  readdirSync(join(process.env['AUDIT_ANCHOR_FOLDER']!, 'audit'), { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.json'),
  )

describe('the job that seals', () => {
  it('seals and anchors, outside of the VPC, and does nothing the second time', async () => {
    const first = await seal('2026-11-26T10:25:00Z')
    expect(first).toMatchObject({
      status: 'succeeded',
      result: { sealNumber: 1, hasMore: false, anchor: expect.stringMatching(/^audit\/\d{4}\/\d\d\/\d\d\/000000000001\.json$/) },
    })
    expect(first.result['sealedRows']).toBeGreaterThan(0)
    await newPlan(member)
    expect(await seal('2026-11-26T10:25:00Z')).toEqual({ ...first, status: 'already-done' })
    expect(anchors()).toHaveLength(1)
    const [run] = await administrator()`select status, result from operations.job_runs where job = 'operations/seal-audit-trail'`
    expect(run).toEqual({ status: 'succeeded', result: first.result })
  })

  it('fired twice at the same time, gives each row one seal', async () => {
    await newPlan(member)
    await Promise.all(['2026-11-26T11:25:00Z', '2026-11-26T11:25:00Z', '2026-11-26T11:25:00Z'].map(seal))
    await seal('2026-11-26T12:25:00Z')
    const verification = await verify()
    expect(verification).toMatchObject({ isValid: true, unsealedRows: 0, unanchoredSeals: 0 })
    const [row] =
      await administrator()`select sum(row_count)::int as sealed, (select count(*)::int from operations.audit_logs) as rows from operations.audit_seals`
    expect(row!['sealed']).toBe(row!['rows'])
  })

  it('records an anchor that a stopped run has stored, before it goes on', async () => {
    await newPlan(member)
    await seal('2026-11-26T13:25:00Z')
    await administrator().begin(async sql => {
      await sql`set local session_replication_role = replica`
      await sql`delete from operations.audit_anchors where key = (select max(key) from operations.audit_anchors)`
    })
    await newPlan(member)
    await seal('2026-11-26T14:25:00Z')
    expect(await verify()).toMatchObject({ isValid: true })
    const [row] = await administrator()`select count(*)::int as count from operations.audit_anchors`
    expect(row!['count']).toBe(anchors().length)
  })

  it('records its failure and throws it on, when the database has lost what was anchored', async () => {
    await newPlan(member)
    await seal('2026-11-26T15:25:00Z')
    await administrator().begin(async sql => {
      await sql`set local session_replication_role = replica`
      await sql`delete from operations.audit_anchors where key = (select max(key) from operations.audit_anchors)`
      await sql`update operations.audit_seals set hash = sha256(hash) where number = (select max(number) from operations.audit_seals)`
    })
    await expect(seal('2026-11-26T16:25:00Z')).rejects.toThrow('which this database does not have')
    const [run] = await administrator()`select status, error from operations.job_runs where scheduled_for = '2026-11-26T16:25:00Z'`
    expect(run).toMatchObject({ status: 'failed' })
    await administrator().begin(async sql => {
      await sql`set local session_replication_role = replica`
      await sql`update operations.audit_seals s set hash = operations.audit_seal_hash(s)`
    })
    expect(await seal('2026-11-26T16:25:00Z')).toMatchObject({ status: 'succeeded' })
  })

  it('signs what an operator declares who may invoke it, and then anchors again', async () => {
    await newPlan(member)
    await seal('2026-11-26T16:35:00Z')
    const [lost] = await administrator().begin(async sql => {
      await sql`set local session_replication_role = replica`
      await sql`delete from operations.audit_anchors where key = (select max(key) from operations.audit_anchors)`
      return sql<{ number: number }[]>`
        with lost as (delete from operations.audit_seals where number = (select max(number) from operations.audit_seals) returning number, row_ids),
          gone as (delete from operations.audit_logs using lost where position(uuid_send(id) in row_ids) > 0)
        select number::int from lost`
    })
    const fire = (declareLoss: object, scheduledTime: string) =>
      loadHandler<object, unknown>(operationsJobs['seal-audit-trail']).then(handler =>
        handler({ scheduledTime, declareLoss }, lambdaContext('seal', randomUUID(), 300)),
      )
    await expect(seal('2026-11-26T16:40:00Z')).rejects.toThrow('nobody has declared')
    await expect(fire({ reason: 'No name' }, '2026-11-26T16:41:00Z')).rejects.toThrow('declaredBy')
    await newPlan(member)
    const declared = await fire({ reason: 'A trial', declaredBy: 'arn:aws:iam::111111111111:user/somebody' }, '2026-11-26T16:42:00Z')
    expect(declared).toMatchObject({
      status: 'succeeded',
      result: {
        record: 'audit/restores/0001.json',
        supersededAnchors: 1,
        anchor: expect.stringMatching(new RegExp(`${lost!.number}-1\\.json$`)),
      },
    })
    const { restores } = await verify()
    expect(restores).toEqual([
      expect.objectContaining({
        declaredBy: 'arn:aws:iam::111111111111:user/somebody',
        reason: 'A trial',
        counts: true,
        supersededAnchors: 1,
      }),
    ])
    expect(await seal('2026-11-26T16:45:00Z')).toMatchObject({ status: 'succeeded' })
  })

  it('keeps its key in a file that only its owner can read', () => {
    expect(statSync(process.env['AUDIT_SIGNING_KEY_FILE']!).mode & 0o777).toBe(0o600)
  })
})

describe('the verification', () => {
  it('is for administrators', async () => {
    expect((await member.request('GET', '/v1/operations/audit/verification')).status).toBe(403)
    expect((await member.request('GET', '/v1/operations/audit/entries')).status).toBe(403)
  })

  it('says which months it has verified, and how many newest rows wait for a seal', async () => {
    await seal('2026-11-26T17:25:00Z')
    await newPlan(member)
    const [row] = await administrator()`select count(*)::int as count from operations.unsealed_audit_rows`
    const month = new Date().toISOString().slice(0, 7)
    expect(await verify(`?from=${month}&to=${month}`)).toMatchObject({
      isValid: true,
      isComplete: true,
      from: month,
      to: month,
      unsealedRows: row!['count'],
    })
    expect(await verify('?from=2001-01&to=2001-02')).toMatchObject({ isValid: true, verifiedRows: 0, verifiedFromSeal: null, anchors: 0 })
    expect((await admin.request('GET', '/v1/operations/audit/verification?from=2001-13')).status).toBe(400)
  })

  it('by its job succeeds once for each time', async () => {
    const first = await fireJob(operationsJobs['verify-audit-trail'], '2026-11-26T03:55:00Z')
    expect(first).toMatchObject({ status: 'succeeded', result: { isComplete: true } })
    expect(await fireJob(operationsJobs['verify-audit-trail'], '2026-11-26T03:55:00Z')).toEqual({
      ...(first as object),
      status: 'already-done',
    })
  })

  it('names a deleted anchor and a changed row', async () => {
    await seal('2026-11-26T18:25:00Z')
    const [row] = await administrator()<{ id: string }[]>`select id from operations.audit_logs order by id limit 1`
    const name = anchors().toSorted()[0]!
    await administrator().begin(async sql => {
      await sql`set local session_replication_role = replica`
      await sql`update operations.audit_logs set severity = 'debug' where id = ${row!.id}`
    })
    rmSync(join(process.env['AUDIT_ANCHOR_FOLDER']!, 'audit', name))
    await expect(fireJob(operationsJobs['verify-audit-trail'], '2026-11-27T03:55:00Z')).rejects.toThrow(
      'The audit trail was changed: 2 findings',
    )
    const { findings, isValid } = await verify()
    expect(isValid).toBe(false)
    expect(findings).toEqual([
      expect.objectContaining({ kind: 'missing-anchor', anchor: `audit/${name}` }),
      expect.objectContaining({ kind: 'changed-row', row: row!.id, seal: 1 }),
    ])
  })
})

describe('a privileged read', () => {
  const reads = (resourceType: string) => administrator()`
    select l.route, l.metadata, u.email from operations.audit_logs l left join identity.users u on u.id = l.user_id
    where l.action = 'READ' and l.resource_type = ${resourceType} order by l.id desc limit 1`

  beforeAll(async () => {
    await administrator()`
      with erased as (insert into identity.users (cognito_sub) values ('erased') returning id)
      insert into operations.erasures (user_id, kind, status, deleted, anonymized, household_ids)
      select id, 'own', 'completed', '{}', '{}', '{}' from erased`
  })

  it.each([
    ['/v1/identity/users?role=member&limit=1', 'identity.users', 'identity/list-users', { role: 'member', limit: 1 }],
    ['/v1/identity/erasures?status=completed&limit=1', 'operations.erasures', 'identity/list-erasures', { status: 'completed', limit: 1 }],
    [
      '/v1/operations/audit/entries?action=CREATE&limit=2',
      'operations.audit_logs',
      'operations/list-all-audit-logs',
      { action: 'CREATE', limit: 2 },
    ],
  ])('by an administrator is recorded with what was asked and answered: %s', async (path, resourceType, route, query) => {
    const { body, status } = await admin.request('GET', path)
    expect(status).toBe(200)
    expect(body.items.length).toBeGreaterThan(0)
    expect(await reads(resourceType)).toEqual([
      { route, email: admin.email, metadata: { query, ids: body.items.map((item: { id: string }) => item.id) } },
    ])
    const { body: own } = await admin.request('GET', '/v1/operations/audit-logs?action=READ')
    expect(own.items[0]).toMatchObject({ action: 'READ', resourceType })
  })

  it('is not recorded if it was refused', async () => {
    const before = await reads('identity.users')
    expect((await member.request('GET', '/v1/identity/users')).status).toBe(403)
    expect(await reads('identity.users')).toEqual(before)
  })

  it('is known for every route of administrators that reads', () => {
    // A new one must record its reads: see listingOfAll. The others answer with ids, with published data, or with the state of the platform.
    const found = routes.filter(({ access, method }) => access === 'admin' && method === 'GET').map(({ id }) => id)
    expect(found.toSorted()).toEqual([
      'identity/list-erasures',
      'identity/list-users',
      'market/get-price-file',
      'market/get-price-profile',
      'market/list-price-files',
      'market/list-price-profiles',
      'operations/get-attention',
      'operations/get-audit-verification',
      'operations/get-database-status',
      'operations/get-retention-policy',
      'operations/get-system-event',
      'operations/list-all-audit-logs',
      'operations/list-backups',
      'operations/list-job-runs',
      'operations/list-jobs',
      'operations/list-legal-holds',
      'operations/list-restores',
      'operations/list-retention-policies',
      'operations/list-retention-runs',
      'operations/list-retention-tables',
      'operations/list-system-events',
    ])
  })
})

it('an administrator reads the audit rows of everybody, a user only their own', async () => {
  const { body: all } = await admin.request('GET', '/v1/operations/audit/entries?limit=200')
  expect(new Set(all.items.map((row: { userId: string }) => row.userId)).size).toBeGreaterThan(1)
  const { body: me } = await member.request('GET', '/v1/identity/me')
  const { body: own } = await member.request('GET', '/v1/operations/audit-logs?limit=200')
  expect(new Set(own.items.map((row: { userId: string }) => row.userId))).toEqual(new Set([me.id]))
  const { body: ofMember } = await admin.request('GET', `/v1/operations/audit/entries?userId=${me.id}&limit=200`)
  expect(new Set(ofMember.items.map((row: { userId: string }) => row.userId))).toEqual(new Set([me.id]))
})
