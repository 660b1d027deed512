import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readMigrations } from '../../../db/migrate/index.ts'
import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let administrator: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  administrator = await platform.newUser()
  await administrator.request('GET', '/v1/identity/me')
  await platform.database.connect('postgres')`update identity.users set role = 'admin'`
})
afterAll(() => platform.close())

describe('/db-status', () => {
  it('shows an administrator the state, without statements and names', async () => {
    const { body, status } = await administrator.request('GET', '/db-status')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      status: 'ok',
      serverVersion: expect.stringMatching(/^16\./),
      connections: { maximum: expect.any(Number), active: expect.any(Number) },
      locks: { waiting: 0, longestSeconds: 0 },
      longTransactions: { count: 0 },
      replicas: [],
      migrations: { applied: readMigrations().length, notApplied: [], unknown: 0 },
    })
    expect(JSON.stringify(body)).not.toMatch(/select|nestegg/i)
  })

  it('answers while a session waits for a lock, and counts it', async () => {
    const [holder, waiter] = [1, 2].map(() => platform.database.connect('postgres'))
    await holder!.begin(async transaction => {
      await transaction.unsafe('lock table planning.plans')
      const waiting = waiter!.unsafe('select 1 from planning.plans').catch((error: unknown) => error)
      await new Promise(resolve => setTimeout(resolve, 300))
      const { body } = await administrator.request('GET', '/db-status')
      expect(body).toMatchObject({ status: 'ok', locks: { waiting: 1 } })
      void waiting
    })
  })

  it('needs attention when a migration is pending', async () => {
    const database = platform.database.connect('postgres')
    const [removed] = await database`
      delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations) returning hash, created_at`
    const { body } = await administrator.request('GET', '/db-status')
    expect(body).toMatchObject({
      status: 'attention',
      migrations: { notApplied: [{ tag: readMigrations().at(-1)!.tag, state: 'pending' }] },
    })
    await database`insert into drizzle.__drizzle_migrations (hash, created_at) values (${removed!['hash']}, ${removed!['created_at']})`
  })
})

describe('/db-test', () => {
  it('writes, reads and rolls back, and leaves nothing', async () => {
    const { body, status } = await administrator.request('POST', '/db-test')
    expect(status).toBe(200)
    expect(body).toEqual({ writeMs: expect.any(Number), readMs: expect.any(Number), rollbackMs: expect.any(Number) })
    expect(await platform.database.connect('postgres')`select from operations.job_runs`).toHaveLength(0)
  })

  it('fails when the row cannot be written', async () => {
    const database = platform.database.connect('postgres')
    await database`alter table operations.job_runs add constraint full_disk check (job <> 'operations/test-database')`
    expect((await administrator.request('POST', '/db-test')).status).toBe(500)
    await database`alter table operations.job_runs drop constraint full_disk`
  })
})

it.each([
  ['GET', '/db-status'],
  ['POST', '/db-test'],
] as const)('%s %s is refused to a member, and to who has not signed in', async (method, path) => {
  const member = await platform.newUser()
  expect(await member.request(method, path)).toMatchObject({ status: 403, body: { type: '/problems/administrator-required' } })
  expect((await platform.request(method, path)).status).toBe(401)
})
