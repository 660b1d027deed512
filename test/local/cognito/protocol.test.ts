import { AdminGetUserCommand, InitiateAuthCommand, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { startUserPool } from '../../../local/cognito/server.ts'
import { credentials, openPool, refusal } from './harness.ts'

const jwks = z.object({ keys: z.array(z.record(z.string(), z.string())) })

describe('the protocol', () => {
  test('an unknown operation is UnknownOperationException with status 400', async () => {
    const pool = await openPool()
    const answer = await pool.post('CreateIdentityProvider', '{}')
    expect(answer).toMatchObject({ status: 400, errorType: 'UnknownOperationException', body: { __type: 'UnknownOperationException' } })
    expect(answer.body.message).toContain('CreateIdentityProvider')
  })

  test('a body that is not JSON is SerializationException', async () => {
    const pool = await openPool()
    expect(await pool.post('SignUp', '{"Username":')).toMatchObject({ status: 400, errorType: 'SerializationException' })
  })

  test('a body of more than 1 MiB is refused, and the pool keeps working', async () => {
    const pool = await openPool()
    const answer = await pool.post('SignUp', JSON.stringify({ Username: 'x'.repeat(2 * 1024 * 1024) }))
    expect(answer).toMatchObject({ status: 400, errorType: 'SerializationException' })
    expect((await pool.client.send(new ListUsersCommand({ UserPoolId: pool.UserPoolId }))).Users).toEqual([])
  })

  test.each([
    ['a missing parameter', 'SignUp', { Password: 'x' }, "'Username'"],
    ['a number for a string', 'SignUp', { Username: 7, Password: 'x' }, "'Username'"],
    ['a string for a list', 'SignUp', { Username: 'a', Password: 'x', UserAttributes: 'name' }, "'UserAttributes'"],
    ['a nested number', 'InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 7 } }, "'AuthParameters.USERNAME'"],
  ])('%s is InvalidParameterException naming it', async (_case, operation, input, name) => {
    const pool = await openPool()
    const answer = await pool.post(operation, JSON.stringify({ ClientId: pool.ClientId, ...input }))
    expect(answer).toMatchObject({ status: 400, errorType: 'InvalidParameterException' })
    expect(answer.body.message).toContain(name)
  })

  test.each(['[]', 'null', '7', '"text"'])('the body %s is InvalidParameterException', async body => {
    const pool = await openPool()
    expect(await pool.post('SignUp', body)).toMatchObject({ status: 400, errorType: 'InvalidParameterException' })
  })

  test('a missing entry of AuthParameters is named', async () => {
    const pool = await openPool()
    const call = pool.client.send(
      new InitiateAuthCommand({ ClientId: pool.ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'a@example.com' } }),
    )
    await expect(call).rejects.toMatchObject(refusal('InvalidParameterException', 'Missing required parameter PASSWORD'))
  })

  test('an Admin operation without a signature is refused', async () => {
    const pool = await openPool()
    const answer = await pool.post('AdminDeleteUser', JSON.stringify({ UserPoolId: pool.UserPoolId, Username: 'a@example.com' }))
    expect(answer).toMatchObject({ status: 400, errorType: 'MissingAuthenticationTokenException' })
  })

  test('another pool and another client do not exist', async () => {
    const pool = await openPool()
    const admin = pool.client.send(new AdminGetUserCommand({ UserPoolId: 'us-east-1_other', Username: 'a@example.com' }))
    await expect(admin).rejects.toMatchObject(refusal('ResourceNotFoundException', /us-east-1_other/))
    const own = pool.client.send(new InitiateAuthCommand({ ClientId: 'otherclient', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: {} }))
    await expect(own).rejects.toMatchObject(refusal('ResourceNotFoundException', /otherclient/))
  })

  test('the issuer publishes its configuration and the public half of its key only', async () => {
    const pool = await openPool()
    const configuration = await (await fetch(`${pool.issuer}/.well-known/openid-configuration`)).json()
    expect(configuration).toMatchObject({ issuer: pool.issuer, jwks_uri: pool.jwksUri })
    const { keys } = jwks.parse(await (await fetch(pool.jwksUri)).json())
    expect(keys).toHaveLength(1)
    expect(Object.keys(keys[0]!).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
  })

  test('anything else is 404', async () => {
    const pool = await openPool()
    expect((await fetch(`${pool.endpoint}/other_pool/.well-known/jwks.json`)).status).toBe(404)
    expect((await fetch(pool.endpoint)).status).toBe(404)
  })

  test('each process has its own key', async () => {
    const [one, other] = [await openPool(), await openPool()]
    expect(await (await fetch(one.jwksUri)).text()).not.toEqual(await (await fetch(other.jwksUri)).text())
  })

  test('a port in use is an error, and close releases the port', async () => {
    const first = await startUserPool({ credentials })
    const port = Number(new URL(first.endpoint).port)
    await expect(startUserPool({ credentials, port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await first.close()
    const second = await startUserPool({ credentials, port })
    expect(second.endpoint).toBe(first.endpoint)
    await second.close()
  })
})
