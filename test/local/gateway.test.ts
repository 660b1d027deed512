import { request as send, type IncomingHttpHeaders } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { defineRoutes, type Route } from '../../lambdas/runtime/route.ts'
import { reply } from '../../lambdas/runtime/responses.ts'
import { problemDocument } from '../../lambdas/runtime/schemas.ts'
import * as z from 'zod'
import { type SignedGateway, startSignedGateway } from '../support/gateway.ts'

const declared = { backends: [], responses: { 200: reply('Done.') } } as const
const routes = Object.values(
  defineRoutes('operations', {
    'get-thing': { ...declared, method: 'GET', path: '/thing', summary: 'Get', access: 'public' },
    'create-thing': { ...declared, method: 'POST', path: '/things', summary: 'Create', access: 'write', body: z.unknown() },
    'hold-thing': { ...declared, method: 'GET', path: '/held', summary: 'Hold', access: 'public' },
    'send-wrong': { ...declared, method: 'GET', path: '/wrong', summary: 'Wrong', access: 'public' },
    'get-stuck': { ...declared, method: 'GET', path: '/stuck', summary: 'Stuck', access: 'public', timeoutSeconds: 0.05 },
  }),
) as readonly Route[]

const megabyte = 1024 * 1024
let release: () => void = () => undefined
const results: Readonly<Record<string, () => Promise<APIGatewayProxyStructuredResultV2>>> = {
  'get-thing': async () => ({
    statusCode: 200,
    headers: { 'content-type': 'text/plain' },
    cookies: ['a=1; Secure', 'b=2'],
    body: 'Grüezi',
  }),
  'create-thing': async () => ({ statusCode: 200, body: '{}' }),
  'hold-thing': () => new Promise(resolve => (release = () => resolve({ statusCode: 200 }))),
  'get-stuck': () => new Promise(() => undefined),
  'send-wrong': async () => ({ statusCode: 200, headers: { 'x-name': 'a\nb' } }),
}

interface Received {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

const open = async (options: Partial<Parameters<typeof startSignedGateway>[0]> = {}) => {
  const signed = await startSignedGateway({ routes, load: async ({ name }) => results[name]!, ...options })
  const port = Number(new URL(signed.gateway.url).port)
  const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Received> =>
    new Promise((resolve, reject) => {
      const request = send({ host: '127.0.0.1', port, method, path, headers, agent: false }, response => {
        let text = ''
        response.on('data', chunk => (text += chunk))
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: text }))
      })
      request.on('error', reject).end(body)
    })
  return { ...signed, port, ask }
}

let shared: SignedGateway & Awaited<ReturnType<typeof open>>
let token: string
beforeAll(async () => {
  shared = await open()
  token = await shared.sign()
})
afterAll(() => shared.close())

/** Sends the start of a request and no more. `status` resolves with the status of the answer, `closed` at the end of the connection. */
const stall = (port: number, lines: readonly string[], part: string | Buffer = '{') => {
  const socket: Socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  const closed = new Promise(resolve => socket.once('close', resolve))
  const status = new Promise<number>(resolve => socket.once('data', bytes => resolve(Number(bytes.toString('latin1').split(' ')[1]))))
  socket.on('error', () => undefined)
  socket.write(`${[...lines, `Host: 127.0.0.1:${port}`].join('\r\n')}\r\n\r\n`)
  socket.write(part)
  return { status, closed, end: () => socket.destroy() }
}

describe('an answer', () => {
  test('carries the cookies of its handler', async () => {
    expect((await shared.ask('GET', '/thing')).headers['set-cookie']).toEqual(['a=1; Secure', 'b=2'])
  })

  test('to HEAD is that to GET without the body', async () => {
    const { body: text, headers: full, status } = await shared.ask('GET', '/thing')
    const head = await shared.ask('HEAD', '/thing')
    expect([text, full['content-length']]).toEqual(['Grüezi', '7'])
    expect([head.status, head.body, { ...head.headers, date: full.date }]).toEqual([status, '', full])
    expect((await shared.ask('HEAD', '/things')).status).toBe(405)
  })

  test('with a header that cannot be sent is a 500, and the gateway goes on', async () => {
    expect((await shared.ask('GET', '/wrong')).status).toBe(500)
    expect((await shared.ask('GET', '/thing')).status).toBe(200)
  })

  test('is a 503 after the timeout of its route', async () => {
    const stuck = await shared.ask('GET', '/stuck')
    expect(stuck.status).toBe(503)
    expect(problemDocument.parse(JSON.parse(stuck.body)).detail).toContain('0.05 seconds')
  })

  test.each([
    ['no route', 'GET', '/nothing', {}, 404],
    ['another method', 'DELETE', '/thing', {}, 405],
    ['no token', 'POST', '/things', {}, 401],
    ['a foreign host', 'GET', '/thing', { host: 'example.com' }, 421],
  ])('to a request with %s has the security headers', async (_, method, path, headers, status) => {
    const answer = await shared.ask(method, path, headers)
    expect(answer).toMatchObject({
      status,
      headers: {
        'content-type': 'application/problem+json',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'x-request-id': expect.any(String),
      },
    })
    expect(answer.headers).not.toHaveProperty('strict-transport-security')
    expect(problemDocument.parse(JSON.parse(answer.body)).status).toBe(status)
  })
})

