import {
  AdminGetUserCommand,
  ConfirmSignUpCommand,
  ListUsersCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, test } from 'vitest'
import { startUserPool } from '../../../local/cognito/server.ts'
import { credentials, openPool, otherPassword, password, refusal } from './harness.ts'

type Pool = Awaited<ReturnType<typeof openPool>>
const email = 'ann@example.com'

const signUp = (pool: Pool, Username = email, Password = password, UserAttributes = [{ Name: 'email', Value: Username }]) =>
  pool.client.send(new SignUpCommand({ ClientId: pool.ClientId, Username, Password, UserAttributes }))
const confirm = (pool: Pool, ConfirmationCode: string, Username = email) =>
  pool.client.send(new ConfirmSignUpCommand({ ClientId: pool.ClientId, Username, ConfirmationCode }))
const resend = (pool: Pool, Username = email) => pool.client.send(new ResendConfirmationCodeCommand({ ClientId: pool.ClientId, Username }))
const status = async (pool: Pool, Username = email) =>
  (await pool.client.send(new AdminGetUserCommand({ UserPoolId: pool.UserPoolId, Username }))).UserStatus
const wrong = (code: string): string => (code === '000000' ? '000001' : '000000')

describe('sign-up', () => {
  test('creates an unconfirmed user with a UUID as username, and mails a code that confirms the address', async () => {
    const pool = await openPool()
    const answer = await signUp(pool, email, password, [{ Name: 'given_name', Value: 'Ann' }])
    expect(answer.UserSub).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/)
    expect(answer.UserConfirmed).toBe(false)
    expect(answer.CodeDeliveryDetails).toEqual({ AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' })
    expect(pool.outbox).toEqual([{ email, code: expect.stringMatching(/^\d{6}$/), purpose: 'sign-up' }])
    for (const pass of [password, otherPassword]) {
      await expect(pool.signIn(email, pass)).rejects.toMatchObject(refusal('UserNotConfirmedException', 'User is not confirmed.'))
    }

    await confirm(pool, pool.lastCode())
    const user = await pool.client.send(new AdminGetUserCommand({ UserPoolId: pool.UserPoolId, Username: email }))
    expect(user).toMatchObject({ Username: answer.UserSub, UserStatus: 'CONFIRMED', Enabled: true })
    expect(user.UserAttributes).toEqual([
      { Name: 'sub', Value: answer.UserSub },
      { Name: 'email', Value: email },
      { Name: 'email_verified', Value: 'true' },
      { Name: 'given_name', Value: 'Ann' },
    ])
    expect(user.UserCreateDate).toEqual(new Date(pool.nowMs()))
    expect((await pool.signIn('ANN@Example.com')).AuthenticationResult?.TokenType).toBe('Bearer')
  })

  test('an email address can be used once, in upper or lower case, even by two sign-ups at the same moment', async () => {
    const pool = await openPool()
    const results = await Promise.allSettled([signUp(pool), signUp(pool, 'Ann@EXAMPLE.com')])
    expect(results.map(result => result.status)).toEqual(['fulfilled', 'rejected'])
    await expect(signUp(pool)).rejects.toMatchObject(refusal('UsernameExistsException', 'User already exists'))
    expect((await pool.client.send(new ListUsersCommand({ UserPoolId: pool.UserPoolId }))).Users).toHaveLength(1)
  })

  test.each([
    ['Short-1a', 'Password not long enough'],
    ['a', 'Password not long enough'],
    ['correct-horse-9', 'Password must have uppercase characters'],
    ['CORRECT-HORSE-9', 'Password must have lowercase characters'],
    ['Correct-Horse-X', 'Password must have numeric characters'],
    ['CorrectHorse99', 'Password must have symbol characters'],
    ['CorrectHorse99 ', 'Password must have symbol characters'],
  ])('the password %j is refused by the policy', async (weak, reason) => {
    const pool = await openPool()
    const message = `Password did not conform with policy: ${reason}`
    await expect(signUp(pool, email, weak)).rejects.toMatchObject(refusal('InvalidPasswordException', message))
    expect((await pool.client.send(new ListUsersCommand({ UserPoolId: pool.UserPoolId }))).Users).toEqual([])
  })

  test('the username must be an email address, the email attribute must be the same, and other attributes may not be set', async () => {
    const pool = await openPool()
    await expect(signUp(pool, 'ann', password, [])).rejects.toMatchObject(
      refusal('InvalidParameterException', 'Username should be an email.'),
    )
    const other = signUp(pool, email, password, [{ Name: 'email', Value: 'bob@example.com' }])
    await expect(other).rejects.toMatchObject(refusal('InvalidParameterException', /email/))
    const verified = signUp(pool, email, password, [{ Name: 'email_verified', Value: 'true' }])
    await expect(verified).rejects.toMatchObject(refusal('NotAuthorizedException', 'A client attempted to write unauthorized attribute'))
  })

  test('a wrong or expired code does not confirm, and a new one replaces the old', async () => {
    const pool = await openPool()
    await signUp(pool)
    const first = pool.lastCode()
    await expect(confirm(pool, wrong(first))).rejects.toMatchObject(refusal('CodeMismatchException'))
    pool.advanceSeconds(24 * 3600)
    await expect(confirm(pool, first)).rejects.toMatchObject(refusal('ExpiredCodeException'))
    expect(await status(pool)).toBe('UNCONFIRMED')

    await resend(pool)
    expect(pool.outbox).toHaveLength(2)
    await expect(confirm(pool, first)).rejects.toMatchObject(refusal('CodeMismatchException'))
    await confirm(pool, pool.lastCode())
    expect(await status(pool)).toBe('CONFIRMED')
  })

  test('after five wrong codes even the correct one is refused for an hour', async () => {
    const pool = await openPool()
    await signUp(pool)
    const code = pool.lastCode()
    for (let attempt = 1; attempt <= 5; attempt++) {
      await expect(confirm(pool, wrong(code))).rejects.toMatchObject(refusal('CodeMismatchException'))
    }
    await expect(confirm(pool, code)).rejects.toMatchObject(refusal('LimitExceededException'))
    pool.advanceSeconds(3600)
    await confirm(pool, code)
    expect(await status(pool)).toBe('CONFIRMED')
  })

  test('a confirmed user cannot be confirmed again nor get another code', async () => {
    const pool = await openPool()
    await signUp(pool)
    await confirm(pool, pool.lastCode())
    await expect(confirm(pool, pool.lastCode())).rejects.toMatchObject(refusal('NotAuthorizedException', /Current status is CONFIRMED/))
    await expect(resend(pool)).rejects.toMatchObject(refusal('InvalidParameterException', 'User is already confirmed.'))
  })

  test('for an unknown user the answer is that of a known one', async () => {
    const pool = await openPool()
    await expect(confirm(pool, '123456', 'nobody@example.com')).rejects.toMatchObject(refusal('ExpiredCodeException'))
    expect((await resend(pool, 'nobody@example.com')).CodeDeliveryDetails?.Destination).toBe('n***@e***')
    expect(pool.outbox).toEqual([])
  })

  test('a message that cannot be delivered is CodeDeliveryFailureException', async () => {
    const failing = await startUserPool({
      credentials,
      deliverCode: () => {
        throw new Error('no mail today')
      },
    })
    const response = await fetch(failing.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp' },
      body: JSON.stringify({ ClientId: failing.clientId, Username: email, Password: password }),
    })
    expect(response.headers.get('x-amzn-errortype')).toBe('CodeDeliveryFailureException')
    await failing.close()
  })
})
