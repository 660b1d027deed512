import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newHousehold, newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let user: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
})
afterAll(() => platform.close())

const versionsOf = async (planId: string) => (await user.request('GET', `/v1/planning/plans/${planId}/versions`)).body.items
const inputNamed = async (planId: string, name: string) =>
  (await user.request('GET', `/v1/planning/plans/${planId}/inputs`)).body.items.find(
    (input: { inputName: string }) => input.inputName === name,
  )

describe('a plan’s history', () => {
  test('has every change with its author, in order', async () => {
    const { etag, planId } = await newPlan(user)
    await user.request('PATCH', `/v1/planning/plans/${planId}`, { body: { name: 'Later' }, headers: { 'if-match': etag } })
    await user.request('DELETE', `/v1/planning/plans/${planId}/inputs/${(await inputNamed(planId, 'Living')).id}`)
    const { body: me } = await user.request('GET', '/v1/identity/me')
    const versions = await versionsOf(planId)
    expect(versions.map((version: { version: number; change: string }) => [version.version, version.change])).toEqual([
      [5, 'input_removed'],
      [4, 'updated'],
      [3, 'input_added'],
      [2, 'input_added'],
      [1, 'created'],
    ])
    expect(new Set(versions.map((version: { createdBy: string }) => version.createdBy))).toEqual(new Set([me.id]))
  })

  test('any past state can be read and compared', async () => {
    const { etag, planId } = await newPlan(user)
    await user.request('PATCH', `/v1/planning/plans/${planId}`, {
      body: { name: 'Later', planningHorizonYears: 25 },
      headers: { 'if-match': etag },
    })
    const living = await inputNamed(planId, 'Living')
    const body = { inputType: 'withdrawal', inputName: 'Living', inputValue: { annualAmount: '45000.00', startYear: 0 } }
    await user.request('PUT', `/v1/planning/plans/${planId}/inputs/${living.id}`, { body })
    const first = await user.request('GET', `/v1/planning/plans/${planId}/versions/1`)
    expect(first.body).toMatchObject({ plan: { name: 'Retire at 65', planningHorizonYears: 30 }, inputs: [] })
    const { body: compared } = await user.request('GET', `/v1/planning/plans/${planId}/differences?from=3`)
    expect(compared.differences.map((one: { path: string; kind: string }) => [one.path, one.kind])).toEqual([
      ['plan.name', 'changed'],
      ['plan.planningHorizonYears', 'changed'],
      ['inputs.Living', 'changed'],
    ])
    expect(compared.differences[2]).toMatchObject({
      before: { inputValue: { annualAmount: '40000.00' } },
      after: { inputValue: { annualAmount: '45000.00' } },
    })
    expect((await user.request('GET', `/v1/planning/plans/${planId}/versions/99`)).status).toBe(404)
  })

  test('has a number that PostgreSQL can store', async () => {
    const { etag, planId } = await newPlan(user)
    const restore = (version: number) => ['POST', 'restorations', { body: { version }, headers: { 'if-match': etag } }] as const
    const asked = (version: number) => [
      ['path.version', 'GET', `versions/${version}`, {}] as const,
      ['query.from', 'GET', `differences?from=${version}`, {}] as const,
      ['query.to', 'GET', `differences?from=1&to=${version}`, {}] as const,
      ['body.version', ...restore(version)] as const,
    ]
    for (const [field, method, path, sent] of asked(2_147_483_648)) {
      const { body, status } = await user.request(method, `/v1/planning/plans/${planId}/${path}`, sent)
      expect([status, body.errors[0].path]).toEqual([400, field])
    }
    for (const [field, method, path, sent] of asked(2_147_483_647)) {
      const { status } = await user.request(method, `/v1/planning/plans/${planId}/${path}`, sent)
      expect([field, status]).toEqual([field, 404])
    }
  })

  test('a restored version has its old terms and inputs, and gives the same run', async () => {
    const { etag, planId } = await newPlan(user)
    const { body: then } = await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })
    await user.request('PATCH', `/v1/planning/plans/${planId}`, {
      body: { randomSeed: '7', planningHorizonYears: 10 },
      headers: { 'if-match': etag },
    })
    await user.request('DELETE', `/v1/planning/plans/${planId}/inputs/${(await inputNamed(planId, 'Savings')).id}`)
    const extra = { inputType: 'account', inputName: 'Inheritance', inputValue: { balance: '5.00' } }
    await user.request('POST', `/v1/planning/plans/${planId}/inputs`, { body: extra })

    const stale = await user.request('POST', `/v1/planning/plans/${planId}/restorations`, {
      body: { version: 3 },
      headers: { 'if-match': etag },
    })
    expect(stale.status).toBe(412)
    const restored = await user.request('POST', `/v1/planning/plans/${planId}/restorations`, {
      body: { version: 3 },
      headers: { 'if-match': '"v6"' },
    })
    expect(restored.body).toMatchObject({ version: 7, randomSeed: '42', planningHorizonYears: 30 })
    const { body: now } = await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })
    expect(now.outputHash).toBe(then.outputHash)
    expect((await versionsOf(planId))[0]).toMatchObject({ version: 7, change: 'restored', fromVersion: 3 })
    const { body: compared } = await user.request('GET', `/v1/planning/plans/${planId}/differences?from=3&to=7`)
    expect(compared.differences).toEqual([])
  })

  test('is written once: no runtime role can change or delete it', async () => {
    const { planId } = await newPlan(user)
    const writer = platform.database.connect('nestegg_write')
    await expect(writer`update planning.plan_versions set change = 'updated' where plan_id = ${planId}`).rejects.toMatchObject({
      code: '42501',
    })
    await expect(writer`delete from planning.plan_versions where plan_id = ${planId}`).rejects.toMatchObject({ code: '42501' })
  })
})