describe('a host or an origin', () => {
  test.each<[string, Record<string, string>, number]>([
    ['of another name', { host: 'rebound.example' }, 421],
    ['of another port', { host: '127.0.0.1:1' }, 421],
    ['that begins like this one', { host: '127.0.0.1.rebound.example' }, 421],
    ['of another site', { origin: 'https://example.com' }, 403],
    ['that is hidden', { origin: 'null' }, 403],
    ['of another program on this machine', { origin: 'http://localhost:1' }, 403],
  ])('%s is refused', async (_, headers, status) => {
    expect((await shared.ask('GET', '/thing', headers)).status).toBe(status)
  })

  test('of this server is accepted by both its names', async () => {
    for (const name of ['127.0.0.1', 'LOCALHOST']) {
      const host = `${name}:${shared.port}`
      expect((await shared.ask('GET', '/thing', { host, origin: `http://${host.toLowerCase()}` })).status).toBe(200)
    }
  })
})

describe('before its body has arrived', () => {
  test.each([
    ['without a route', ['POST /nothing HTTP/1.1', 'Content-Length: 1000'], 404],
    ['of another method', ['PUT /things HTTP/1.1', 'Content-Length: 1000'], 405],
    ['without a token', ['POST /things HTTP/1.1', 'Content-Length: 1000'], 401],
    ['with a false token', ['POST /things HTTP/1.1', 'Content-Length: 1000', 'Authorization: Bearer a.b.c'], 401],
  ])('a request %s is refused', async (_, lines, status) => {
    expect(await stall(shared.port, lines).status).toBe(status)
  })

  test('a request with too long a Content-Length is refused', async () => {
    const lines = ['POST /things HTTP/1.1', `Authorization: Bearer ${token}`, `Content-Length: ${megabyte + 1}`]
    expect(await stall(shared.port, lines).status).toBe(413)
  })

  test('a client that asks before sending is answered at once', async () => {
    const asking = ['POST /things HTTP/1.1', 'Expect: 100-continue', 'Content-Length: 1000']
    expect(await stall(shared.port, asking, '').status).toBe(401)
    expect(await stall(shared.port, [...asking, `Authorization: Bearer ${token}`], '').status).toBe(100)
  })
})

test('a body without Content-Length is refused at its limit, and its connection can be used again', async () => {
  const headers = { authorization: `Bearer ${token}`, 'transfer-encoding': 'chunked' }
  expect((await shared.ask('POST', '/things', headers, ' '.repeat(3 * megabyte))).status).toBe(413)
  expect((await shared.ask('POST', '/things', headers, ' '.repeat(megabyte))).status).toBe(200)
})

test('stalled bodies keep no one out, and are ended', async () => {
  const own = await open({ requestTimeoutMilliseconds: 2_000, requestsLimit: 2 })
  onTestFinished(() => own.close())
  const lines = ['POST /things HTTP/1.1', `Authorization: Bearer ${await own.sign()}`, 'Content-Length: 1000000']
  const stalled = Array.from({ length: 120 }, () => stall(own.port, lines))
  expect((await own.ask('GET', '/thing')).status).toBe(200)
  expect(await Promise.all(stalled.map(({ status }) => status))).toEqual(stalled.map(() => 408))
  await Promise.all(stalled.map(({ closed }) => closed))
})

test('a refused request that goes on stalling is ended without a second answer', async () => {
  const own = await open({ requestTimeoutMilliseconds: 500 })
  onTestFinished(() => own.close())
  const { closed, status } = stall(own.port, ['POST /things HTTP/1.1', 'Content-Length: 1000'])
  expect(await status).toBe(401)
  await closed
})

test('more bodies than the memory for them are 503s, and the memory comes back', async () => {
  const own = await open()
  onTestFinished(() => own.close())
  const token = await own.sign()
  const lines = ['POST /things HTTP/1.1', `Authorization: Bearer ${token}`, 'Content-Length: 1000000']
  const part = Buffer.alloc(999_000, ' ')
  const stalled = Array.from({ length: 80 }, () => stall(own.port, lines, part))
  const refused = await Promise.race(stalled.map(({ status }) => status))
  expect(refused).toBe(503)
  for (const { end } of stalled) end()
  const whole = () => own.ask('POST', '/things', { authorization: `Bearer ${token}` }, ' '.repeat(megabyte))
  let answer = await whole()
  while (answer.status === 503) answer = await whole()
  expect(answer.status).toBe(200)
})

test('more requests at a time than the limit are 503s that say when to come back', async () => {
  const own = await open({ requestsLimit: 1 })
  onTestFinished(() => own.close())
  const held = own.ask('GET', '/held')
  let full = await own.ask('GET', '/thing')
  while (full.status === 200) full = await own.ask('GET', '/thing')
  expect(full).toMatchObject({ status: 503, headers: { 'retry-after': '1' } })
  release()
  expect((await held).status).toBe(200)
  let free = await own.ask('GET', '/thing')
  while (free.status === 503) free = await own.ask('GET', '/thing')
  expect(free.status).toBe(200)
})
