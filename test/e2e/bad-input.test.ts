import { afterAll, beforeAll, describe } from 'vitest'
import type { Sql } from '../../db/connections.ts'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../support/platform.ts'
import { at, type Expected, type RefusedCase, testRefusals } from '../support/problems.ts'

let platform: TestPlatform
let administrator: Sql
let user: TestUser
let made: { readonly planId: string; readonly householdId: string; readonly portfolioModelId: string }
beforeAll(async () => {
  platform = await startTestPlatform()
  administrator = platform.database.connect('postgres')
  user = await platform.newUser()
  const { householdId, plan, planId } = await newPlan(user)
  made = { planId, householdId, portfolioModelId: plan.portfolioModelId }
})
afterAll(() => platform.close())

const refused = (cases: readonly RefusedCase[]) => testRefusals(() => ({ user, administrator }), cases)
const plan = (changes: Record<string, unknown>, expected: Expected, name = JSON.stringify(changes)): RefusedCase => [
  `a plan with ${name}`,
  () => {
    const body = { householdId: made.householdId, name: 'P', portfolioModelId: made.portfolioModelId, planningHorizonYears: 30, ...changes }
    return ['POST', '/v1/planning/plans', { body }]
  },
  expected,
]
const raw = (name: string, rawBody: string, expected: Expected, headers: Record<string, string> = {}): RefusedCase => [
  name,
  () => ['POST', '/v1/identity/households', { rawBody, headers }],
  expected,
]
const household = (changes: Record<string, unknown>, expected: Expected): RefusedCase => [
  `a household with ${JSON.stringify(changes)}`,
  () => ['POST', '/v1/identity/households', { body: { name: 'Home', timezone: 'UTC', ...changes } }],
  expected,
]
const input = (inputType: string, inputValue: Record<string, unknown>, field: string): RefusedCase => [
  `a ${inputType} with ${JSON.stringify(inputValue)}`,
  () => ['POST', `/v1/planning/plans/${made.planId}/inputs`, { body: { inputType, inputName: 'New', inputValue } }],
  at(400, `body.inputValue.${field}`),
]

describe('a body that is not JSON', () => {
  refused([
    raw('words', 'name=Home', at(400, 'body')),
    raw('half of it', '{"name":"Home"', at(400, 'body')),
    raw('NaN', '{"name":"Home","timezone":NaN}', at(400, 'body')),
    raw('Infinity', '{"name":-Infinity}', at(400, 'body')),
    raw('a comment', '{"name":"Home" /* sweet */}', at(400, 'body')),
    raw('a trailing comma', '{"name":"Home",}', at(400, 'body')),
    raw('single quotes', "{'name':'Home'}", at(400, 'body')),
    raw('another content type', '{"name":"Home","timezone":"UTC"}', at(415), { 'content-type': 'text/plain' }),
    raw('a form', 'name=Home', at(415), { 'content-type': 'application/x-www-form-urlencoded' }),
    raw('XML', '<name>Home</name>', at(415), { 'content-type': 'application/xml' }),
    ['no body at all', () => ['POST', '/v1/identity/households'], at(400, 'body')],
    raw('an array', '[]', at(400, 'body')),
    raw('null', 'null', at(400, 'body')),
    raw('a bare string', '"Home"', at(400, 'body')),
  ])
})

