import * as z from 'zod'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { logger } from '../../../lambdas/runtime/observability.ts'
import { Problem } from '../../../lambdas/runtime/problem.ts'
import type { HttpEvent } from '../../../lambdas/runtime/request.ts'
import { reply } from '../../../lambdas/runtime/responses.ts'
import { defineRoutes } from '../../../lambdas/runtime/route.ts'
import { noContent, ok, serve } from '../../../lambdas/runtime/serve.ts'
import { problemDocument } from '../../../lambdas/runtime/schemas.ts'
import { context, gatewayEvent, requestId } from '../../support/events.ts'

// Routes without backends, so that the tests check only `serve`.
const trials = defineRoutes('planning', {
  'create-trial': {
    method: 'POST',
    path: '/v1/planning/trials/{trialId}',
    summary: 'A trial',
    access: 'write',
    backends: [],
    params: z.strictObject({ trialId: z.uuid() }),
    query: z.strictObject({ parameter1: z.string().optional(), parameter2: z.string().optional() }),
    body: z.strictObject({ text: z.string() }),
    responses: { 200: reply('It.', z.strictObject({ text: z.string() })) },
  },
  'delete-trial': {
    method: 'DELETE',
    path: '/v1/planning/trials/{trialId}',
    summary: 'The end of it',
    access: 'public',
    backends: [],
    responses: { 204: reply('Gone.') },
  },
})

let seen: { readonly accessToken: () => string } | undefined
const handler = serve(trials['create-trial'], async given => {
  seen = given
  return ok({ text: given.body.text }, 3)
})
const failing = (error: unknown) =>
  serve(trials['create-trial'], () => {
    throw error
  })

const answer = async (event: HttpEvent, handle = handler) => {
  const { body, headers, statusCode } = await handle(event, context)
  return { status: statusCode, headers, body: body === undefined ? undefined : JSON.parse(body) }
}

beforeEach(() => {
  seen = undefined
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  vi.stubEnv('RESPONSE_VALIDATION', 'on')
})

const commonHeaders = {
  'x-request-id': requestId,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
}

test.each(['dev', 'prod'])('in the environment %s, answers and problems say that HTTPS is required', async name => {
  vi.stubEnv('NESTEGG_ENVIRONMENT', name)
  const secure = { 'strict-transport-security': 'max-age=31536000' }
  expect((await answer(gatewayEvent())).headers).toMatchObject({ ...commonHeaders, ...secure })
  expect(await answer(gatewayEvent(), failing(new Error('secret')))).toMatchObject({
    status: 500,
    headers: { ...commonHeaders, ...secure },
  })
})

describe('an event of API Gateway', () => {
  test('is parsed and answered', async () => {
    const result = await answer(gatewayEvent())
    expect(result).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', ...commonHeaders, etag: '"v3"' },
      body: { text: 'Grüezi' },
    })
    expect(seen).toMatchObject({
      params: { trialId: '01990000-0000-7000-8000-000000000001' },
      query: { parameter1: 'value1,value2', parameter2: 'value' },
      body: { text: 'Grüezi' },
      caller: { subject: '11111111-2222-3333-4444-555555555555', sessionId: 'sign-in' },
      request: { requestId, route: 'planning/create-trial', sessionId: 'sign-in', ipAddress: '192.0.2.1', userAgent: 'curl/8.5.0' },
      expectedVersion: undefined,
    })
    expect(seen?.accessToken()).toBe('header.payload.signature')
  })

  test('may carry its body in base64', async () => {
    const body = Buffer.from('{"text":"Grüezi"}').toString('base64')
    expect((await answer(gatewayEvent({ body, isBase64Encoded: true }))).body).toEqual({ text: 'Grüezi' })
    const notUtf8 = Buffer.from('{"text":"Gr\xfcezi"}', 'latin1').toString('base64')
    expect(await answer(gatewayEvent({ body: notUtf8, isBase64Encoded: true }))).toMatchObject({ status: 400 })
  })

  test('may have neither query nor path parameters nor body', async () => {
    const { body: _, cookies, pathParameters, queryStringParameters, ...bare } = gatewayEvent()
    expect([cookies, pathParameters, queryStringParameters]).not.toContain(undefined)
    expect(await answer(bare as HttpEvent)).toMatchObject({ status: 400, body: { errors: [{ path: 'path.trialId' }] } })
    const withoutBody = { ...bare, pathParameters } as HttpEvent
    expect(await answer(withoutBody)).toMatchObject({ status: 400, body: { errors: [{ path: 'body' }] } })
    expect(await serve(trials['delete-trial'], async () => noContent())(bare as HttpEvent, context)).toEqual({
      statusCode: 204,
      headers: commonHeaders,
    })
  })

  test.each([
    ['no subject', { sub: '' }],
    ['an ID token', { token_use: 'id' }],
    ['a list where a word belongs', { token_use: '[access id]' }],
  ])('with the claims of %s is refused', async (_, claims) => {
    const result = await answer(gatewayEvent({}, claims))
    expect(result).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } })
    expect(seen).toBeUndefined()
  })

  test('without an authorizer is refused', async () => {
    const event = gatewayEvent()
    const { authorizer: _, ...requestContext } = event.requestContext as typeof event.requestContext & { authorizer: unknown }
    expect((await answer({ ...event, requestContext })).status).toBe(401)
  })

  test.each([
    [undefined, 200],
    ['application/json', 200],
    ['APPLICATION/JSON ; charset=utf-8', 200],
    ['application/merge-patch+json', 200],
    ['text/plain', 415],
    ['multipart/form-data; boundary=x', 415],
  ])('with the content type %s is answered with %i', async (contentType, status) => {
    const event = gatewayEvent()
    const { 'content-type': _, ...headers } = event.headers
    expect((await answer({ ...event, headers: { ...headers, ...(contentType && { 'content-type': contentType }) } })).status).toBe(status)
  })
})

