import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { overlap } from '../support/overlap.ts'
import { createTestDatabase } from '../support/postgres.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const administrator = database.connect('postgres', 2)
const functions = database.connect('nestegg_identity')

const request = { ipAddress: '192.0.2.7' }
const count = async (purpose: string, document: { email?: string; request?: object }) => {
  const [row] = await functions<{ wait: number | null }[]>`
    select (identity.count_attempt(${JSON.stringify({ purpose, ...document })}::text::jsonb) ->> 'retryAfterSeconds')::integer as wait`
  return row!.wait
}
const record = async (event: object) => {
  await functions`select identity.record_identity_event(${JSON.stringify({ request, ...event })}::text::jsonb)`
}
const counted = async (purpose: string, kind: 'account' | 'source', value: string) => {
  const [row] = await administrator<{ count: number }[]>`
    select count from identity.attempts where key = identity.attempt_key(${purpose}, ${kind}, ${value})`
  return row?.count
}
/** Uses up what a limit allows. */
const block = async (purpose: string, kind: 'account' | 'source', value: string) => {
  await administrator`
    insert into identity.attempts values (identity.attempt_key(${purpose}, ${kind}, ${value}), 100, now() + interval '1 hour', now() + interval '1 hour')`
}

beforeEach(async () => void (await administrator`truncate identity.attempts`))

it('counts the hosts of one IPv6 network of 64 bits as one source, and each IPv4 address as another', async () => {
  for (const ipAddress of ['2001:db8:0:1::1', '2001:db8:0:1:ffff:ffff:ffff:ffff', '2001:db8:0:2::1', '192.0.2.7', '192.0.2.8'])
    await count('sign-up', { request: { ipAddress } })
  const rows = await administrator<{ count: number }[]>`select count from identity.attempts order by count`
  expect(rows.map(row => row.count)).toEqual([1, 1, 1, 2])
  expect(await counted('sign-up', 'source', '2001:db8:0:1::')).toBe(2)
})

describe('a success', () => {
  it.each<[string, string, object, readonly string[]]>([
    ['a sign-in', 'signed-in', { subject: 'ann', email: 'ann@example.com' }, ['sign-in']],
    ['a sign-in with a second factor', 'signed-in', { subject: 'ann', email: 'ann@example.com' }, ['sign-in', 'second-factor']],
    ['a confirmed sign-up', 'confirmed', { email: 'ann@example.com' }, ['confirm-sign-up']],
    ['a password reset', 'password-changed', { email: 'ann@example.com' }, ['confirm-reset']],
  ])('of %s gives the source the attempts of its purpose back, and no others', async (_, kind, whom, attempts) => {
    const purposes = ['sign-in', 'second-factor', 'confirm-sign-up', 'confirm-reset']
    for (const purpose of purposes) await count(purpose, { email: 'ann@example.com', request })
    await record({ kind, attempts, ...whom })
    const left = await Promise.all(purposes.map(purpose => counted(purpose, 'source', request.ipAddress)))
    expect(left).toEqual(purposes.map(purpose => (attempts.includes(purpose) ? 0 : 1)))
  })

  it('of a password of a signed-in user ends the count of the account', async () => {
    const own = { request: { ...request, subject: 'lea' } }
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await count('step-up', own)).toBeNull()
    expect(await count('step-up', own)).toBeGreaterThan(0)
    await record({ kind: 'password-confirmed', subject: 'lea' })
    expect(await count('step-up', own)).toBeNull()
  })
})

describe('a refused sign-in', () => {
  const user = async () => {
    const [row] = await administrator`
      select locked_until::text, failed_login_attempts from identity.users where email = 'kurt@example.com'`
    return row
  }
  beforeEach(async () => {
    await administrator`delete from identity.users where cognito_sub = 'kurt'`
    await record({ kind: 'signed-up', subject: 'kurt', email: 'kurt@example.com' })
  })

  it('because of its source does not mark the account as locked', async () => {
    await block('sign-in', 'source', request.ipAddress)
    expect(await count('sign-in', { email: 'kurt@example.com', request })).toBeGreaterThan(0)
    expect(await user()).toEqual({ locked_until: null, failed_login_attempts: 0 })
  })

  it('because of its account marks the account as locked until then, once per lock', async () => {
    await block('sign-in', 'account', 'kurt@example.com')
    for (const email of ['Kurt@example.com', 'kurt@example.com']) expect(await count('sign-in', { email, request })).toBeGreaterThan(0)
    const [row] = await administrator`select blocked_until::text from identity.attempts where blocked_until > now()`
    expect(await user()).toEqual({ locked_until: row!.blocked_until, failed_login_attempts: 0 })
    const audited = await administrator`
      select changed_fields from operations.audit_logs where action = 'UPDATE' and changed_fields ? 'locked_until'`
    expect(audited).toHaveLength(1)
  })

  it('of another purpose does not', async () => {
    await block('reset-code', 'account', 'kurt@example.com')
    expect(await count('reset-code', { email: 'kurt@example.com', request })).toBeGreaterThan(0)
    expect(await user()).toMatchObject({ locked_until: null })
  })
})

it('an attempt that waits for its account holds no expired row that another attempt may need', async () => {
  await count('sign-in', { email: 'ann@example.com', request })
  await administrator`insert into identity.attempts (key, expires_at) values ('expired', now() - interval '1 day')`
  const other = database.connect('postgres')
  await overlap(
    administrator,
    hold =>
      other.begin(async transaction => {
        await transaction`select from identity.attempts where key = identity.attempt_key('sign-in', 'account', 'ann@example.com') for update`
        await hold()
        expect(await transaction`select from identity.attempts where key = 'expired' for update nowait`).toHaveLength(1)
      }),
    () => count('sign-in', { email: 'ann@example.com', request }),
  )
  await count('sign-in', { email: 'bob@example.com', request })
  expect(await administrator`select from identity.attempts where key = 'expired'`).toHaveLength(0)
})