describe('characters and nesting that cannot be stored', () => {
  const half = '\\ud800'
  refused([
    raw('U+0000, escaped', '{"name":"Ho\\u0000me","timezone":"UTC"}', at(400, 'body.name')),
    raw('U+0000 in a name', '{"name":"Home","timezone":"UTC","a\\u0000b":1}', at(400, 'body')),
    raw('half a surrogate pair', `{"name":"Ho${half}me","timezone":"UTC"}`, at(400, 'body.name')),
    raw('half a surrogate pair in a name', `{"${half}":1}`, at(400, 'body')),
    raw('2 MB', JSON.stringify({ name: 'x'.repeat(2_000_000), timezone: 'UTC' }), at(413)),
    raw('11 MB', JSON.stringify({ name: 'x'.repeat(11_000_000), timezone: 'UTC' }), at(413)),
    raw('100,000 levels of arrays', '['.repeat(100_000) + ']'.repeat(100_000), at(400)),
    raw('100,000 levels of objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, at(400)),
    [
      'deep settings',
      () => [
        'PATCH',
        '/v1/identity/preferences',
        { rawBody: `{"trading":{"a":${'['.repeat(5000)}${']'.repeat(5000)}}}`, headers: { 'if-match': '*' } },
      ],
      at(400),
    ],
    [
      'U+0000 deep in settings',
      () => ['PATCH', '/v1/identity/preferences', { rawBody: '{"trading":{"a":["\\u0000"]}}', headers: { 'if-match': '*' } }],
      at(400, 'body.trading.a.0'),
    ],
    [
      'an infinity in settings',
      () => ['PATCH', '/v1/identity/preferences', { rawBody: '{"trading":{"a":1e999}}', headers: { 'if-match': '*' } }],
      at(400, 'body.trading.a'),
    ],
  ])
})

describe('wrong types and values', () => {
  refused([
    plan({ surprise: 1 }, at(400, 'body.surprise')),
    plan({ __proto__: undefined, constructor: 1 }, at(400, 'body.constructor')),
    plan({ name: 5 }, at(400, 'body.name')),
    plan({ name: null }, at(400, 'body.name')),
    plan({ name: '   ' }, at(400, 'body.name')),
    plan({ name: 'x'.repeat(256) }, at(400, 'body.name'), 'a name of 256 characters'),
    plan({ planningHorizonYears: '30' }, at(400, 'body.planningHorizonYears')),
    plan({ planningHorizonYears: 0 }, at(400, 'body.planningHorizonYears')),
    plan({ planningHorizonYears: 500 }, at(400, 'body.planningHorizonYears')),
    plan({ planningHorizonYears: -1 }, at(400, 'body.planningHorizonYears')),
    plan({ planningHorizonYears: 30.5 }, at(400, 'body.planningHorizonYears')),
    plan({ planningHorizonYears: [30] }, at(400, 'body.planningHorizonYears')),
    plan({ monteCarloIterations: 1e9 }, at(400, 'body.monteCarloIterations')),
    plan({ monteCarloIterations: 0 }, at(400, 'body.monteCarloIterations')),
    plan({ stepsPerYear: 4 }, at(400, 'body.stepsPerYear')),
    plan({ randomSeed: 42 }, at(400, 'body.randomSeed')),
    plan({ randomSeed: '9223372036854775808' }, at(400, 'body.randomSeed')),
    plan({ randomSeed: '0x10' }, at(400, 'body.randomSeed')),
    plan({ confidenceLevel: 1 }, at(400, 'body.confidenceLevel')),
    plan({ asOfDate: '2026-02-30' }, at(400, 'body.asOfDate')),
    plan({ asOfDate: '0000-01-01' }, at(400, 'body.asOfDate')),
    plan({ asOfDate: '2026-01-01T00:00:00Z' }, at(400, 'body.asOfDate')),
    plan({ tags: 'retirement' }, at(400, 'body.tags')),
    plan({ tags: Array.from({ length: 21 }, () => 'tag') }, at(400, 'body.tags'), '21 tags'),
    household({ timezone: 'Mars/Olympus_Mons' }, at(400, 'body.timezone')),
    household({ timezone: '+05:00' }, at(400, 'body.timezone')),
    household({ timezone: '' }, at(400, 'body.timezone')),
    household({ currency: 'DOGE' }, at(400, 'body.currency')),
    household({ currency: 'usd' }, at(400, 'body.currency')),
    input('person', { birthDate: '1981-04-12', retirementAge: -1 }, 'retirementAge'),
    input('person', { birthDate: '1981-04-12', retirementAge: 121 }, 'retirementAge'),
    input('person', { birthDate: 'yesterday', retirementAge: 65 }, 'birthDate'),
    input('account', { balance: 1000 }, 'balance'),
    input('account', { balance: 1000.5 }, 'balance'),
    input('account', { balance: '1000.555' }, 'balance'),
    input('account', { balance: '-1.00' }, 'balance'),
    input('account', { balance: '1e6' }, 'balance'),
    input('account', { balance: '1,000.00' }, 'balance'),
    input('account', { balance: ' 1.00' }, 'balance'),
    input('account', { balance: '99999999999999.00' }, 'balance'),
    input('account', { balance: 'NaN' }, 'balance'),
    input('contribution', { annualAmount: '1.00', startYear: -1 }, 'startYear'),
    input('withdrawal', { annualAmount: '1.00', startYear: 5, endYear: 5 }, 'endYear'),
    input('withdrawal', { annualAmount: '1.00', indexedToInflation: 'true' }, 'indexedToInflation'),
    [
      'an input of no known type',
      () => ['POST', `/v1/planning/plans/${made.planId}/inputs`, { body: { inputType: 'lottery', inputName: 'x', inputValue: {} } }],
      at(400, 'body.inputType'),
    ],
    [
      '10^9 iterations of a run',
      () => ['POST', `/v1/planning/plans/${made.planId}/runs`, { body: { iterations: 1e9 } }],
      at(400, 'body.iterations'),
    ],
    ['65 shards', () => ['POST', `/v1/planning/plans/${made.planId}/runs`, { body: { shards: 65 } }], at(400, 'body.shards')],
  ])
})
