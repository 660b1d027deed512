import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUserGlobalSignOutCommand,
  ChangePasswordCommand,
  DeleteUserCommand,
  InitiateAuthCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { createRemoteJWKSet, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { disabled, openPool, otherPassword, password, refusal } from './harness.ts'

type Pool = Awaited<ReturnType<typeof openPool>>
const email = 'ann@example.com'
const uuid = /^[\da-f]{8}-[\da-f-]{27}$/
const revokedAccess = refusal('NotAuthorizedException', 'Access Token has been revoked')
const revokedRefresh = refusal('NotAuthorizedException', 'Refresh Token has been revoked')
const invalidAccess = refusal('NotAuthorizedException', 'Invalid Access Token')

const read = async (pool: Pool, token: string) =>
  (await jwtVerify(token, createRemoteJWKSet(new URL(pool.jwksUri)), { issuer: pool.issuer, currentDate: new Date(pool.nowMs()) })).payload
const getUser = (pool: Pool, AccessToken: string) => pool.client.send(new GetUserCommand({ AccessToken }))
const tokens = async (pool: Pool, name = email) => {
  const { AccessToken, IdToken, RefreshToken } = (await pool.signIn(name)).AuthenticationResult!
  return { access: AccessToken!, id: IdToken!, refresh: RefreshToken! }
}

describe('claims', () => {
  test('of the access token are exactly those of Cognito, and it verifies with the published key', async () => {
    const pool = await openPool({ accessTokenSeconds: 300 })
    const username = await pool.createUser(email)
    const nowSeconds = pool.nowMs() / 1000
    expect(await read(pool, (await tokens(pool)).access)).toEqual({
      sub: username,
      iss: `${pool.endpoint}/${pool.poolId}`,
      client_id: pool.clientId,
      origin_jti: expect.stringMatching(uuid),
      event_id: expect.stringMatching(uuid),
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      auth_time: nowSeconds,
      iat: nowSeconds,
      exp: nowSeconds + 300,
      jti: expect.stringMatching(uuid),
      username,
    })
  })

  test('of the ID token include an audience and the attributes, with email_verified as a boolean', async () => {
    const pool = await openPool()
    const username = await pool.createUser(email)
    const claims = await read(pool, (await tokens(pool)).id)
    expect(claims).toMatchObject({
      sub: username,
      aud: pool.clientId,
      token_use: 'id',
      email,
      email_verified: true,
      'cognito:username': username,
    })
    expect(Object.keys(claims)).not.toContain('client_id')
    expect(Object.keys(claims)).not.toContain('cognito:groups')
  })

  test('contain the groups in both tokens, from the next refresh on', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const { refresh } = await tokens(pool)
    await pool.addToNewGroup(email, 'advisors')
    const { AccessToken, IdToken } = (await pool.refresh(refresh)).AuthenticationResult!
    expect((await read(pool, AccessToken!))['cognito:groups']).toEqual(['advisors'])
    expect((await read(pool, IdToken!))['cognito:groups']).toEqual(['advisors'])
  })
})

