import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../support/postgres.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const administrator = database.connect('postgres')
const functions = database.connect('nestegg_identity')

const begin = async (
  role: 'nestegg_write' | 'nestegg_read' | 'nestegg_operator',
  more: { subject?: string; issuedAt?: number | string },
) => {
  const [row] = await database.connect(role)<{ person: { id: string } }[]>`
    select operations.begin_request(${JSON.stringify({ subject: 'ann', requestId: 'x', route: 'y', ...more })}::text::jsonb) as person`
  return row!.person
}
const endSessions = async (document: object) => {
  const [row] = await functions<{ answer: { userId: string | null; tokensValidAfter: string | null } }[]>`
    select identity.end_sessions(${JSON.stringify(document)}::text::jsonb) as answer`
  return row!.answer
}
const seconds = (instant: string | null) => Date.parse(instant ?? '') / 1000

let id: string
beforeEach(async () => {
  await administrator`update identity.users set tokens_valid_after = null, is_active = true where cognito_sub = 'ann'`
  id = (await begin('nestegg_write', { issuedAt: 1 })).id
  await administrator`update identity.users set email = 'Ann@example.com' where id = ${id}`
})

describe.each(['nestegg_write', 'nestegg_read', 'nestegg_operator'] as const)('after the sessions of a user were ended, %s', role => {
  it('refuses a token from before, and one of the same second, and accepts a later one', async () => {
    expect((await begin(role, { issuedAt: 1 })).id).toBe(id)
    const { tokensValidAfter, userId } = await endSessions({ subject: 'ann' })
    expect(userId).toBe(id)
    const limit = seconds(tokensValidAfter)
    expect(Number.isInteger(limit)).toBe(true)
    for (const issuedAt of [1, limit - 1, String(limit - 1)])
      await expect(begin(role, { issuedAt })).rejects.toMatchObject({ code: 'NE401' })
    for (const issuedAt of [limit, limit + 900]) expect((await begin(role, { issuedAt })).id).toBe(id)
  })

  it('refuses a request without the time of issue', async () => {
    await endSessions({ subject: 'ann' })
    await expect(begin(role, {})).rejects.toMatchObject({ code: 'NE401' })
  })

  it('does not refuse the tokens of another user', async () => {
    await endSessions({ subject: 'ann' })
    expect((await begin(role, { subject: 'bob', issuedAt: 1 })).id).not.toBe(id)
  })
})

it('ends the sessions of the user who has an address, in any case', async () => {
  expect(await endSessions({ email: 'ANN@example.com' })).toMatchObject({ userId: id })
  await expect(begin('nestegg_read', { issuedAt: 1 })).rejects.toMatchObject({ code: 'NE401' })
})

it('does nothing for an unknown subject, whatever the address, and for no address', async () => {
  const nothing = { userId: null, tokensValidAfter: null }
  expect(await endSessions({ subject: 'nobody', email: 'ann@example.com' })).toEqual(nothing)
  expect(await endSessions({ email: 'nobody@example.com' })).toEqual(nothing)
  expect(await endSessions({})).toEqual(nothing)
  expect((await begin('nestegg_read', { issuedAt: 1 })).id).toBe(id)
})

it('a removed person has no sessions, and the removal can be repeated', async () => {
  const remove = () => functions`
    select identity.erase_own_person('{"request": {"subject": "ann", "issuedAt": 1}}') -> 'ownedHouseholds' as households`
  for (const _ of [1, 2]) expect([...(await remove())]).toEqual([{ households: [] }])
  const [row] = await administrator`select is_active, email from identity.users where id = ${id}`
  expect(row).toEqual({ is_active: false, email: null })
  await expect(begin('nestegg_read', { issuedAt: 1 })).rejects.toMatchObject({ code: 'NE401' })
})

it('never makes an earlier token valid again', async () => {
  await administrator`update identity.users set tokens_valid_after = '2100-01-01' where id = ${id}`
  expect((await endSessions({ subject: 'ann' })).tokensValidAfter).toBe('2100-01-01T00:00:00Z')
})

it('is recorded with its request', async () => {
  await endSessions({ subject: 'ann', request: { requestId: 'sign-out of ann', ipAddress: '192.0.2.7' } })
  const rows =
    await administrator`select user_id, ip_address, changed_fields from operations.audit_logs where request_id = 'sign-out of ann'`
  expect([...rows]).toEqual([{ user_id: id, ip_address: '192.0.2.7', changed_fields: ['tokens_valid_after'] }])
})
