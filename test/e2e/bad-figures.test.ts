import { afterAll, beforeAll, describe } from 'vitest'
import type { Sql } from '../../db/connections.ts'
import { newHousehold, startTestPlatform, type TestPlatform, type TestUser } from '../support/platform.ts'
import { at, type Expected, type RefusedCase, testRefusals } from '../support/problems.ts'

let platform: TestPlatform
let administrator: Sql
let user: TestUser
let cmaId: string
let householdId: string
beforeAll(async () => {
  platform = await startTestPlatform()
  administrator = platform.database.connect('postgres')
  user = await platform.newUser()
  householdId = await newHousehold(user)
  cmaId = (await user.request('GET', '/v1/planning/assumption-sets')).body.items[0].id
})
afterAll(() => platform.close())

const refused = (cases: readonly RefusedCase[]) => testRefusals(() => ({ user, administrator }), cases)

describe('assumptions that contradict themselves', () => {
  const assets = ['a', 'b', 'c'].map(key => ({ key, name: key, meanReturn: 0.05, volatility: 0.1 }))
  const assumptions = (name: string, changes: Record<string, unknown>, expected: Expected): RefusedCase => [
    name,
    () => {
      const correlation = [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]
      const document = { assets, inflation: { mean: 0.02, volatility: 0.01 }, correlation, ...changes }
      return [
        'POST',
        '/v1/planning/assumption-sets',
        { body: { householdId, version: '1', name: 'Mine', effectiveDate: '2026-01-01', assumptions: document } },
      ]
    },
    expected,
  ]
  const field = 'body.assumptions.correlation'
  refused([
    assumptions(
      'not positive semi-definite',
      {
        correlation: [
          [1, 0.9, -0.9],
          [0.9, 1, 0.9],
          [-0.9, 0.9, 1],
        ],
      },
      at(422, field),
    ),
    assumptions(
      'not symmetric',
      {
        correlation: [
          [1, 0.5, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      },
      at(422, `${field}.1.0`),
    ),
    assumptions(
      'a row too few',
      {
        correlation: [
          [1, 0, 0],
          [0, 1, 0],
        ],
      },
      at(422, field),
    ),
    assumptions(
      'a column too few',
      {
        correlation: [
          [1, 0],
          [0, 1],
          [0, 0],
        ],
      },
      at(422, field),
    ),
    assumptions(
      'a diagonal that is not one',
      {
        correlation: [
          [0.5, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      },
      at(422, `${field}.0.0`),
    ),
    assumptions(
      'a correlation above one',
      {
        correlation: [
          [1, 1.1, 0],
          [1.1, 1, 0],
          [0, 0, 1],
        ],
      },
      at(400, `${field}.0.1`),
    ),
    assumptions(
      'text for a number',
      {
        correlation: [
          ['1', 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      },
      at(400, `${field}.0.0`),
    ),
    assumptions('an asset class twice', { assets: [assets[0], assets[0], assets[2]] }, at(422, 'body.assumptions.assets.1.key')),
    assumptions(
      'a negative volatility',
      { inflation: { mean: 0.02, volatility: -0.01 } },
      at(400, 'body.assumptions.inflation.volatility'),
    ),
    assumptions('no asset class', { assets: [], correlation: [] }, at(400, 'body.assumptions.assets')),
    assumptions(
      'inflation correlated with too few',
      { inflation: { mean: 0.02, volatility: 0.01, correlation: [0] } },
      at(422, 'body.assumptions.inflation.correlation'),
    ),
  ])
})

describe('allocations', () => {
  const allocation = (assetAllocation: unknown, expected: Expected): RefusedCase => [
    JSON.stringify(assetAllocation),
    () => ['POST', '/v1/planning/portfolio-models', { body: { householdId, cmaId, name: 'Mine', riskLevel: 5, assetAllocation } }],
    expected,
  ]
  refused([
    allocation({ us_bonds: 0.5, us_large_cap: 0.4 }, at(400, 'body.assetAllocation')),
    allocation({ us_bonds: 1.5, us_large_cap: -0.5 }, at(400, 'body.assetAllocation.us_bonds')),
    allocation({ us_bonds: '1' }, at(400, 'body.assetAllocation.us_bonds')),
    allocation({}, at(400, 'body.assetAllocation')),
    allocation([1], at(400, 'body.assetAllocation')),
    allocation({ moon_rock: 1 }, at(422, 'body.assetAllocation.moon_rock')),
    allocation({ 'US Bonds': 1 }, at(400, 'body.assetAllocation.US Bonds')),
  ])
})
