import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sql } from '../../db/connections.ts'
import { directCaller } from '../../db/data-api.ts'
import { overlap } from '../support/overlap.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { insertHousehold, makeHousehold } from './household.ts'
import { asUser } from './requests.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const administrator = database.connect('postgres')
const sql = database.connect('nestegg_write', 2)
const functionsSql = database.connect('nestegg_invitations', 2)
const functions = directCaller(functionsSql)
const { householdId, ids } = await makeHousehold(database)
const address = 'Grace@example.com'

beforeAll(async () => {
  await administrator`update identity.users set first_name = 'Ada', last_name = 'Lovelace' where id = ${ids.owner}`
  await administrator`update identity.users set email = 'viewer@example.com' where id = ${ids.viewer}`
})

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
const requestOf = (subject: string) => ({ subject, requestId: 'request', route: 'identity/create-invitation' })
const invite = async (subject: string, token: string, more: Record<string, string | number> = {}, caller = functions) =>
  (await caller.call('identity.create_invitation', {
    request: requestOf(subject),
    householdId,
    email: address,
    role: 'viewer',
    tokenHash: hashOf(token),
    expiresInHours: 72,
    ...more,
  })) as { invitation: { id: string } | null; household: unknown; reply: { id: string } | null; refusal: string | null }
const accept = (subject: string, token: string) =>
  asUser(sql, subject, async transaction => {
    const [row] = await transaction<{ answer: unknown }[]>`select identity.accept_invitation(${hashOf(token)}) as answer`
    return row!.answer
  })
const roleOf = async (subject: string) => {
  const [row] = await administrator<{ role: string }[]>`
    select m.role from identity.household_members m join identity.users u on u.id = m.user_id where m.household_id = ${householdId} and cognito_sub = ${subject}`
  return row?.role
}

describe('an invitation', () => {
  it('is made by an owner, with all data for its mail', async () => {
    expect(await invite('owner', 'first')).toEqual({
      user: { id: ids.owner, role: 'member', isActive: true },
      household: { id: householdId, name: 'Home' },
      inviterName: 'Ada Lovelace',
      invitation: {
        id: expect.any(String),
        householdId,
        email: address,
        role: 'viewer',
        expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/),
        createdAt: expect.any(String),
        createdBy: ids.owner,
      },
      reply: null,
      refusal: null,
    })
  })

  it('replaces an open one to the same address, ignoring case, and revokes its token', async () => {
    const { invitation } = await invite('owner', 'second', { email: 'grace@EXAMPLE.com' })
    const open = await administrator`
      select id from identity.household_invitations where household_id = ${householdId} and accepted_at is null and revoked_at is null`
    expect([...open]).toEqual([{ id: invitation!.id }])
    expect(await accept('late', 'first')).toEqual({ refusal: 'revoked' })
  })

  it.each(['editor', 'viewer'])('is not made by an %s: it is refused', async subject => {
    expect(await invite(subject, subject)).toMatchObject({ household: { id: householdId }, invitation: null, refusal: 'not-owner' })
  })

  it.each(['stranger', 'former'])('is not made by a %s, to whom the household is not visible', async subject => {
    expect(await invite(subject, subject)).toMatchObject({ household: null, invitation: null, refusal: null })
  })

  it('is not made by a closed account', async () => {
    await administrator`update identity.users set is_active = false where id = ${ids.owner}`
    expect(await invite('owner', 'closed')).toMatchObject({ user: { isActive: false }, invitation: null })
    await administrator`update identity.users set is_active = true where id = ${ids.owner}`
  })

  it.each([
    ['removed', 'delete from identity.household_members where household_id = $1 and user_id = $2', { household: null, refusal: null }],
    [
      'demoted',
      "update identity.household_members set role = 'viewer' where household_id = $1 and user_id = $2",
      { household: { id: householdId }, refusal: 'not-owner' },
    ],
  ])('is not made by an owner who is being %s at the same time', async (change, statement, answer) => {
    const person = `owner being ${change}`
    const personId = await asUser(sql, person, async (_, { id }) => id)
    await administrator`insert into identity.household_members (household_id, user_id, role) values (${householdId}, ${personId}, 'owner')`
    const [, made] = await overlap(
      administrator,
      hold =>
        asUser(sql, 'owner', async transaction => {
          await transaction.unsafe(statement, [householdId, personId])
          await hold()
        }),
      () => invite(person, person, { email: `${change}@example.com` }),
    )
    expect(made).toMatchObject({ ...answer, invitation: null })
  })

  it('by a user who is not a member does not wait for the household', async () => {
    await administrator.begin(async transaction => {
      await transaction`select from identity.households where id = ${householdId} for no key update`
      expect(await invite('stranger', 'waits')).toMatchObject({ household: null, invitation: null, refusal: null })
    })
  })

  it('is not made for a member', async () => {
    expect(await invite('owner', 'member', { email: 'Viewer@example.com' })).toMatchObject({ invitation: null, refusal: 'already-member' })
  })

  it('leaves no token in the audit trail, but names household and inviter', async () => {
    const rows = await administrator<{ user_id: string; household_id: string; new_values: object }[]>`
      select user_id, household_id, new_values from operations.audit_logs where resource_type = 'identity.household_invitations' and action = 'CREATE'`
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      expect(row).toMatchObject({ user_id: ids.owner, household_id: householdId })
      expect(row.new_values).not.toHaveProperty('token_hash')
    }
  })

  it('can be made only over the Data API, and accepted only by a request', async () => {
    await expect(sql`select identity.create_invitation('{}')`).rejects.toThrow('permission denied for function')
    const accepted = database.connect('nestegg_invitations')`select identity.accept_invitation('hash')`
    await expect(accepted).rejects.toThrow('permission denied for function')
  })
})

