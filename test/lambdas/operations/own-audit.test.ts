import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { operationsJobs } from '../../../lambdas/operations/jobs.ts'
import { fireJob } from '../../../local/schedules.ts'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { join } from '../../support/shared-household.ts'

interface Entry {
  readonly id: string
  readonly timestamp: string
  readonly state: string
  readonly hash: string
  readonly sealedHash: string | null
  readonly seal: number | null
}
interface Page {
  readonly entries: Entry[]
  readonly seals: {
    number: number
    hash: string
    previousHash: string
    nextHash: string | null
    isIntact: boolean
    anchor: object | null
  }[]
  readonly nextCursor: string | null
}

let platform: TestPlatform
let owner: TestUser
let partner: TestUser
let ownerId: string
beforeAll(async () => {
  platform = await startTestPlatform()
  ;[owner, partner] = [await platform.newUser(), await platform.newUser()]
  const { householdId } = await newPlan(owner)
  await seal('2026-11-26T10:25:00Z')
  await join(platform, owner, householdId, partner, 'editor')
  ownerId = (await owner.request('GET', '/v1/identity/me')).body.id
  await newPlan(partner, { householdId })
  await seal('2026-11-26T11:25:00Z')
})
afterAll(() => platform.close())

let connection: ReturnType<TestPlatform['database']['connect']> | undefined
const administrator = () => (connection ??= platform.database.connect('postgres'))
const seal = (scheduledTime: string) => fireJob(operationsJobs['seal-audit-trail'], scheduledTime)
const verify = async (user: TestUser, query = 'limit=500'): Promise<Page> => {
  const { body, status } = await user.request('GET', `/v1/operations/audit-logs/verification?${query}`)
  expect(status).toBe(200)
  return body
}
const tamper = (work: (sql: ReturnType<typeof administrator>) => Promise<unknown>) =>
  administrator().begin(async sql => {
    await sql`set local session_replication_role = replica`
    await work(sql as never)
  })
const faults = ({ entries }: Page) => entries.filter(({ state }) => state !== 'intact').map(({ id, state }) => ({ id, state }))

