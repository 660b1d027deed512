import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newHousehold, newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { invite, join } from '../../support/shared-household.ts'

let platform: TestPlatform
let owner: TestUser
let partner: TestUser
let stranger: TestUser
let householdId: string
let planId: string
beforeAll(async () => {
  platform = await startTestPlatform()
  ;[owner, partner, stranger] = [await platform.newUser(), await platform.newUser(), await platform.newUser()]
  ;({ householdId, planId } = await newPlan(owner))
  await join(platform, owner, householdId, partner, 'editor')
})
afterAll(() => platform.close())

const administrator = () => platform.database.connect('postgres')
const today = async (user: TestUser, household = householdId) => {
  const { body, status } = await user.request('GET', `/v1/identity/today?householdId=${household}`)
  expect(status).toBe(200)
  return body
}
const planOf = async (user = owner) => {
  const { plans } = await today(user)
  return plans.find((plan: { id: string }) => plan.id === planId)
}
const run = async (): Promise<string> => (await owner.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })).body.id
const change = async (body: object) => {
  const { headers } = await owner.request('GET', `/v1/planning/plans/${planId}`)
  const changed = await owner.request('PATCH', `/v1/planning/plans/${planId}`, { body, headers: { 'if-match': headers.get('etag')! } })
  expect(changed.status).toBe(200)
}

describe('the plans', () => {
  test('without a run need one', async () => {
    expect(await planOf()).toMatchObject({ need: 'never-run', latestRun: null, previousSuccessProbability: null, asOfDate: '2026-01-01' })
  })

  test('have the success of the newest two runs, need a verification, and after it nothing', async () => {
    const runId = await run()
    const { body: first } = await owner.request('GET', `/v1/planning/runs/${runId}`)
    const probability = first.result.success.probability
    expect(await planOf()).toMatchObject({
      need: 'unverified',
      latestRun: { successProbability: probability, createdAt: first.createdAt },
      previousSuccessProbability: null,
    })
    expect((await owner.request('POST', `/v1/planning/runs/${runId}/verify`)).body.matched).toBe(true)
    expect(await planOf()).toMatchObject({ need: null })
    await owner.request('POST', `/v1/planning/plans/${planId}/inputs`, {
      body: { inputType: 'withdrawal', inputName: 'Travel', inputValue: { annualAmount: '20000.00', startYear: 0 } },
    })
    expect(await planOf()).toMatchObject({ need: 'changed' })
    await run()
    const after = await planOf(partner)
    expect(after).toMatchObject({ need: 'unverified', previousSuccessProbability: probability })
    expect(after.latestRun.successProbability).toBeLessThan(probability)
  })

  test('with a run that failed, or that does not match, need a look', async () => {
    const runId = await run()
    await administrator()`update planning.runs set last_verified_at = now(), last_verification_matched = false where id = ${runId}`
    expect(await planOf()).toMatchObject({ need: 'mismatch' })
    await administrator()`update planning.runs set last_verification_matched = true where id = ${runId}`
    await administrator()`
      insert into planning.runs (household_id, plan_id, plan_version, status, specification, provenance, engine_version, random_seed, path_count,
        shard_count, input_hash, error, started_at, finished_at)
      select household_id, plan_id, plan_version, 'failed', specification, provenance, engine_version, random_seed, path_count, shard_count,
        input_hash, 'A trial.', now(), now() from planning.runs where id = ${runId}`
    expect(await planOf()).toMatchObject({ need: 'failed' })
  })

  test('that are archived are counted and not listed', async () => {
    await change({ status: 'archived' })
    expect(await today(owner)).toMatchObject({ plans: [], household: { plans: 1, members: 2 } })
    await change({ status: 'active' })
  })
})

describe('invitations', () => {
  test('that expire soon are shown to owners, and to the invited person without the token', async () => {
    const home = await newHousehold(owner)
    await invite(owner, home, stranger.email.toUpperCase(), 'viewer')
    expect(await today(owner, home)).toMatchObject({ expiringInvitations: [], household: { openInvitations: 1, members: 1 } })
    const { body } = await stranger.request('GET', '/v1/identity/today')
    expect(body).toEqual({
      household: null,
      plans: [],
      expiringInvitations: [],
      receivedInvitations: [{ householdName: 'Home', role: 'viewer', expiresAt: expect.stringMatching(/^\d{4}-.+Z$/) }],
    })
    await administrator()`update identity.household_invitations set expires_at = now() + interval '1 day' where household_id = ${home}`
    expect((await today(owner, home)).expiringInvitations).toEqual([{ email: stranger.email, expiresAt: expect.stringMatching(/Z$/) }])
    expect((await today(partner, home)).household).toBeNull()
    await administrator()`update identity.users set is_verified = false where email = ${stranger.email}`
    expect((await stranger.request('GET', '/v1/identity/today')).body.receivedInvitations).toEqual([])
    await administrator()`update identity.users set is_verified = true where email = ${stranger.email}`
    await administrator()`update identity.household_invitations set expires_at = now() - interval '1 minute' where household_id = ${home}`
    expect((await stranger.request('GET', '/v1/identity/today')).body.receivedInvitations).toEqual([])
  })

  test('of a household are nothing for members who are no owners', async () => {
    await invite(owner, householdId, 'guest@nestegg.example', 'viewer')
    expect((await today(owner)).household.openInvitations).toBe(1)
    expect((await today(partner)).household.openInvitations).toBe(0)
  })
})

test('a stranger sees nothing of a household', async () => {
  expect(await today(stranger)).toMatchObject({ household: null, plans: [], expiringInvitations: [] })
})
