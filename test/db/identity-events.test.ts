import { afterAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../support/postgres.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const sql = database.connect('nestegg_identity')
const administrator = database.connect('postgres')

const record = async (event: Record<string, unknown>) => {
  const [row] = await sql<
    { result: { userId: string | null } }[]
  >`select identity.record_identity_event(${JSON.stringify(event)}::text::jsonb) as result`
  return row!.result.userId
}
const read = async (subject: string) => {
  const [row] = await administrator`
    select email, is_verified as verified, first_name as "firstName", last_name as "lastName", failed_login_attempts as failures, mfa_enabled as mfa,
      locked_until > now() as locked, last_login is not null as "signedIn",
      password_changed_at is not null as "passwordChanged"
    from identity.users where cognito_sub = ${subject}`
  return row
}
const signUp = (subject: string, more = {}) => record({ kind: 'signed-up', subject, email: `${subject}@example.com`, ...more })

describe('signed-up', () => {
  it('makes the user with preferences', async () => {
    const id = await signUp('ada', { firstName: 'Ada', lastName: 'Lovelace' })
    expect(await read('ada')).toMatchObject({ email: 'ada@example.com', verified: false, firstName: 'Ada', lastName: 'Lovelace' })
    expect(await administrator`select from identity.preferences where user_id = ${id}`).toHaveLength(1)
  })

  it('received twice makes one user and keeps the name', async () => {
    const id = await signUp('twice', { firstName: 'Grace' })
    expect(await signUp('twice')).toBe(id)
    expect(await read('twice')).toMatchObject({ firstName: 'Grace' })
  })

  it('moves an address from its previous user, ignoring case', async () => {
    await signUp('former', { email: 'shared@example.com' })
    await record({ kind: 'confirmed', subject: 'former' })
    await signUp('present', { email: 'Shared@Example.com' })
    expect(await read('former')).toMatchObject({ email: null, verified: false })
    expect(await read('present')).toMatchObject({ email: 'Shared@Example.com', verified: false })
  })
})

it('confirmed marks the address as verified, found by address alone too', async () => {
  await signUp('carl')
  await record({ kind: 'confirmed', email: 'CARL@example.com' })
  expect(await read('carl')).toMatchObject({ verified: true })
})

describe('signed-in', () => {
  it('clears failures and lock, and stores the data from Cognito', async () => {
    await signUp('emmy')
    await record({ kind: 'locked-out', email: 'emmy@example.com' })
    await record({ kind: 'signed-in', subject: 'emmy', emailVerified: true, mfaEnabled: true })
    expect(await read('emmy')).toMatchObject({
      failures: 0,
      locked: null,
      signedIn: true,
      verified: true,
      mfa: true,
      email: 'emmy@example.com',
    })
  })

  it('makes a user who was never seen before', async () => {
    await record({ kind: 'signed-in', subject: 'unseen', email: 'unseen@example.com' })
    expect(await read('unseen')).toMatchObject({ email: 'unseen@example.com', signedIn: true })
  })
})

describe('failures', () => {
  it('are counted', async () => {
    await signUp('kurt')
    await record({ kind: 'sign-in-failed', email: 'kurt@example.com' })
    await record({ kind: 'sign-in-failed', email: 'kurt@example.com' })
    expect(await read('kurt')).toMatchObject({ failures: 2, locked: null })
  })

  it('lock for a time that doubles, to a quarter of an hour', async () => {
    await signUp('lock')
    const lockSeconds: number[] = []
    for (const failures of [5, 6, 7, 14, 15, 500]) {
      await administrator`update identity.users set failed_login_attempts = ${failures} where cognito_sub = 'lock'`
      await record({ kind: 'locked-out', email: 'lock@example.com' })
      const [row] = await administrator<{ seconds: number }[]>`
        select extract(epoch from locked_until - updated_at)::int as seconds from identity.users where cognito_sub = 'lock'`
      lockSeconds.push(row!.seconds)
    }
    expect(lockSeconds).toEqual([1, 2, 4, 512, 900, 900])
  })

  it.each(['sign-in-failed', 'locked-out'])('%s for an unknown address stores nothing', async kind => {
    const before = await administrator`select count(*) from identity.users`
    expect(await record({ kind, email: 'nobody@example.com' })).toBeNull()
    expect(await administrator`select count(*) from identity.users`).toEqual(before)
  })
})

it('password-changed clears failures and stores its time', async () => {
  await signUp('alan')
  await record({ kind: 'sign-in-failed', email: 'alan@example.com' })
  await record({ kind: 'password-changed', subject: 'alan' })
  expect(await read('alan')).toMatchObject({ failures: 0, passwordChanged: true })
})

it('mfa-changed stores whether a second factor is set', async () => {
  await signUp('rosa')
  await record({ kind: 'mfa-changed', subject: 'rosa', mfaEnabled: true })
  expect(await read('rosa')).toMatchObject({ mfa: true })
  await record({ kind: 'mfa-changed', subject: 'rosa', mfaEnabled: false })
  expect(await read('rosa')).toMatchObject({ mfa: false })
})

it('refuses an unknown kind', async () => {
  await signUp('odd')
  await expect(record({ kind: 'promoted', subject: 'odd' })).rejects.toThrow('unknown identity event promoted')
})

it('is audited, with its request', async () => {
  const id = await signUp('audited', { request: { requestId: 'r-1', route: 'POST /v1/identity/sign-up', ipAddress: '192.0.2.7' } })
  const rows = await administrator`
    select action, resource_type, request_id, route, ip_address from operations.audit_logs where user_id = ${id} order by id`
  const request = { request_id: 'r-1', route: 'POST /v1/identity/sign-up', ip_address: '192.0.2.7' }
  expect(rows).toEqual([
    { action: 'CREATE', resource_type: 'identity.users', ...request },
    { action: 'CREATE', resource_type: 'identity.preferences', ...request },
    { action: 'UPDATE', resource_type: 'identity.users', ...request },
  ])
})

it('may be called by the Data API only', async () => {
  for (const role of ['nestegg_write', 'nestegg_read', 'nestegg_operator'] as const) {
    await expect(database.connect(role)`select identity.record_identity_event('{}')`).rejects.toThrow('permission denied for function')
  }
})
