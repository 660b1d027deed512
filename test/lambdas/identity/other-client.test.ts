import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../../../lambdas/routes.ts'
import { problemDocument } from '../../../lambdas/runtime/schemas.ts'
import { type SignedGateway, startSignedGateway } from '../../support/gateway.ts'

let signed: SignedGateway
beforeAll(async () => {
  signed = await startSignedGateway({ routes })
})
afterAll(() => signed.close())

test.each([
  ['another client', { client_id: 'theirs' }, undefined, 'another client'],
  ['another audience', { client_id: undefined, aud: 'theirs' }, undefined, 'another client'],
  ['no client at all', { client_id: undefined }, undefined, 'another client'],
  ['another issuer', { iss: 'http://127.0.0.1/other-pool' }, undefined, 'not valid'],
  ['an hour ago', {}, '-1h', 'expired'],
  ['a use that is not access', { token_use: 'id' }, undefined, 'not an access token'],
  ['no subject', { sub: undefined }, undefined, 'access token'],
])('a well-signed token of %s is refused', async (_, claims, expiresAt, word) => {
  const headers = { authorization: `Bearer ${await signed.sign(claims, expiresAt)}` }
  const response = await fetch(`${signed.gateway.url}/v1/identity/me`, { headers })
  expect(response.status).toBe(401)
  expect(problemDocument.parse(await response.json()).detail).toContain(word)
})
