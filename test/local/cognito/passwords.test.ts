import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, test } from 'vitest'
import { disabled, openPool, otherPassword, password, refusal, wrongCredentials } from './harness.ts'

type Pool = Awaited<ReturnType<typeof openPool>>
const email = 'ann@example.com'

const forgot = (pool: Pool, Username = email) => pool.client.send(new ForgotPasswordCommand({ ClientId: pool.ClientId, Username }))
const reset = (pool: Pool, ConfirmationCode: string, Password = otherPassword, Username = email) =>
  pool.client.send(new ConfirmForgotPasswordCommand({ ClientId: pool.ClientId, Username, ConfirmationCode, Password }))
const wrong = (code: string): string => (code === '000000' ? '000001' : '000000')

describe('a forgotten password', () => {
  test('is replaced with the mailed code; the old one and the issued tokens no longer work', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const { RefreshToken } = (await pool.signIn(email)).AuthenticationResult!
    expect((await forgot(pool)).CodeDeliveryDetails).toEqual({ AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' })
    expect(pool.outbox).toEqual([{ email, code: expect.stringMatching(/^\d{6}$/), purpose: 'password-reset' }])
    await pool.refresh(RefreshToken!)
    await reset(pool, pool.lastCode())
    await expect(pool.signIn(email, password)).rejects.toMatchObject(wrongCredentials)
    await expect(pool.refresh(RefreshToken!)).rejects.toMatchObject(refusal('NotAuthorizedException', 'Refresh Token has been revoked'))
    expect((await pool.signIn(email, otherPassword)).AuthenticationResult).toBeDefined()
    await expect(reset(pool, pool.lastCode())).rejects.toMatchObject(refusal('ExpiredCodeException'))
  })

  test('keeps the second factor', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    await pool.enrol(email)
    await forgot(pool)
    await reset(pool, pool.lastCode())
    expect((await pool.signIn(email, otherPassword)).ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
  })

  test('ends the lockout', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    for (let attempt = 1; attempt <= 5; attempt++) await expect(pool.signIn(email, 'Wrong')).rejects.toMatchObject(wrongCredentials)
    await forgot(pool)
    await reset(pool, pool.lastCode())
    expect((await pool.signIn(email, otherPassword)).AuthenticationResult).toBeDefined()
  })

  test('a weak password leaves the code valid; a wrong, an expired and a never sent code are refused', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    await expect(reset(pool, '123456')).rejects.toMatchObject(refusal('ExpiredCodeException'))
    await forgot(pool)
    const code = pool.lastCode()
    await expect(reset(pool, code, 'weak')).rejects.toMatchObject(refusal('InvalidPasswordException'))
    await expect(reset(pool, wrong(code))).rejects.toMatchObject(refusal('CodeMismatchException'))
    pool.advanceSeconds(3600)
    await expect(reset(pool, code)).rejects.toMatchObject(refusal('ExpiredCodeException'))
    expect((await pool.signIn(email, password)).AuthenticationResult).toBeDefined()
  })

  test('wrong codes and requests for codes are limited to five per hour; a new code does not lift the limit', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const limited = refusal('LimitExceededException', 'Attempt limit exceeded, please try after some time.')
    await forgot(pool)
    for (let attempt = 1; attempt <= 5; attempt++) {
      await expect(reset(pool, wrong(pool.lastCode()))).rejects.toMatchObject(refusal('CodeMismatchException'))
    }
    for (let request = 2; request <= 5; request++) await forgot(pool)
    await expect(reset(pool, pool.lastCode())).rejects.toMatchObject(limited)
    await expect(forgot(pool)).rejects.toMatchObject(limited)
    expect(pool.outbox).toHaveLength(5)
    pool.advanceSeconds(3600)
    await forgot(pool)
    await reset(pool, pool.lastCode())
  })

  test('for an unknown, a disabled and an unverified user the answer is that of a known one, and no code is sent', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    await pool.client.send(new AdminDisableUserCommand({ UserPoolId: pool.UserPoolId, Username: email }))
    await pool.client.send(new SignUpCommand({ ClientId: pool.ClientId, Username: 'cid@example.com', Password: password }))
    pool.outbox.length = 0
    for (const name of [email, 'bob@example.com', 'cid@example.com']) {
      expect((await forgot(pool, name)).CodeDeliveryDetails?.Destination).toBe(`${name[0]}***@e***`)
    }
    expect(pool.outbox).toEqual([])
    for (const name of [email, 'bob@example.com']) {
      await expect(reset(pool, '123456', otherPassword, name)).rejects.toMatchObject(refusal('CodeMismatchException'))
    }
  })
})

describe('AdminResetUserPassword', () => {
  test('removes the password until a new one is chosen with the mailed code', async () => {
    const pool = await openPool()
    const name = { UserPoolId: pool.UserPoolId, Username: await pool.createUser(email) }
    const { RefreshToken } = (await pool.signIn(email)).AuthenticationResult!
    await pool.client.send(new AdminResetUserPasswordCommand(name))
    expect((await pool.client.send(new AdminGetUserCommand(name))).UserStatus).toBe('RESET_REQUIRED')
    await expect(pool.signIn(email)).rejects.toMatchObject(
      refusal('PasswordResetRequiredException', 'Password reset required for the user'),
    )
    await expect(pool.refresh(RefreshToken!)).rejects.toMatchObject(refusal('NotAuthorizedException', 'Refresh Token has been revoked'))
    await reset(pool, pool.lastCode())
    expect((await pool.signIn(email, otherPassword)).AuthenticationResult).toBeDefined()
  })

  test('needs an enabled user with a verified address', async () => {
    const pool = await openPool()
    const name = { UserPoolId: pool.UserPoolId, Username: await pool.createUser(email) }
    const unverify = { ...name, UserAttributes: [{ Name: 'email_verified', Value: 'false' }] }
    await pool.client.send(new AdminUpdateUserAttributesCommand(unverify))
    await expect(pool.client.send(new AdminResetUserPasswordCommand(name))).rejects.toMatchObject(refusal('InvalidParameterException'))
    await pool.client.send(new AdminDisableUserCommand(name))
    await expect(pool.client.send(new AdminResetUserPasswordCommand(name))).rejects.toMatchObject(disabled)
  })
})

describe('ChangePassword', () => {
  test('needs the current password and a valid new one; the sign-in stays valid', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const { AccessToken, RefreshToken } = (await pool.signIn(email)).AuthenticationResult!
    const change = (PreviousPassword: string, ProposedPassword: string) =>
      pool.client.send(new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword }))
    await expect(change(otherPassword, otherPassword)).rejects.toMatchObject(wrongCredentials)
    await expect(change(password, 'weak')).rejects.toMatchObject(refusal('InvalidPasswordException'))
    expect((await pool.signIn(email, password)).AuthenticationResult).toBeDefined()
    await change(password, otherPassword)
    await expect(pool.signIn(email, password)).rejects.toMatchObject(wrongCredentials)
    expect((await pool.signIn(email, otherPassword)).AuthenticationResult).toBeDefined()
    await pool.refresh(RefreshToken!)
  })

  test('allows five wrong passwords per hour', async () => {
    const pool = await openPool()
    await pool.createUser(email)
    const { AccessToken } = (await pool.signIn(email)).AuthenticationResult!
    const change = (PreviousPassword: string) =>
      pool.client.send(new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword: otherPassword }))
    for (let attempt = 1; attempt <= 5; attempt++) await expect(change('Wrong')).rejects.toMatchObject(wrongCredentials)
    await expect(change(password)).rejects.toMatchObject(refusal('LimitExceededException'))
  })
})
