import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sql } from '../../db/connections.ts'
import { type Answer, newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../support/platform.ts'
import { routes } from '../../lambdas/routes.ts'
import { writeCursor } from '../../lambdas/runtime/pagination.ts'
import { at, countRows, type Expected, expectProblem, type RefusedCase, testRefusals } from '../support/problems.ts'

const unknownId = '01990000-0000-7000-8000-000000000001'

let platform: TestPlatform
let administrator: Sql
let user: TestUser
let own: {
  readonly planId: string
  readonly householdId: string
  readonly cmaId: string
  readonly portfolioModelId: string
  readonly inputId: string
}
let foreign: { readonly planId: string; readonly householdId: string }
beforeAll(async () => {
  platform = await startTestPlatform()
  administrator = platform.database.connect('postgres')
  user = await platform.newUser()
  const { householdId, plan, planId } = await newPlan(user)
  const inputs = await user.request('GET', `/v1/planning/plans/${planId}/inputs`)
  own = { planId, householdId, cmaId: plan.cmaId, portfolioModelId: plan.portfolioModelId, inputId: inputs.body.items[0].id }
  foreign = await newPlan(await platform.newUser())
})
afterAll(() => platform.close())

const refused = (cases: readonly RefusedCase[]) => testRefusals(() => ({ user, administrator }), cases)
const get = (path: string | (() => string), expected: Expected): RefusedCase => [
  `GET ${typeof path === 'string' ? path : 'another user’s'}`,
  () => ['GET', typeof path === 'string' ? path : path()],
  expected,
]

describe('ids', () => {
  refused([
    get('/v1/planning/plans/1', at(400, 'path.planId')),
    get('/v1/planning/plans/not-a-uuid', at(400, 'path.planId')),
    get("/v1/planning/plans/'%20or%20true--", at(400, 'path.planId')),
    get('/v1/planning/plans/%00', at(400, 'path.planId')),
    get('/v1/planning/plans/%zz', at(400, 'path.planId')),
    get('/v1/planning/plans/%ed%a0%80', at(400, 'path.planId')),
    get('/v1/planning/plans/..%2f..%2fhealth', at(400, 'path.planId')),
    get(`/v1/planning/plans/${unknownId}%00`, at(400, 'path.planId')),
    get(`/v1/planning/plans/${unknownId}`, at(404)),
    get(() => `/v1/planning/plans/${foreign.planId}`, at(404)),
    ['an input of another plan', () => ['DELETE', `/v1/planning/plans/${foreign.planId}/inputs/${own.inputId}`], at(404)],
    [
      'another user’s household',
      () => [
        'POST',
        '/v1/planning/plans',
        { body: { householdId: foreign.householdId, name: 'P', portfolioModelId: own.portfolioModelId, planningHorizonYears: 1 } },
      ],
      at(422, 'body.householdId'),
    ],
    [
      'another user’s plan as parent',
      () => [
        'POST',
        '/v1/planning/plans',
        {
          body: {
            householdId: own.householdId,
            parentPlanId: foreign.planId,
            name: 'P',
            portfolioModelId: own.portfolioModelId,
            planningHorizonYears: 1,
          },
        },
      ],
      at(422, 'body.parentPlanId'),
    ],
  ])
})

describe('queries', () => {
  refused([
    get('/v1/planning/plans?limit=0', at(400, 'query.limit')),
    get('/v1/planning/plans?limit=10000', at(400, 'query.limit')),
    get('/v1/planning/plans?limit=-1', at(400, 'query.limit')),
    get('/v1/planning/plans?limit=ten', at(400, 'query.limit')),
    get('/v1/planning/plans?limit=0x10', at(400, 'query.limit')),
    get('/v1/planning/plans?limit=1e1', at(400, 'query.limit')),
    get('/v1/market/bar-gaps?symbol=VTI&timeframe=1d&from=0000-01-01&until=2026-01-01', at(400, 'query.from')),
    get('/v1/market/bar-gaps?symbol=VTI&timeframe=1d&from=2026-01-01&until=9999-01-01', at(400, 'query.until')),
    get('/v1/planning/plans?limit=1.5', at(400, 'query.limit')),
    get('/v1/planning/plans?limit=', at(400, 'query.limit')),
    get('/v1/planning/plans?limit=5&limit=6', at(400, 'query.limit')),
    get('/v1/planning/plans?cursor=garbage', at(400, 'query.cursor')),
    get(`/v1/planning/plans?sort=name&cursor=${writeCursor('-name', ['a', unknownId])}`, at(400, 'query.cursor')),
    get(`/v1/planning/plans?sort=createdAt&cursor=${writeCursor('createdAt', ['x', unknownId])}`, at(400, 'query.cursor')),
    get('/v1/planning/plans?cursor=', at(400, 'query.cursor')),
    get(`/v1/planning/plans?cursor=${'A'.repeat(2501)}`, at(400, 'query.cursor')),
    get(`/v1/planning/plans?cursor=${Buffer.from("' or true --").toString('base64url')}`, at(400, 'query.cursor')),
    get('/v1/planning/plans?status=finished', at(400, 'query.status')),
    get('/v1/planning/plans?sort=householdId', at(400, 'query.sort')),
    get('/v1/planning/plans?sort=', at(400, 'query.sort')),
    get('/v1/planning/plans?count=1', at(400, 'query.count')),
    get('/v1/planning/plans?createdAtFrom=yesterday', at(400, 'query.createdAtFrom')),
    get('/v1/planning/plans?householdId=1', at(400, 'query.householdId')),
    get('/v1/operations/audit-logs?resourceType=%00', at(400, 'query.resourceType')),
  ])
})

describe('a body on a route that takes none', () => {
  const withoutBody = routes.filter(route => route.method !== 'GET' && route.access === 'write' && !route.body && !route.bulkBody)
  refused(
    withoutBody.map(route => [
      route.id,
      () => {
        const path = route.path.replaceAll(/\{\w+\}/g, unknownId)
        return [route.method, path, { body: { name: 'x' }, headers: { 'if-match': '*' } }]
      },
      at(400, 'body'),
    ]),
  )
})

describe('a malformed request of a member on a route for administrators', () => {
  refused(
    routes
      .filter(route => route.access === 'admin')
      .map(route => [route.id, () => [route.method, `${route.path.replaceAll(/\{\w+\}/g, '~')}?limit=x&unknown=1`], at(403)]),
  )
})

describe('headers', () => {
  const patch = (name: string, ifMatch: string | undefined, expected: Expected): RefusedCase => [
    name,
    () => {
      const headers: Record<string, string> = ifMatch === undefined ? {} : { 'if-match': ifMatch }
      return ['PATCH', `/v1/planning/plans/${own.planId}`, { body: { name: 'New' }, headers }]
    },
    expected,
  ]
  const keyed = (name: string, key: string): RefusedCase => [
    name,
    () => ['POST', '/v1/identity/households', { body: { name: 'Home', timezone: 'UTC' }, headers: { 'idempotency-key': key } }],
    at(400, 'header.idempotency-key'),
  ]
  refused([
    patch('no If-Match', undefined, at(428, 'header.if-match')),
    patch('an If-Match of words', 'latest', at(400, 'header.if-match')),
    patch('a weak If-Match', 'W/"v1"', at(400, 'header.if-match')),
    patch('an If-Match without quotes', 'v1', at(400, 'header.if-match')),
    patch('several tags in If-Match', '"v1", "v2"', at(400, 'header.if-match')),
    patch('a version beyond counting', '"v99999999999999999999"', at(400, 'header.if-match')),
    patch('a version that is not the present one', '"v7"', at(412)),
    keyed('an Idempotency-Key of 256 characters', 'k'.repeat(256)),
    keyed('an empty Idempotency-Key', ''),
    keyed('an Idempotency-Key with a space', 'two words'),
    keyed('an Idempotency-Key beyond ASCII', 'clé'),
  ])
})

describe('paths and methods', () => {
  refused([
    get('/v1/planning/nothing', at(404)),
    get('/', at(404)),
    get('/v1/planning/plans/', at(404)),
    get('/v2/planning/plans', at(404)),
    get('/V1/planning/plans', at(404)),
    ['DELETE where only GET and POST are allowed', () => ['DELETE', '/v1/planning/plans'], at(405)],
    ['POST to a page', () => ['POST', '/health', { body: {} }], at(405)],
    ['PROPFIND', () => ['PROPFIND', '/v1/planning/plans'], at(405)],
  ])

  test('405 lists the allowed methods', async () => {
    expect((await user.request('DELETE', '/v1/planning/plans')).headers.get('allow')).toBe('GET, HEAD, POST')
  })
})

test('SQL in a name is stored as text and not executed', async () => {
  const name = `Robert'); drop table identity.households; --`
  const before = await countRows(administrator)
  const made = await user.request('POST', '/v1/identity/households', { body: { name, timezone: 'UTC' } })
  expect(made.body.name).toBe(name)
  const read = await user.request('GET', `/v1/identity/households/${made.body.id}`)
  expect(read.body.name).toBe(name)
  expect((await countRows(administrator))['identity.households']).toBe(before['identity.households']! + 1)
})

describe('requests that no client library would send', () => {
  /** Sends the given bytes, and returns the whole answer. Uses HTTP/1.0, in which answers are not chunked. */
  const exchange = async (text: string): Promise<Answer> => {
    const { hostname, port } = new URL(platform.services.url)
    const socket = connect(Number(port), hostname)
    socket.write(text, 'latin1')
    const chunks: Buffer[] = []
    for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk)
    const received = Buffer.concat(chunks).toString('utf8')
    const [head = '', body = ''] = received.split('\r\n\r\n')
    const [statusLine = '', ...lines] = head.split('\r\n')
    const headers = new Headers(lines.map(line => line.split(/: (.*)/s).slice(0, 2) as [string, string]))
    return { status: Number(statusLine.split(' ')[1]), body: JSON.parse(body), headers }
  }
  const lines = (...parts: string[]) =>
    `${[...parts, `Host: ${new URL(platform.services.url).host}`, 'Connection: close'].join('\r\n')}\r\n\r\n`
  const signedIn = () => `Authorization: Bearer ${user.token}`

  test.each<readonly [string, () => string, Expected]>([
    ['a path out of the API', () => lines('GET /v1/planning/plans/../../../etc/passwd HTTP/1.0'), at(404)],
    ['another host’s address', () => lines('GET http://elsewhere.example/health HTTP/1.0'), at(404)],
    ['two slashes', () => lines('GET //health HTTP/1.0'), at(404)],
    ['a header in the path', () => lines(`GET /v1/planning/plans/x%0d%0aSet-Cookie:%20a=b HTTP/1.0`, signedIn()), at(400, 'path.planId')],
    [
      'a header in the query',
      () => lines(`GET /v1/planning/plans?cursor=x%0d%0aSet-Cookie:%20a=b HTTP/1.0`, signedIn()),
      at(400, 'query.cursor'),
    ],
    ['a header after a bare line feed', () => lines('GET /health HTTP/1.0', 'X-Note: a\nSet-Cookie: a=b'), at(400)],
    ['U+0000 in a header', () => lines('GET /health HTTP/1.0', 'X-Note: a\0b'), at(400)],
    ['no HTTP at all', () => 'HELLO\r\n\r\n', at(400)],
    ['an unknown method', () => lines('FETCH /health HTTP/1.0'), at(400)],
    ['two lengths of one body', () => lines('POST /v1/identity/sessions HTTP/1.0', 'Content-Length: 2', 'Content-Length: 5'), at(400)],
    ['headers of 100 KB', () => lines('GET /health HTTP/1.0', `X-Note: ${'a'.repeat(100_000)}`), at(431)],
  ])('%s', async (_, text, expected) => {
    const before = await countRows(administrator)
    const answer = await exchange(text())
    expectProblem(answer, expected)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await countRows(administrator)).toEqual(before)
  })

  test('a body that is not UTF-8 is refused, not stored with other characters', async () => {
    const body = '{"name":"caf\xe9","timezone":"UTC"}'
    const head = ['POST /v1/identity/households HTTP/1.0', signedIn(), 'Content-Type: application/json', `Content-Length: ${body.length}`]
    const answer = await exchange(lines(...head) + body)
    expect(answer.status).toBe(400)
    expectProblem(answer, at(400, 'body'))
  })
})