describe('two overlapping requests with one Idempotency-Key', () => {
  const requestTwice = (name: string) => {
    const key = { idempotencyKey: name, requestHash: '0'.repeat(64) }
    const send = (caller = functions) => invite('owner', randomUUID(), { email: `${name}@example.com`, ...key }, caller)
    const keep = (reply: { id: string } | null) =>
      functions.call('identity.keep_invitation_reply', { request: requestOf('owner'), ...key, reply: { id: reply!.id } })
    return { send, keep }
  }

  it('keep the reply of the later one, of which the token works', async () => {
    const { keep, send } = requestTwice('both-made')
    const [earlier, later] = [await send(), await send()]
    await keep(earlier.invitation)
    await keep(later.invitation)
    expect(await send()).toMatchObject({ invitation: null, reply: { id: later.invitation!.id } })
  })

  it('keep no reply to an invitation that is being replaced', async () => {
    const { keep, send } = requestTwice('being-replaced')
    const earlier = await send()
    const [later] = await overlap(
      administrator,
      hold =>
        functionsSql
          .begin(async transaction => {
            const made = await send(directCaller(transaction as unknown as Sql))
            await hold()
            return { made }
          })
          .then(({ made }) => made),
      () => keep(earlier.invitation),
    )
    await keep(later.invitation)
    expect(await send()).toMatchObject({ invitation: null, reply: { id: later.invitation!.id } })
  })
})

describe('a user', () => {
  it('sends at most 50 invitations in 24 hours, over all households and with replaced ones', async () => {
    const households = await asUser(sql, 'sender', async transaction => [
      await insertHousehold(transaction),
      await insertHousehold(transaction, 'Second'),
    ])
    const send = (count: number) => invite('sender', `sent ${count}`, { householdId: households[count % 2]!, email: 'flooded@example.com' })
    for (let count = 0; count < 50; count += 1) expect(await send(count)).toMatchObject({ refusal: null })
    expect(await send(50)).toMatchObject({ refusal: 'too-many-today', invitation: null })
    await administrator`
      update identity.household_invitations set revoked_at = now()
      where household_id in ${administrator(households)} and revoked_at is null`
    expect(await send(51)).toMatchObject({ refusal: 'too-many-today', invitation: null })
    expect(await invite('owner', 'of another user', { email: 'flooded@example.com' })).toMatchObject({ refusal: null })
    await administrator.begin(async transaction => {
      await transaction`set local session_replication_role = replica`
      await transaction`
        update identity.household_invitations set created_at = now() - interval '25 hours' where token_hash = ${hashOf('sent 0')}`
    })
    expect(await send(52)).toMatchObject({ refusal: null })
    expect(await send(53)).toMatchObject({ refusal: 'too-many-today' })
  })
})

