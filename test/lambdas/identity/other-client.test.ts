import { createServer, type Server } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Gateway, startGateway } from '../../../local/gateway.ts'
import { routes } from '../../../lambdas/routes.ts'
import { problemDocument } from '../../../lambdas/runtime/schemas.ts'

const issuer = 'http://127.0.0.1/pool'
let gateway: Gateway
let keys: Server
let sign: (claims: Record<string, unknown>, expiresAt?: string) => Promise<string>

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'own', alg: 'RS256', use: 'sig' }] })
  keys = createServer((_, response) => response.setHeader('content-type', 'application/json').end(jwks))
  await new Promise<void>(resolve => keys.listen(0, '127.0.0.1', resolve))
  const address = keys.address()
  const port = typeof address === 'object' ? address!.port : 0
  gateway = await startGateway({ routes, userPool: { issuer, jwksUri: `http://127.0.0.1:${port}/`, clientId: 'ours' } })
  sign = (claims, expiresAt = '1h') =>
    new SignJWT({ sub: 'somebody', token_use: 'access', client_id: 'ours', iss: issuer, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'own' })
      .setExpirationTime(expiresAt)
      .sign(privateKey)
})
afterAll(async () => {
  await gateway.close()
  await new Promise(resolve => keys.close(resolve))
})

test.each([
  ['another client', { client_id: 'theirs' }, undefined, 'another client'],
  ['another audience', { client_id: undefined, aud: 'theirs' }, undefined, 'another client'],
  ['no client at all', { client_id: undefined }, undefined, 'another client'],
  ['another issuer', { iss: 'http://127.0.0.1/other-pool' }, undefined, 'not valid'],
  ['an hour ago', {}, '-1h', 'expired'],
  ['a use that is not access', { token_use: 'id' }, undefined, 'not an access token'],
  ['no subject', { sub: undefined }, undefined, 'access token'],
])('a well-signed token of %s is refused', async (_, claims, expiresAt, word) => {
  const headers = { authorization: `Bearer ${await sign(claims, expiresAt)}` }
  const response = await fetch(`${gateway.url}/v1/identity/me`, { headers })
  expect(response.status).toBe(401)
  expect(problemDocument.parse(await response.json()).detail).toContain(word)
})
