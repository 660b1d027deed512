import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  type AuthFlowType,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, test } from 'vitest'
import { disabled, openPool, otherPassword, refusal, wrongCredentials } from './harness.ts'

type Pool = Awaited<ReturnType<typeof openPool>>
const email = 'ann@example.com'
const lockedOut = refusal('NotAuthorizedException', 'Password attempts exceeded')

async function fail(pool: Pool, times: number): Promise<void> {
  for (let attempt = 1; attempt <= times; attempt++) await expect(pool.signIn(email, otherPassword)).rejects.toMatchObject(wrongCredentials)
}

describe('sign-in with a password', () => {
  test('gives the three tokens, by email address in any case or by username', async () => {
    const pool = await openPool()
    const username = await pool.createUser(email)
    for (const name of [email, 'Ann@Example.COM', username]) {
      const answer = await pool.signIn(name)
      expect(answer.ChallengeName).toBeUndefined()
      expect(answer.AuthenticationResult).toEqual({
        AccessToken: expect.any(String),
        IdToken: expect.any(String),
        RefreshToken: expect.any(String),
        ExpiresIn: 900,
        TokenType: 'Bearer',
      })
    }
  })

  test('a wrong password and an unknown user get the same answer', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    await expect(pool.signIn(email, otherPassword)).rejects.toMatchObject(wrongCredentials)
    await expect(pool.signIn('nobody@example.com')).rejects.toMatchObject(wrongCredentials)
  })

  test('a disabled user cannot sign in until enabled again', async () => {
    const pool = await openPool()
    const name = { UserPoolId: pool.UserPoolId, Username: await pool.createUser(email) }
    await pool.client.send(new AdminDisableUserCommand(name))
    await expect(pool.signIn(email)).rejects.toMatchObject(disabled)
    await pool.client.send(new AdminEnableUserCommand(name))
    expect((await pool.signIn(email)).AuthenticationResult).toBeDefined()
  })

  test.each<[AuthFlowType, RegExp]>([
    ['USER_SRP_AUTH', /^USER_SRP_AUTH flow not enabled for this client$/],
    ['CUSTOM_AUTH', /^CUSTOM_AUTH flow not enabled for this client$/],
    ['ADMIN_USER_PASSWORD_AUTH', /ADMIN_USER_PASSWORD_AUTH/],
  ])('the flow %s is refused', async (AuthFlow, message) => {
    const pool = await openPool()
    const call = pool.client.send(
      new InitiateAuthCommand({ ClientId: pool.ClientId, AuthFlow, AuthParameters: { USERNAME: email, SRP_A: 'a' } }),
    )
    await expect(call).rejects.toMatchObject(refusal('InvalidParameterException', message))
  })
})

describe('the lockout', () => {
  test('refuses the correct password for a second after five failures', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    await fail(pool, 5)
    await expect(pool.signIn(email)).rejects.toMatchObject(lockedOut)
    pool.advanceSeconds(1)
    expect((await pool.signIn(email)).AuthenticationResult).toBeDefined()
  })

  test('doubles with each further failure, to 15 minutes at most', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    await fail(pool, 4)
    let expectedSeconds = 0
    for (let failures = 5; failures <= 17; failures++) {
      await fail(pool, 1)
      expectedSeconds = Math.min(2 ** (failures - 5), 900)
      pool.advanceSeconds(expectedSeconds - 0.001)
      await expect(pool.signIn(email)).rejects.toMatchObject(lockedOut)
      pool.advanceSeconds(0.001)
    }
    expect(expectedSeconds).toBe(900)
  })

  test('is not extended by attempts during it, and starts again from zero after a success', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    await fail(pool, 5)
    for (let attempt = 1; attempt <= 5; attempt++) await expect(pool.signIn(email, otherPassword)).rejects.toMatchObject(lockedOut)
    pool.advanceSeconds(1)
    await pool.signIn(email)
    await fail(pool, 4)
    expect((await pool.signIn(email)).AuthenticationResult).toBeDefined()
  })

  test('starts again from zero after 15 minutes without an attempt', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    await fail(pool, 5)
    pool.advanceSeconds(1)
    await fail(pool, 1)
    pool.advanceSeconds(900)
    await fail(pool, 4)
    expect((await pool.signIn(email)).AuthenticationResult).toBeDefined()
  })

  test('applies to one user only', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    await pool.createUser('bob@example.com')
    await fail(pool, 5)
    expect((await pool.signIn('bob@example.com')).AuthenticationResult).toBeDefined()
  })
})