describe('a branch', () => {
  test('is an independent scenario that starts as a copy of its parent', async () => {
    const { planId } = await newPlan(user, { tags: ['base'] })
    const { body: trunkRun } = await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })
    const { body: branch, status } = await user.request('POST', `/v1/planning/plans/${planId}/branches`, { body: { name: 'Spend less' } })
    expect(status).toBe(201)
    expect(branch).toMatchObject({
      parentPlanId: planId,
      name: 'Spend less',
      status: 'draft',
      version: 1,
      randomSeed: '42',
      tags: ['base'],
    })
    const { body: same } = await user.request('POST', `/v1/planning/plans/${branch.id}/runs`, { body: {} })
    expect(same.outputHash).toBe(trunkRun.outputHash)

    const living = await inputNamed(branch.id, 'Living')
    const less = { inputType: 'withdrawal', inputName: 'Living', inputValue: { annualAmount: '30000.00', startYear: 0 } }
    await user.request('PUT', `/v1/planning/plans/${branch.id}/inputs/${living.id}`, { body: less })
    expect((await inputNamed(planId, 'Living')).inputValue.annualAmount).toBe('40000.00')
    expect((await versionsOf(branch.id)).at(-1)).toMatchObject({ change: 'branched', fromVersion: 3 })
  })
})

describe('assumptions', () => {
  test('pass review and approval before a plan can be simulated with them', async () => {
    const document = {
      assets: [{ key: 'stocks', name: 'Stocks', meanReturn: 0.06, volatility: 0.15 }],
      inflation: { mean: 0.02, volatility: 0.01 },
      correlation: [[1]],
    }
    const householdId = await newHousehold(user)
    const body = { householdId, version: '2026', name: 'House', effectiveDate: '2026-01-01', assumptions: document }
    const { body: set } = await user.request('POST', '/v1/planning/assumption-sets', { body })
    expect(set.status).toBe('draft')
    const model = await user.request('POST', '/v1/planning/portfolio-models', {
      body: { householdId, cmaId: set.id, name: 'All', riskLevel: 9, assetAllocation: { stocks: 1 } },
    })
    const { planId } = await newPlan(user, { householdId, cmaId: set.id, portfolioModelId: model.body.id })
    const early = await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })
    expect(early.status).toBe(422)
    expect(early.body.errors[0].path).toBe('plan.cmaId')

    const move = (status: string, more = {}) =>
      user.request('POST', `/v1/planning/assumption-sets/${set.id}/transitions`, {
        body: { status, ...more },
        headers: { 'if-match': '*' },
      })
    expect((await move('approved')).body.errors[0].path).toBe('body.status')
    expect((await move('in_review')).body.status).toBe('in_review')
    expect((await move('approved', { effectiveUntil: '2025-12-31' })).body.errors[0].path).toBe('body.effectiveUntil')
    const approved = await move('approved', { effectiveUntil: '2027-12-31' })
    expect(approved.body).toMatchObject({
      status: 'approved',
      effectiveUntil: '2027-12-31',
      approvedAt: expect.any(String),
      approvedBy: expect.any(String),
    })
    expect((await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })).status).toBe(201)
    expect((await move('retired')).body.status).toBe('retired')
    expect((await move('draft')).status).toBe(422)
  })
})
