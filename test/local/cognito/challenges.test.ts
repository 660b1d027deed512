import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  GetUserCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, test } from 'vitest'
import { openPool, otherPassword, password, refusal, wrongCredentials } from './harness.ts'

type Pool = Awaited<ReturnType<typeof openPool>>
const email = 'ann@example.com'
const invalidSession = refusal('NotAuthorizedException', 'Invalid session for the user.')
const usedSession = refusal('NotAuthorizedException', 'Invalid session for the user, session can only be used once.')
const expiredSession = refusal('NotAuthorizedException', 'Invalid session for the user, session is expired.')
const wrongCode = refusal('CodeMismatchException', 'Invalid code received for user')

async function invite(pool: Pool): Promise<void> {
  await pool.client.send(
    new AdminCreateUserCommand({ UserPoolId: pool.UserPoolId, Username: email, TemporaryPassword: password, MessageAction: 'SUPPRESS' }),
  )
}

describe('NEW_PASSWORD_REQUIRED', () => {
  test('follows the right temporary password only', async () => {
    const pool = await openPool()
    await invite(pool)
    await expect(pool.signIn(email, otherPassword)).rejects.toMatchObject(wrongCredentials)
    const answer = await pool.signIn(email)
    expect(answer.AuthenticationResult).toBeUndefined()
    expect(answer.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    expect(JSON.parse(answer.ChallengeParameters!['userAttributes']!)).toEqual({ email, email_verified: 'false' })
  })

  test('accepts a password within the policy, which is then the password of the user', async () => {
    const pool = await openPool()
    await invite(pool)
    const { Session } = await pool.signIn(email)
    const weak = pool.answer('NEW_PASSWORD_REQUIRED', Session, { USERNAME: email, NEW_PASSWORD: 'weak' })
    await expect(weak).rejects.toMatchObject(refusal('InvalidPasswordException'))
    const missing = pool.answer('NEW_PASSWORD_REQUIRED', Session, { USERNAME: email })
    await expect(missing).rejects.toMatchObject(refusal('InvalidParameterException', 'Missing required parameter NEW_PASSWORD'))
    const { AuthenticationResult } = await pool.answer('NEW_PASSWORD_REQUIRED', Session, {
      USERNAME: email,
      NEW_PASSWORD: otherPassword,
      'userAttributes.given_name': 'Ann',
    })
    const user = await pool.client.send(new GetUserCommand({ AccessToken: AuthenticationResult!.AccessToken }))
    expect(user.UserAttributes).toContainEqual({ Name: 'given_name', Value: 'Ann' })
    await expect(pool.signIn(email, password)).rejects.toMatchObject(wrongCredentials)
    expect((await pool.signIn(email, otherPassword)).AuthenticationResult).toBeDefined()
  })

  test('is refused after seven days', async () => {
    const pool = await openPool()
    await invite(pool)
    pool.advanceSeconds(7 * 24 * 3600)
    await expect(pool.signIn(email)).rejects.toMatchObject(refusal('NotAuthorizedException', /Temporary password has expired/))
  })

  test('is followed by SOFTWARE_TOKEN_MFA for a user with an authenticator app', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const secret = await pool.enrol(email)
    const reset = new AdminSetUserPasswordCommand({ UserPoolId: pool.UserPoolId, Username: email, Password: password, Permanent: false })
    await pool.client.send(reset)
    const first = await pool.signIn(email)
    const second = await pool.answer('NEW_PASSWORD_REQUIRED', first.Session, { USERNAME: email, NEW_PASSWORD: otherPassword })
    expect(second).toMatchObject({ ChallengeName: 'SOFTWARE_TOKEN_MFA' })
    expect(second.AuthenticationResult).toBeUndefined()
    const third = await pool.answer('SOFTWARE_TOKEN_MFA', second.Session, {
      USERNAME: email,
      SOFTWARE_TOKEN_MFA_CODE: pool.codeAt(secret),
    })
    expect(third.AuthenticationResult).toBeDefined()
  })
})

