import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newHousehold, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let user: TestUser
let householdId: string
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  householdId = await newHousehold(user)
})
afterAll(() => platform.close())

const assumptions = {
  assets: [
    { key: 'stocks', name: 'Stocks', meanReturn: 0.07, volatility: 0.2 },
    { key: 'bonds', name: 'Bonds', meanReturn: 0.03, volatility: 0.06 },
    { key: 'cash', name: 'Cash', meanReturn: 0.02, volatility: 0.01 },
  ],
  inflation: { mean: 0.025, volatility: 0.02, correlation: [0, -0.2, 0.3] },
  correlation: [
    [1, 0.1, 0],
    [0.1, 1, 0.2],
    [0, 0.2, 1],
  ],
}
const newSet = (version: string, document: unknown = assumptions) =>
  user.request('POST', '/v1/planning/assumption-sets', {
    body: { householdId, version, name: `House ${version}`, effectiveDate: '2026-01-01', assumptions: document },
  })

describe('capital market assumptions', () => {
  test('all users can read the published survey and its figures, and no user can change it', async () => {
    const { body } = await user.request('GET', '/v1/planning/assumption-sets')
    expect(body.items).toHaveLength(1)
    const [published] = body.items
    expect(published).toMatchObject({ published: true, version: 'horizon-2017-10y', isActive: true })
    const set = await user.request('GET', `/v1/planning/assumption-sets/${published.id}`)
    expect(set.body.assumptions.assets).toHaveLength(16)
    expect(set.body.assumptions.assets[0]).toEqual({
      key: 'us_large_cap',
      name: 'US equity, large cap',
      meanReturn: 0.0776,
      volatility: 0.1658,
    })
    const refused = await user.request('PATCH', `/v1/planning/assumption-sets/${published.id}`, {
      body: { name: 'Mine' },
      headers: { 'if-match': '*' },
    })
    expect(refused.status).toBe(403)
  })

  test('a set is stored, read and renamed; its version is unique', async () => {
    const made = await newSet('2026-a')
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ published: false, assumptions })
    expect((await newSet('2026-a')).status).toBe(409)
    const etag = made.headers.get('etag')!
    const renamed = await user.request('PATCH', `/v1/planning/assumption-sets/${made.body.id}`, {
      body: { isActive: false },
      headers: { 'if-match': etag },
    })
    expect(renamed.body).toMatchObject({ isActive: false, name: 'House 2026-a', rowVersion: 2 })
  })

  test('an impossible correlation matrix is refused with the reason', async () => {
    const impossible = {
      ...assumptions,
      inflation: { mean: 0.025, volatility: 0.02 },
      correlation: [
        [1, 0.9, -0.9],
        [0.9, 1, 0.9],
        [-0.9, 0.9, 1],
      ],
    }
    const answer = await newSet('2026-impossible', impossible)
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toEqual([
      { path: 'body.assumptions.correlation', message: expect.stringContaining('not positive semi-definite') },
    ])
    const crooked = await newSet('2026-crooked', {
      ...assumptions,
      correlation: [
        [1, 0.1, 0],
        [0.2, 1, 0.2],
        [0, 0.2, 1],
      ],
    })
    expect(crooked.body.errors[0].path).toBe('body.assumptions.correlation.1.0')
    expect((await newSet('2026-short', { ...assumptions, correlation: [[1]] })).body.errors[0].path).toBe('body.assumptions.correlation')
  })
})

describe('portfolio models', () => {
  test('ten published models rise in risk and in return', async () => {
    const { body } = await user.request('GET', '/v1/planning/portfolio-models?limit=200')
    const models = body.items
      .filter((model: { published: boolean }) => model.published)
      .toSorted((a: { riskLevel: number }, b: { riskLevel: number }) => a.riskLevel - b.riskLevel)
    expect(models.map((model: { riskLevel: number }) => model.riskLevel)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    for (let index = 1; index < models.length; index += 1) {
      expect(models[index].expectedReturn).toBeGreaterThan(models[index - 1].expectedReturn)
      expect(models[index].volatility).toBeGreaterThan(models[index - 1].volatility)
    }
  })

  test('figures follow from the assumptions: w·m, sqrt(w·S·w), excess over cash', async () => {
    const { body: set } = await newSet('2026-figures')
    const body = { householdId, cmaId: set.id, name: 'Sixty-forty', riskLevel: 6, assetAllocation: { stocks: 0.6, bonds: 0.4 } }
    const { body: model, headers } = await user.request('POST', '/v1/planning/portfolio-models', { body })
    // 0.6·0.07 + 0.4·0.03 = 0.054; variance 0.0144 + 0.000576 + 2·0.6·0.4·0.2·0.06·0.1 = 0.015552
    expect(model).toMatchObject({ expectedReturn: 0.054, volatility: 0.12471, sharpeRatio: 0.2726, published: false })
    const changed = await user.request('PATCH', `/v1/planning/portfolio-models/${model.id}`, {
      body: { assetAllocation: { stocks: 1 } },
      headers: { 'if-match': headers.get('etag')! },
    })
    expect(changed.body).toMatchObject({ expectedReturn: 0.07, volatility: 0.2, rowVersion: 2, name: 'Sixty-forty' })
  })

  test('an asset class that the assumption set does not have is refused by name', async () => {
    const { body: set } = await newSet('2026-unknown')
    const body = { householdId, cmaId: set.id, name: 'Gold', riskLevel: 5, assetAllocation: { gold: 1 } }
    const answer = await user.request('POST', '/v1/planning/portfolio-models', { body })
    expect(answer.status).toBe(422)
    expect(answer.body.errors[0].path).toBe('body.assetAllocation.gold')
  })

  test('an allocation with too little volatility for a Sharpe ratio is refused', async () => {
    const assets = [{ key: 'stocks', name: 'Stocks', meanReturn: 0.07, volatility: 0.000_01 }, ...assumptions.assets.slice(1)]
    const { body: set } = await newSet('2026-calm', { ...assumptions, assets })
    const body = { householdId, cmaId: set.id, name: 'Calm', riskLevel: 1, assetAllocation: { stocks: 1 } }
    const answer = await user.request('POST', '/v1/planning/portfolio-models', { body })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'body.assetAllocation' }] } })
  })
})