describe('an unexpected error', () => {
  test('is hidden from the caller, and logged with all details', async () => {
    const logged = vi.spyOn(logger, 'error')
    const cause = new Error('password of nestegg_write is hunter2')
    const error = new Error('Failed query: select secret from identity.users', { cause })
    const result = await answer(gatewayEvent(), failing(error))
    expect(problemDocument.parse(result.body)).toEqual({
      type: '/problems/internal',
      title: 'Internal error',
      status: 500,
      detail: 'The request failed because of a fault in the server.',
      instance: '/v1/planning/trials/01990000-0000-7000-8000-000000000001',
      requestId,
    })
    expect(logged).toHaveBeenCalledExactlyOnceWith('request failed', { error })
  })

  test.each([[new Error('x')], ['a text'], [undefined], [null], [{ code: 42 }], [Object.assign(new Error('x'), { code: 'EACCES' })]])(
    'is a 500 whatever was thrown: %s',
    async thrown => {
      vi.spyOn(logger, 'error').mockImplementation(() => undefined)
      expect((await answer(gatewayEvent(), failing(thrown))).status).toBe(500)
    },
  )

  test('is also an answer outside its schema, or with an undeclared status', async () => {
    const logged = vi.spyOn(logger, 'error').mockImplementation(() => undefined)
    const wrongBody = serve(trials['create-trial'], async () => ok({ text: 5 }))
    const wrongStatus = serve(trials['create-trial'], async () => noContent())
    expect((await answer(gatewayEvent(), wrongBody)).status).toBe(500)
    expect((await answer(gatewayEvent(), wrongStatus)).status).toBe(500)
    const words = logged.mock.calls.map(([, extra]) => String(Reflect.get(extra as object, 'error')))
    expect(words).toEqual([expect.stringContaining('outside its schema'), expect.stringContaining('does not declare')])
    vi.stubEnv('RESPONSE_VALIDATION', 'off')
    expect((await answer(gatewayEvent(), wrongBody)).status).toBe(200)
  })

  test('is also a problem with a status that the route does not declare', async () => {
    const logged = vi.spyOn(logger, 'error').mockImplementation(() => undefined)
    const undeclared = failing(new Problem('already-exists', 'There is one already.'))
    expect((await answer(gatewayEvent(), undeclared)).status).toBe(500)
    const [, extra] = logged.mock.calls[0]!
    expect(String(Reflect.get(extra as object, 'error'))).toContain('planning/create-trial answered 409, which it does not declare')
    vi.stubEnv('RESPONSE_VALIDATION', 'off')
    expect((await answer(gatewayEvent(), undeclared)).status).toBe(409)
  })
})

test('a problem is answered unchanged, with at most a hundred of its errors', async () => {
  const logged = vi.spyOn(logger, 'error')
  const errors = Array.from({ length: 250 }, (_, index) => ({ path: `body.${index}`, message: 'wrong' }))
  const result = await answer(
    gatewayEvent(),
    failing(new Problem('invalid-request', 'Much is wrong.', { errors, headers: { 'retry-after': '7' } })),
  )
  expect(result).toMatchObject({ status: 400, headers: { 'content-type': 'application/problem+json', 'retry-after': '7' } })
  expect(result.body.errors).toHaveLength(100)
  expect(logged).not.toHaveBeenCalled()
})