describe('SOFTWARE_TOKEN_MFA', () => {
  test('a correct code signs in; a wrong one does not, and the challenge stays open', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const secret = await pool.enrol(email)
    const { Session, ChallengeName, AuthenticationResult } = await pool.signIn(email)
    expect(ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
    expect(AuthenticationResult).toBeUndefined()
    const answer = (code: string) => pool.answer('SOFTWARE_TOKEN_MFA', Session, { USERNAME: email, SOFTWARE_TOKEN_MFA_CODE: code })
    for (const code of [pool.codeAt(secret, 60), pool.codeAt(secret, -90), '12345', 'abcdef']) {
      await expect(answer(code)).rejects.toMatchObject(wrongCode)
    }
    expect((await answer(pool.codeAt(secret))).AuthenticationResult?.RefreshToken).toBeDefined()
  })

  test.each([0, 30])('a code of %i seconds ahead is accepted, once, and no older one after it', async offsetSeconds => {
    const pool = await openPool()
    await pool.createUser(email)
    const secret = await pool.enrol(email)
    const code = pool.codeAt(secret, offsetSeconds)
    const answer = async (given: string) =>
      pool.answer('SOFTWARE_TOKEN_MFA', (await pool.signIn(email)).Session, { USERNAME: email, SOFTWARE_TOKEN_MFA_CODE: given })
    await answer(code)
    const used = refusal('ExpiredCodeException', 'Your software token has already been used once.')
    await expect(answer(code)).rejects.toMatchObject(used)
    await expect(answer(pool.codeAt(secret, offsetSeconds - 30))).rejects.toMatchObject(used)
  })

  test('a code of the step before is accepted', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const secret = await pool.enrol(email)
    pool.advanceSeconds(30)
    const { Session } = await pool.signIn(email)
    const answer = await pool.answer('SOFTWARE_TOKEN_MFA', Session, { USERNAME: email, SOFTWARE_TOKEN_MFA_CODE: pool.codeAt(secret, -30) })
    expect(answer.AuthenticationResult).toBeDefined()
  })

  test('five wrong codes lock the second factor, and a new sign-in does not unlock it', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const secret = await pool.enrol(email)
    const answer = async (code: string) =>
      pool.answer('SOFTWARE_TOKEN_MFA', (await pool.signIn(email)).Session, { USERNAME: email, SOFTWARE_TOKEN_MFA_CODE: code })
    for (let attempt = 1; attempt <= 5; attempt++) await expect(answer(pool.codeAt(secret, 300))).rejects.toMatchObject(wrongCode)
    await expect(answer(pool.codeAt(secret))).rejects.toMatchObject(refusal('NotAuthorizedException', 'Password attempts exceeded'))
    pool.advanceSeconds(1)
    expect((await answer(pool.codeAt(secret))).AuthenticationResult).toBeDefined()
  })
})

describe('sessions', () => {
  const openSession = async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const secret = await pool.enrol(email)
    const session = (await pool.signIn(email)).Session
    const answer = (overrides: { session?: string; username?: string } = {}) =>
      pool.answer('SOFTWARE_TOKEN_MFA', overrides.session ?? session, {
        USERNAME: overrides.username ?? email,
        SOFTWARE_TOKEN_MFA_CODE: pool.codeAt(secret),
      })
    return { pool, session, secret, answer }
  }

  test('are valid for one sign-in', async () => {
    const { pool, answer } = await openSession()
    await answer()
    pool.advanceSeconds(30)
    await expect(answer()).rejects.toMatchObject(usedSession)
  })

  test('expire after three minutes', async () => {
    const { pool, answer } = await openSession()
    pool.advanceSeconds(180)
    await expect(answer()).rejects.toMatchObject(expiredSession)
  })

  test('are refused if the pool did not create them', async () => {
    const { answer } = await openSession()
    await expect(answer({ session: 'AYABe'.repeat(20) })).rejects.toMatchObject(invalidSession)
  })

  test('are valid for their user only', async () => {
    const { pool, answer } = await openSession()
    await pool.createUser('bob@example.com')
    await expect(answer({ username: 'bob@example.com' })).rejects.toMatchObject(invalidSession)
    await expect(answer({ username: 'nobody@example.com' })).rejects.toMatchObject(invalidSession)
    expect((await answer()).AuthenticationResult).toBeDefined()
  })

  test('are valid for their challenge only: the second factor cannot be skipped', async () => {
    const { pool, session } = await openSession()
    const other = pool.answer('NEW_PASSWORD_REQUIRED', session, { USERNAME: email, NEW_PASSWORD: otherPassword })
    await expect(other).rejects.toMatchObject(invalidSession)
    await expect(pool.answer('MFA_SETUP', session, { USERNAME: email })).rejects.toMatchObject(invalidSession)
    expect((await pool.signIn(email)).ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
  })

  test('end when the user is disabled', async () => {
    const { pool, answer } = await openSession()
    await pool.client.send(new AdminDisableUserCommand({ UserPoolId: pool.UserPoolId, Username: email }))
    await expect(answer()).rejects.toMatchObject(invalidSession)
    expect((await pool.client.send(new AdminGetUserCommand({ UserPoolId: pool.UserPoolId, Username: email }))).Enabled).toBe(false)
  })
})
