import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assumptions, type Everything, makeEverything } from '../../support/everything.ts'
import { newHousehold, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let owner: TestUser
let editor: TestUser
let viewer: TestUser
let nonMember: TestUser
let all: Everything
beforeAll(async () => {
  platform = await startTestPlatform()
  ;[owner, editor, viewer, nonMember] = [
    await platform.newUser(),
    await platform.newUser(),
    await platform.newUser(),
    await platform.newUser(),
  ]
  all = await makeEverything(owner)
  for (const [user, role] of [
    [editor, 'editor'],
    [viewer, 'viewer'],
  ] as const) {
    const { body } = await user.request('GET', '/v1/identity/me')
    await platform.database.connect('postgres')`
      insert into identity.household_members (household_id, user_id, role) values (${all.householdId}, ${body.id}, ${role})`
  }
})
afterAll(() => platform.close())

type Sent = readonly [method: string, path: string, body?: unknown]
const plans = ({ planId }: Everything) => `/v1/planning/plans/${planId}`
const input = { inputType: 'account', inputName: 'Other', inputValue: { balance: '1.00' } }
const planBody = { name: 'Added', planningHorizonYears: 10 }
const setBody = { version: 'added', name: 'Added', effectiveDate: '2026-01-01', assumptions }
const modelBody = { name: 'Added', riskLevel: 5, assetAllocation: { stocks: 1 } }

/** Every request that changes data of a household, with the answer to an editor. */
const writes: Readonly<Record<string, readonly [status: number, sent: (own: Everything) => Sent]>> = {
  'create-assumption-set': [201, ({ householdId }) => ['POST', '/v1/planning/assumption-sets', { ...setBody, householdId }]],
  'update-assumption-set': [200, ({ draftSetId }) => ['PATCH', `/v1/planning/assumption-sets/${draftSetId}`, { name: 'Renamed' }]],
  'transition-assumption-set': [
    200,
    ({ draftSetId }) => ['POST', `/v1/planning/assumption-sets/${draftSetId}/transitions`, { status: 'in_review' }],
  ],
  'create-portfolio-model': [
    201,
    ({ assumptionSetId, householdId }) => ['POST', '/v1/planning/portfolio-models', { ...modelBody, householdId, cmaId: assumptionSetId }],
  ],
  'update-portfolio-model': [
    200,
    ({ portfolioModelId }) => ['PATCH', `/v1/planning/portfolio-models/${portfolioModelId}`, { name: 'Renamed' }],
  ],
  'create-plan': [
    201,
    ({ assumptionSetId, householdId, portfolioModelId }) => [
      'POST',
      '/v1/planning/plans',
      { ...planBody, householdId, cmaId: assumptionSetId, portfolioModelId },
    ],
  ],
  'update-plan': [200, own => ['PATCH', plans(own), { name: 'Renamed' }]],
  'create-branch': [201, own => ['POST', `${plans(own)}/branches`, { name: 'Branch' }]],
  'create-plan-input': [201, own => ['POST', `${plans(own)}/inputs`, input]],
  'update-plan-input': [200, own => ['PUT', `${plans(own)}/inputs/${own.inputIds[0]}`, { ...input, inputName: 'Replaced' }]],
  'delete-plan-input': [204, own => ['DELETE', `${plans(own)}/inputs/${own.inputIds[1]}`]],
  'restore-plan': [200, own => ['POST', `${plans(own)}/restorations`, { version: 3 }]],
  'roll-plan-forward': [
    200,
    ({ householdPlanId, linkedAccountId }) => [
      'POST',
      `/v1/planning/plans/${householdPlanId}/roll-forwards`,
      { date: '2026-06-30', balances: [{ linkedAccountId, balance: '1.00' }] },
    ],
  ],
  'create-run': [201, own => ['POST', `${plans(own)}/runs`, {}]],
  'create-large-run': [202, own => ['POST', `${plans(own)}/large-runs`, {}]],
  'verify-run': [200, ({ runId }) => ['POST', `/v1/planning/runs/${runId}/verify`]],
  'queue-verification': [202, ({ runId }) => ['POST', `/v1/planning/runs/${runId}/large-verifications`]],
  'cancel-run': [200, ({ largeRunId }) => ['POST', `/v1/planning/runs/${largeRunId}/cancellations`]],
  'report-plan-versus-actual': [
    201,
    ({ householdRunId }) => [
      'POST',
      `/v1/planning/runs/${householdRunId}/plan-versus-actual-reports`,
      { date: '2027-01-01', balances: [{ account: 'Savings', balance: '1.00' }] },
    ],
  ],
}

const send = (user: TestUser, [method, path, body]: Sent) =>
  user.request(method, path, { ...(body === undefined ? {} : { body }), headers: { 'if-match': '*' } })

describe('a viewer', () => {
  test.each(Object.entries(writes))('is refused %s with 403', async (_, [, sent]) => {
    const answer = await send(viewer, sent(all))
    expect([answer.status, answer.body.detail]).toEqual([403, 'Only owners and editors of this household may change this.'])
  })

  test('reads the data of the household', async () => {
    for (const path of [
      plans(all),
      `/v1/planning/runs/${all.runId}`,
      `/v1/planning/assumption-sets/${all.draftSetId}`,
      `/v1/identity/households/${all.householdId}`,
    ])
      expect((await viewer.request('GET', path)).status).toBe(200)
  })
})

describe('an editor', () => {
  test.each(Object.entries(writes))('may %s', async (_, [status, sent]) => {
    const answer = await send(editor, sent(all))
    expect([answer.status, answer.status === status ? null : answer.body]).toEqual([status, null])
  })

  test.each(['editor', 'viewer'])('cannot manage the household, like a viewer (%s)', async role => {
    const answer = await send(role === 'editor' ? editor : viewer, [
      'PATCH',
      `/v1/identity/households/${all.householdId}`,
      { name: 'Taken' },
    ])
    expect([answer.status, answer.body.type]).toEqual([403, '/problems/owners-only'])
  })
})

test.each(['create-assumption-set', 'create-portfolio-model', 'create-plan'])(
  'a user who is not a member gets the same answer from %s as for a missing household',
  async name => {
    const [, sent] = writes[name]!
    const [foreign, missing] = [await send(nonMember, sent(all)), await send(nonMember, sent({ ...all, householdId: randomUUID() }))]
    expect([foreign.status, foreign.body.errors]).toEqual([422, [{ path: 'body.householdId', message: 'there is no such household' }]])
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' })
  },
)

test('a plan cannot use a set, a model or a parent of another household of the same user', async () => {
  const second = await newHousehold(owner)
  const refused = async (path: string, body: object) =>
    (await send(owner, ['POST', path, { ...body, householdId: second }])).body.errors?.[0].path
  const { assumptionSetId, planId, portfolioModelId } = all
  const { body: models } = await owner.request('GET', '/v1/planning/portfolio-models?limit=100')
  const published = models.items.find((model: { published: boolean }) => model.published)
  expect(await refused('/v1/planning/plans', { ...planBody, portfolioModelId })).toBe('body.portfolioModelId')
  expect(await refused('/v1/planning/plans', { ...planBody, cmaId: assumptionSetId, portfolioModelId: published.id })).toBe('body.cmaId')
  expect(await refused('/v1/planning/plans', { ...planBody, portfolioModelId: published.id, parentPlanId: planId })).toBe(
    'body.parentPlanId',
  )
  expect(await refused('/v1/planning/portfolio-models', { ...modelBody, cmaId: assumptionSetId })).toBe('body.cmaId')
})

test('an owner reads the changes of all members, an editor only their own', async () => {
  const actors = async (user: TestUser) => {
    const { body } = await user.request('GET', `/v1/operations/audit-logs?resourceType=planning.plans&limit=200`)
    return new Set(body.items.map((row: { userId: string }) => row.userId)).size
  }
  expect([await actors(owner), await actors(editor), await actors(viewer)]).toEqual([2, 1, 0])
})
