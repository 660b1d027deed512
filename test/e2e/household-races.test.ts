import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { overlap } from '../support/overlap.ts'
import { newHousehold, startTestPlatform, type TestPlatform, type TestUser } from '../support/platform.ts'
import { join } from '../support/shared-household.ts'

let platform: TestPlatform
let owner: TestUser
let other: TestUser
let householdId: string
let ids: Readonly<Record<'owner' | 'other', string>>

beforeAll(async () => {
  platform = await startTestPlatform()
  ;[owner, other] = await Promise.all([platform.newUser(), platform.newUser()])
})
afterAll(() => platform.close())
beforeEach(async () => {
  householdId = await newHousehold(owner)
  ids = { other: await join(platform, owner, householdId, other, 'owner'), owner: (await owner.request('GET', '/v1/identity/me')).body.id }
})

const memberPath = (userId: string) => `/v1/identity/households/${householdId}/members/${userId}`
const anyVersion = { 'if-match': '*' }
const roles = async () => {
  const { body } = await owner.request('GET', `/v1/identity/households/${householdId}/members`)
  return Object.fromEntries(body.items.map((each: { userId: string; role: string }) => [each.userId, each.role]))
}

/** Sends a request of the other owner while a change of their membership is not committed yet. Returns the answer as status and code. */
const during = async (change: 'demotion' | 'removal', send: () => ReturnType<TestUser['request']>): Promise<string> => {
  const [observer, changer] = [platform.database.connect('postgres'), platform.database.connect('postgres')]
  const [, { body, status }] = await overlap(
    observer,
    hold =>
      changer.begin(async transaction => {
        const where = transaction`where household_id = ${householdId} and user_id = ${ids.other}`
        await (change === 'demotion'
          ? transaction`update identity.household_members set role = 'editor', version = version + 1 ${where}`
          : transaction`delete from identity.household_members ${where}`)
        await hold()
      }),
    send,
  )
  return `${status} ${body?.type ?? ''}`
}

describe('an owner who is made an editor at the same time', () => {
  test.each([
    ['become an owner again', () => other.request('PATCH', memberPath(ids.other), { body: { role: 'owner' }, headers: anyVersion })],
    [
      'change the role of another owner',
      () => other.request('PATCH', memberPath(ids.owner), { body: { role: 'viewer' }, headers: anyVersion }),
    ],
    [
      'hand the household over',
      () => other.request('POST', `/v1/identity/households/${householdId}/handovers`, { body: { userId: ids.owner } }),
    ],
    ['remove another owner', () => other.request('DELETE', memberPath(ids.owner), { headers: anyVersion })],
  ])('cannot %s', async (_, send) => {
    expect(await during('demotion', send)).toBe('403 /problems/owners-only')
    expect(await roles()).toEqual({ [ids.owner]: 'owner', [ids.other]: 'editor' })
  })
})

describe('an owner who is removed at the same time', () => {
  test.each([
    ['change roles', () => other.request('PATCH', memberPath(ids.owner), { body: { role: 'viewer' }, headers: anyVersion })],
    ['remove the other owner', () => other.request('DELETE', memberPath(ids.owner), { headers: anyVersion })],
  ])('cannot %s', async (_, send) => {
    expect(await during('removal', send)).toBe('404 /problems/not-found')
    expect(await roles()).toEqual({ [ids.owner]: 'owner' })
  })
})