describe('access tokens', () => {
  test('are not accepted if they are an ID token, a refresh token, signed with another key or plain text', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const { access, id, refresh } = await tokens(pool)
    expect((await getUser(pool, access)).Username).toMatch(uuid)
    const { privateKey } = await generateKeyPair('RS256')
    const forged = await new SignJWT(await read(pool, access)).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${access.split('.')[1]}.`
    for (const token of [id, refresh, forged, unsigned, 'text']) await expect(getUser(pool, token)).rejects.toMatchObject(invalidAccess)
  })

  test('of another process are refused', async () => {
    const [pool, other] = [await openPool(), await openPool()]
    await other.createUser(email)
    await pool.createUser(email)
    await expect(getUser(pool, (await tokens(other)).access)).rejects.toMatchObject(invalidAccess)
  })

  test('expire', async () => {
    const pool = await openPool({ accessTokenSeconds: 60 })
    await pool.createUser(email)
    const { access } = await tokens(pool)
    pool.advanceSeconds(59)
    await getUser(pool, access)
    pool.advanceSeconds(1)
    await expect(getUser(pool, access)).rejects.toMatchObject(refusal('NotAuthorizedException', 'Access Token has expired'))
  })
})

describe('refresh tokens', () => {
  test('return new tokens of the same sign-in, with a new refresh token', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const { access, refresh } = await tokens(pool)
    pool.advanceSeconds(3600)
    const answer = (await pool.refresh(refresh)).AuthenticationResult!
    expect(Object.keys(answer).toSorted()).toEqual(['AccessToken', 'ExpiresIn', 'IdToken', 'RefreshToken', 'TokenType'])
    const after = await read(pool, answer.AccessToken!)
    pool.advanceSeconds(-3600)
    const before = await read(pool, access)
    expect(after).toMatchObject({ auth_time: before['auth_time'], origin_jti: before['origin_jti'], iat: before.iat! + 3600 })
    expect(after.jti).not.toBe(before.jti)
  })

  test('work for another minute after they were replaced, which a second use does not prolong', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const { refresh } = await tokens(pool)
    const replaced = refusal('RefreshTokenReuseException', 'Refresh Token has been replaced')
    const first = (await pool.refresh(refresh)).AuthenticationResult!.RefreshToken!
    pool.advanceSeconds(59)
    const second = (await pool.refresh(refresh)).AuthenticationResult!.RefreshToken!
    expect(new Set([refresh, first, second]).size).toBe(3)
    pool.advanceSeconds(1)
    await expect(pool.refresh(refresh)).rejects.toMatchObject(replaced)
    await pool.refresh(second)
    expect((await pool.refresh(first)).AuthenticationResult!.RefreshToken).not.toBe(second)
  })

  test('are refused by InitiateAuth, since the client rotates them', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const AuthParameters = { REFRESH_TOKEN: (await tokens(pool)).refresh }
    for (const AuthFlow of ['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'] as const) {
      await expect(pool.client.send(new InitiateAuthCommand({ ClientId: pool.ClientId, AuthFlow, AuthParameters }))).rejects.toMatchObject(
        refusal('InvalidParameterException', `${AuthFlow} flow not enabled for this client`),
      )
    }
  })

  test('are valid for 30 days; an unknown one is refused', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const { refresh } = await tokens(pool)
    pool.advanceSeconds(30 * 24 * 3600 - 1)
    const { RefreshToken } = (await pool.refresh(refresh)).AuthenticationResult!
    pool.advanceSeconds(1)
    await expect(pool.refresh(RefreshToken!)).rejects.toMatchObject(refusal('NotAuthorizedException', 'Refresh Token has expired'))
    await expect(pool.refresh('unknown')).rejects.toMatchObject(refusal('NotAuthorizedException', 'Invalid Refresh Token'))
  })

  test('work after a sign-in with an authenticator app', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const secret = await pool.enrol(email)
    const { Session } = await pool.signIn(email)
    const answer = await pool.answer('SOFTWARE_TOKEN_MFA', Session, { USERNAME: email, SOFTWARE_TOKEN_MFA_CODE: pool.codeAt(secret) })
    expect((await pool.refresh(answer.AuthenticationResult!.RefreshToken!)).AuthenticationResult).toBeDefined()
  })
})

describe('revocation', () => {
  test('RevokeToken ends one sign-in with its access tokens, and no other', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const [first, second] = [await tokens(pool), await tokens(pool)]
    const revoke = () => pool.client.send(new RevokeTokenCommand({ ClientId: pool.ClientId, Token: first.refresh }))
    await revoke()
    await revoke()
    await expect(pool.refresh(first.refresh)).rejects.toMatchObject(revokedRefresh)
    await expect(getUser(pool, first.access)).rejects.toMatchObject(revokedAccess)
    await pool.refresh(second.refresh)
    await getUser(pool, second.access)
  })

  test('RevokeToken takes refresh tokens only', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const command = new RevokeTokenCommand({ ClientId: pool.ClientId, Token: (await tokens(pool)).access })
    await expect(pool.client.send(command)).rejects.toMatchObject(refusal('UnsupportedTokenTypeException'))
  })

  test('GlobalSignOut ends every sign-in of the user, for every operation that takes an access token', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    await pool.createUser('bob@example.com')
    const [first, second, bob] = [await tokens(pool), await tokens(pool), await tokens(pool, 'bob@example.com')]
    await pool.client.send(new GlobalSignOutCommand({ AccessToken: first.access }))
    for (const { access, refresh } of [first, second]) {
      await expect(getUser(pool, access)).rejects.toMatchObject(revokedAccess)
      await expect(pool.refresh(refresh)).rejects.toMatchObject(revokedRefresh)
    }
    const change = new ChangePasswordCommand({ AccessToken: second.access, PreviousPassword: password, ProposedPassword: otherPassword })
    await expect(pool.client.send(change)).rejects.toMatchObject(revokedAccess)
    await getUser(pool, bob.access)
    await getUser(pool, (await tokens(pool)).access)
  })

  test('AdminUserGlobalSignOut does the same for an administrator', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const { access, refresh } = await tokens(pool)
    await pool.client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: pool.UserPoolId, Username: email }))
    await expect(getUser(pool, access)).rejects.toMatchObject(revokedAccess)
    await expect(pool.refresh(refresh)).rejects.toMatchObject(revokedRefresh)
  })

  test('disabling ends every sign-in, even after the user is enabled again', async () => {
    const pool = await openPool()
    const name = { UserPoolId: pool.UserPoolId, Username: await pool.createUser(email) }
    const { access, refresh } = await tokens(pool)
    await pool.client.send(new AdminDisableUserCommand(name))
    await expect(getUser(pool, access)).rejects.toMatchObject(disabled)
    await expect(pool.refresh(refresh)).rejects.toMatchObject(disabled)
    await pool.client.send(new AdminEnableUserCommand(name))
    await expect(getUser(pool, access)).rejects.toMatchObject(revokedAccess)
    await expect(pool.refresh(refresh)).rejects.toMatchObject(revokedRefresh)
  })

  test.each(['DeleteUser', 'AdminDeleteUser'])('%s ends every sign-in, and the address can be used again', async operation => {
    const pool = await openPool()
    const username = await pool.createUser(email)
    const { access, refresh } = await tokens(pool)
    await (operation === 'DeleteUser'
      ? pool.client.send(new DeleteUserCommand({ AccessToken: access }))
      : pool.client.send(new AdminDeleteUserCommand({ UserPoolId: pool.UserPoolId, Username: username })))
    await expect(getUser(pool, access)).rejects.toMatchObject(refusal('UserNotFoundException', 'User does not exist.'))
    await expect(pool.refresh(refresh)).rejects.toMatchObject(refusal('NotAuthorizedException', 'Invalid Refresh Token'))
    expect(await pool.createUser(email)).not.toBe(username)
    await expect(pool.refresh(refresh)).rejects.toMatchObject(refusal('NotAuthorizedException', 'Invalid Refresh Token'))
  })
})
