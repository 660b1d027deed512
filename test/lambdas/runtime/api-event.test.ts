import { createServer, request as send } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiEvent, type Match } from '../../../local/api-event.ts'
import { makeRouter } from '../../../local/router.ts'
import { routes } from '../../../lambdas/routes.ts'
import { gatewayEvent } from '../../support/events.ts'

const route = routes.find(candidate => candidate.id === 'planning/create-run')!
const match: Match = { route, params: { planId: 'p' } }
const claims = { sub: 'somebody', exp: 1_583_798_699, 'cognito:groups': ['admins', 'readers'], email_verified: true }

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', chunk => chunks.push(chunk))
  request.on('end', () => response.end(JSON.stringify(apiEvent(request, Buffer.concat(chunks), match, 'id', claims))))
})
let port = 0
beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' ? address!.port : 0
})
afterAll(() => new Promise(resolve => server.close(resolve)))

type Event = ReturnType<typeof apiEvent>

/** The event that a request on the wire becomes. */
const eventOf = (path: string, headers: Record<string, string | string[]> = {}, body: Buffer | string = ''): Promise<Event> =>
  new Promise((resolve, reject) => {
    const request = send({ host: '127.0.0.1', port, method: 'POST', path, headers }, response => {
      let text = ''
      response.on('data', chunk => (text += chunk))
      response.on('end', () => resolve(JSON.parse(text)))
    })
    request.on('error', reject).end(body)
  })

/** Every path of an object, without members in dictionaries. */
const shape = (value: unknown, path = ''): string[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path]
  if (/\.(headers|claims|queryStringParameters|pathParameters)$/.test(path)) return [path]
  return Object.entries(value).flatMap(([name, member]) => shape(member, `${path}.${name}`))
}

describe('the local gateway', () => {
  test('makes events of the same form as API Gateway', async () => {
    const event = await eventOf('/v1/x?a=1', { 'content-type': 'application/json', cookie: 'a=1; b=2' }, '{}')
    expect(shape(event).toSorted()).toEqual(shape(gatewayEvent()).toSorted())
    expect(event).toMatchObject({ version: '2.0', routeKey: `POST ${route.path}`, requestContext: { requestId: 'id', stage: '$default' } })
  })

  test('gives claims as text, lists as [a b]', async () => {
    const event = await eventOf('/')
    expect(event.requestContext.authorizer.jwt.claims).toEqual({
      sub: 'somebody',
      exp: '1583798699',
      'cognito:groups': '[admins readers]',
      email_verified: 'true',
    })
  })

  test('joins repeated query parameters by commas, decoded, and keeps the query as it came', async () => {
    const event = await eventOf('/v1/x?b=2&a=%20x&b=3&c=&d')
    expect(event.queryStringParameters).toEqual({ b: '2,3', a: ' x', c: '', d: '' })
    expect(event.rawQueryString).toBe('b=2&a=%20x&b=3&c=&d')
    expect((await eventOf('/v1/x')).queryStringParameters).toBeUndefined()
  })

  test('takes cookies out into a list, and joins repeated headers', async () => {
    const event = await eventOf('/', { cookie: 'a=1; b=2', 'x-note': ['one', 'two'] })
    expect(event.cookies).toEqual(['a=1', 'b=2'])
    expect(event.headers['x-note']).toMatch(/^one, ?two$/)
    expect((await eventOf('/')).cookies).toBeUndefined()
  })

  test.each([
    ['application/json', '{"a":"ü"}', false],
    ['application/problem+json', '{}', false],
    ['text/csv', 'a,b', false],
    ['application/octet-stream', 'abc', true],
    ['image/png', '\x89PNG', true],
  ])('%s: the body %s in base64: %s', async (contentType, body, isBase64Encoded) => {
    const event = await eventOf('/', { 'content-type': contentType }, body)
    expect(event.isBase64Encoded).toBe(isBase64Encoded)
    expect(Buffer.from(event.body!, isBase64Encoded ? 'base64' : 'utf8').toString()).toBe(body)
  })

  test('gives text that is not UTF-8 in base64, byte by byte', async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x7d])
    const event = await eventOf('/', { 'content-type': 'application/json' }, bytes)
    expect(event.isBase64Encoded).toBe(true)
    expect(Buffer.from(event.body!, 'base64')).toEqual(bytes)
  })

  test('has no body member when there is no body', async () => {
    expect(await eventOf('/')).not.toHaveProperty('body')
  })
})

describe('the router', () => {
  const find = makeRouter(routes)
  const id = '01990000-0000-7000-8000-000000000001'

  test.each(routes.map(({ id, method, path }) => [id, method, path] as const))('finds %s', (name, method, path) => {
    const found = find(method, path.replaceAll(/\{\w+\}/g, 'x%20y'))
    expect(found).toMatchObject({ route: { id: name } })
    expect(Object.values('params' in found ? found.params : {}).every(value => value === 'x y')).toBe(true)
  })

  test('prefers the path with more words', () => {
    const table = ['/v1/planning/plans/{planId}', '/v1/planning/plans/newest', '/v1/planning/{kind}/newest'].map(path => ({
      ...route,
      path,
    }))
    const [word, any] = [makeRouter(table)('POST', '/v1/planning/plans/newest'), makeRouter(table)('POST', `/v1/planning/plans/${id}`)]
    expect(word).toMatchObject({ route: { path: '/v1/planning/plans/newest' }, params: {} })
    expect(any).toMatchObject({ params: { planId: id } })
  })

  test('lists the allowed methods of a path, and none for an unknown path', () => {
    expect(find('PUT', '/v1/planning/plans')).toEqual({ allowed: ['GET', 'HEAD', 'POST'] })
    expect(find('GET', '/v1/planning/plans/a/b/c/d')).toEqual({ allowed: [] })
    expect(find('GET', '/v1/planning/plans/')).toEqual({ allowed: [] })
    expect(find('GET', '/healthXjson')).toEqual({ allowed: [] })
  })
})
