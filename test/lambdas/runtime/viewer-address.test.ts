import { beforeEach, expect, test, vi } from 'vitest'
import { logger } from '../../../lambdas/runtime/observability.ts'
import { defineRoutes } from '../../../lambdas/runtime/route.ts'
import { reply } from '../../../lambdas/runtime/responses.ts'
import { noContent, serve } from '../../../lambdas/runtime/serve.ts'
import { context, gatewayEvent } from '../../support/events.ts'

const origin = 'origin.app.nestegg.example'
const { 'try-address': route } = defineRoutes('planning', {
  'try-address': {
    method: 'POST',
    path: '/v1/planning/trials/{trialId}',
    summary: 'A trial',
    access: 'public',
    backends: [],
    responses: { 204: reply('Done.') },
  },
})

/** The address that a handler sees of a request with these headers to a domain, and the line about it in the log. */
const seen = async (domainName: string, headers: Readonly<Record<string, string>> = {}) => {
  const line = vi.spyOn(logger, 'info').mockImplementation(() => undefined)
  let address: string | undefined
  const handler = serve(route, async ({ request }) => {
    address = request.ipAddress
    return noContent()
  })
  const event = gatewayEvent({ body: '' })
  await handler({ ...event, headers: { ...event.headers, ...headers }, requestContext: { ...event.requestContext, domainName } }, context)
  const [[, { viewerAddress: logged }]] = line.mock.calls as unknown as [[string, { readonly viewerAddress?: string }]]
  line.mockClear()
  return { address, logged }
}
const fromApiGateway = { address: '192.0.2.1', logged: undefined }

beforeEach(() => {
  vi.restoreAllMocks()
  vi.stubEnv('FRONT_ORIGIN_DOMAIN', origin)
})

test.each(['198.51.100.7', '2001:db8::7', '2001:db8:0:1:ffff:ffff:ffff:ffff'])('behind the front, %s is the viewer', async viewer => {
  expect(await seen(origin, { 'true-client-ip': viewer })).toEqual({ address: viewer, logged: viewer })
})

test.each([
  ['is missing', {}],
  ['is empty', { 'true-client-ip': '' }],
  ['is no address', { 'true-client-ip': "x' or 1=1" }],
  ['came twice', { 'true-client-ip': '198.51.100.7,198.51.100.8' }],
  ['has a port', { 'true-client-ip': '198.51.100.7:443' }],
  ['has another name', { 'x-forwarded-for': '198.51.100.7', 'cloudfront-viewer-address': '198.51.100.7:443' }],
])('behind the front, the address that API Gateway sees counts if the header %s', async (_, headers: Record<string, string>) => {
  expect(await seen(origin, headers)).toEqual(fromApiGateway)
})

test.each(['abcdefghij.execute-api.us-east-1.amazonaws.com', `evil.${origin}`, 'app.nestegg.example'])(
  'a header that a client sends to %s is ignored',
  async domain => {
    expect(await seen(domain, { 'true-client-ip': '198.51.100.7' })).toEqual(fromApiGateway)
  },
)

test('without a front, the header is ignored', async () => {
  vi.stubEnv('FRONT_ORIGIN_DOMAIN', undefined)
  expect(await seen(origin, { 'true-client-ip': '198.51.100.7' })).toEqual(fromApiGateway)
})