describe('a token', () => {
  it('makes its user a member, once', async () => {
    await invite('owner', 'once', { email: 'once@example.com', role: 'editor' })
    expect(await accept('once', 'once')).toEqual({ householdId })
    expect(await roleOf('once')).toBe('editor')
    expect(await accept('once', 'once')).toEqual({ refusal: 'accepted' })
    expect(await accept('another', 'once')).toEqual({ refusal: 'accepted' })
    expect(await roleOf('another')).toBeUndefined()
  })

  it('works for only one of two users who use it at the same time', async () => {
    await invite('owner', 'race', { email: 'race@example.com' })
    const answers = await overlap(
      administrator,
      hold =>
        asUser(sql, 'racer one', async transaction => {
          const [row] = await transaction<{ answer: unknown }[]>`select identity.accept_invitation(${hashOf('race')}) as answer`
          await hold()
          return row!.answer
        }),
      () => accept('racer two', 'race'),
    )
    expect(answers).toEqual([{ householdId }, { refusal: 'accepted' }])
  })

  it.each([
    ['unknown', 'never made', 'select 1'],
    ['expired', 'old', "update identity.household_invitations set expires_at = now() where email = 'old@example.com'"],
    ['revoked', 'revoked', "update identity.household_invitations set revoked_at = now() where email = 'revoked@example.com'"],
  ])('that is %s is refused', async (refusal, token, spoil) => {
    if (refusal !== 'unknown') await invite('owner', token, { email: `${token}@example.com` })
    await administrator.unsafe(spoil)
    expect(await accept('hopeful', token)).toEqual({ refusal })
    expect(await roleOf('hopeful')).toBeUndefined()
  })

  it.each([
    ['removed', (ownerId: string) => administrator`delete from identity.household_members where user_id = ${ownerId}`],
    ['demoted', (ownerId: string) => administrator`update identity.household_members set role = 'editor' where user_id = ${ownerId}`],
  ])('stops working when the owner who sent it is %s, but tokens of other owners work', async (change, spoil) => {
    const person = `${change} owner`
    await invite('owner', `for ${person}`, { email: `${change}-owner@example.com`, role: 'owner' })
    await accept(person, `for ${person}`)
    await invite(person, `of ${person}`, { email: `spare-${change}@example.com`, role: 'owner' })
    await invite('owner', `beside ${person}`, { email: `beside-${change}@example.com` })
    await spoil(await asUser(sql, person, async (_, { id }) => id))
    expect(await accept(person, `of ${person}`)).toEqual({ refusal: 'revoked' })
    expect(await roleOf(person)).toBe(change === 'removed' ? undefined : 'editor')
    expect(await accept(`guest beside ${person}`, `beside ${person}`)).toEqual({ householdId })
  })

  it('keeps working when the owner who sent it changes the role of another member', async () => {
    await invite('owner', 'kept', { email: 'kept@example.com' })
    await administrator`update identity.household_members set role = 'owner' where user_id = ${ids.owner}`
    await administrator`update identity.household_members set role = 'viewer' where user_id = ${ids.guest}`
    expect(await accept('kept guest', 'kept')).toEqual({ householdId })
  })

  it('raises the role of a member, and never lowers it', async () => {
    await invite('owner', 'higher', { email: 'higher@example.com', role: 'owner' })
    expect(await accept('editor', 'higher')).toEqual({ householdId })
    expect(await roleOf('editor')).toBe('owner')
    await invite('owner', 'lower', { email: 'lower@example.com', role: 'viewer' })
    expect(await accept('editor', 'lower')).toEqual({ householdId })
    expect(await roleOf('editor')).toBe('owner')
  })
})