describe('a person verifies', () => {
  it('all entries about their own activity, and none of another person', async () => {
    const page = await verify(owner)
    const rows = await administrator()<{ id: string }[]>`select id from operations.audit_logs where user_id = ${ownerId} order by id desc`
    expect(page.entries.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
    expect(page.entries.every(({ hash, sealedHash, state }) => state === 'intact' && hash === sealedHash)).toBe(true)
    const others = (await verify(partner)).entries.map(({ id }) => id)
    expect(others.length).toBeGreaterThan(0)
    expect(page.entries.filter(({ id }) => others.includes(id))).toEqual([])
    // The owner reads entries of the partner in the household, and still verifies their own only.
    const { body } = await owner.request('GET', '/v1/operations/audit-logs?limit=1000')
    expect(body.items.some(({ id }: Entry) => others.includes(id))).toBe(true)
  })

  it('the seals of these entries with their neighbours and the anchor', async () => {
    const { entries, seals } = await verify(owner)
    expect(new Set(seals.map(({ number }) => number))).toEqual(new Set(entries.map(({ seal: number }) => number)))
    const stored = await administrator()<{ number: number; hash: string }[]>`
      select number::int, encode(hash, 'hex') as hash from operations.audit_seals order by number`
    for (const { anchor, hash, isIntact, nextHash, number, previousHash } of seals) {
      expect({ hash, isIntact }).toEqual({ hash: stored[number - 1]!.hash, isIntact: true })
      expect(previousHash).toBe(stored[number - 2]?.hash ?? '0'.repeat(64))
      expect(nextHash).toBe(number < stored.length ? hash : null)
      expect(anchor).toMatchObject({ key: expect.stringMatching(/^audit\/.+\.json$/) })
    }
  })

  it('page by page, and in a range of time', async () => {
    const all = (await verify(owner)).entries
    const pages: Entry[] = []
    let cursor: string | null = ''
    do {
      const page: Page = await verify(owner, `limit=3${cursor ? `&cursor=${cursor}` : ''}`)
      expect(page.entries.length).toBeLessThanOrEqual(3)
      pages.push(...page.entries)
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(pages).toEqual(all)
    const { timestamp } = all[2]!
    const from = await verify(owner, `limit=500&from=${timestamp}`)
    expect(from.entries).toEqual(all.filter(entry => entry.timestamp >= timestamp))
    const to = await verify(owner, `limit=500&to=${timestamp}`)
    expect(to.entries).toEqual(all.filter(entry => entry.timestamp < timestamp))
    for (const query of ['limit=501', 'cursor=x', 'from=yesterday'])
      expect((await owner.request('GET', `/v1/operations/audit-logs/verification?${query}`)).status).toBe(400)
  })

  it('entries that wait for a seal', async () => {
    await owner.request('POST', '/v1/identity/households', { body: { name: 'Second', timezone: 'UTC' } })
    const before = await verify(owner)
    expect(new Set(faults(before).map(({ state }) => state))).toEqual(new Set(['waiting']))
    await seal('2026-11-26T12:25:00Z')
    expect(faults(await verify(owner))).toEqual([])
  })
})

describe('a change is found:', () => {
  let id: string
  let otherId: string
  beforeAll(async () => {
    await administrator()`create table kept_rows as table operations.audit_logs`
    await administrator()`create table kept_seals as table operations.audit_seals`
    id = (await verify(owner)).entries[1]!.id
    otherId = (await verify(partner)).entries[1]!.id
  })
  afterEach(async () => {
    await tamper(async sql => {
      await sql`delete from operations.audit_logs`
      await sql`insert into operations.audit_logs table kept_rows`
      await sql`delete from operations.audit_seals`
      await sql`insert into operations.audit_seals table kept_seals`
    })
  })

  it.each([
    ['another action', 'changed', `action = 'DELETE'`],
    ['another value', 'values-changed', `new_values = '{"name": "Another"}'`],
    [
      'erased values',
      'values-erased',
      `session_id = null, ip_address = null, user_agent = null, old_values = null, new_values = null, metadata = null, values_salt = null`,
    ],
  ])('%s', async (_, state, assignment) => {
    expect(faults(await verify(owner))).toEqual([])
    await tamper(sql => sql.unsafe(`update operations.audit_logs set ${assignment} where id = '${id}'`))
    expect(faults(await verify(owner))).toEqual([{ id, state }])
    expect(faults(await verify(partner))).toEqual([])
  })

  it('an entry that was made up', async () => {
    const [made] = await administrator().begin(async sql => {
      await sql`set local session_replication_role = replica`
      return sql<{ id: string }[]>`
        insert into operations.audit_logs (user_id, action, resource_type, values_digest) values (${ownerId}, 'READ', 'test.things', sha256(''::bytea))
        returning id`
    })
    expect(faults(await verify(owner))).toEqual([{ id: made!.id, state: 'not-sealed' }])
  })

  it('an entry of another person changes nothing here', async () => {
    await tamper(sql => sql`update operations.audit_logs set severity = 'debug' where id = ${otherId}`)
    expect(faults(await verify(owner))).toEqual([])
    expect(faults(await verify(partner))).toEqual([{ id: otherId, state: 'changed' }])
  })

  it.each([
    [
      'a seal that was computed again with a changed entry',
      1,
      `row_hashes = overlay(row_hashes placing '\\x00' from 1), root = sha256(row_ids || overlay(row_hashes placing '\\x00' from 1))`,
    ],
    ['a seal with another time', 1, `sealed_at = sealed_at - interval '1 day'`],
    ['a seal with another seal before it, as its neighbour shows too', 2, `previous_hash = sha256(previous_hash)`],
  ])('%s', async (_, count, assignment) => {
    const { seals } = await verify(owner)
    const { number } = seals.at(-1)!
    await tamper(sql => sql.unsafe(`update operations.audit_seals set ${assignment} where number = ${number}`))
    const broken = (await verify(owner)).seals.filter(({ isIntact }) => !isIntact).map(each => each.number)
    expect(broken).toEqual(count === 1 ? [number] : [number - 1, number])
  })

  it('a chain that was written again does not lead to its anchor', async () => {
    await tamper(async sql => {
      await sql`update operations.audit_seals s set sealed_at = sealed_at - interval '1 day'`
      const seals = await sql<{ number: number }[]>`select number::int from operations.audit_seals order by number`
      for (const { number } of seals) {
        await sql`update operations.audit_seals s set previous_hash = p.hash from operations.audit_seals p where s.number = ${number} and p.number = s.number - 1`
        await sql`update operations.audit_seals s set hash = operations.audit_seal_hash(s) where number = ${number}`
      }
    })
    expect((await verify(owner)).seals.every(({ isIntact }) => !isIntact)).toBe(true)
  })
})

it('the function answers nothing of rows of another person', async () => {
  const [foreign] = (await verify(partner)).entries
  const reader = platform.database.connect('nestegg_read')
  const answer = await reader.begin(async sql => {
    const [{ sub }] = (await administrator()`select cognito_sub as sub from identity.users where id = ${ownerId}`) as unknown as [
      { sub: string },
    ]
    const now = Math.floor(Date.now() / 1000)
    await sql`select operations.begin_request(${sql.json({ subject: sub, issuedAt: now, requestId: 'r', route: 'test' })})`
    const [row] = await sql<
      { chain: object }[]
    >`select operations.own_audit_seals(array[${foreign!.id}]::uuid[], array[${foreign!.timestamp}]::timestamptz[]) as chain`
    return row!.chain
  })
  expect(answer).toEqual({ rows: [], waiting: [], seals: [] })
})
