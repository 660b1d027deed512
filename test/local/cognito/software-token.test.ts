import {
  AdminGetUserCommand,
  AssociateSoftwareTokenCommand,
  GetUserCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, test } from 'vitest'
import { openPool, refusal } from './harness.ts'

type Pool = Awaited<ReturnType<typeof openPool>>
const email = 'ann@example.com'
const on = { Enabled: true, PreferredMfa: true }

const signedIn = async (pool: Pool) => {
  await pool.createUser(email)
  return (await pool.signIn(email)).AuthenticationResult!.AccessToken!
}
const associate = async (pool: Pool, AccessToken: string) =>
  (await pool.client.send(new AssociateSoftwareTokenCommand({ AccessToken }))).SecretCode!
const verify = (pool: Pool, AccessToken: string, UserCode: string) =>
  pool.client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }))
const prefer = (pool: Pool, AccessToken: string, SoftwareTokenMfaSettings: { Enabled: boolean; PreferredMfa?: boolean }) =>
  pool.client.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }))

describe('enrolment by a signed-in user', () => {
  test('needs a correct code, then the preference; only then does sign-in ask for a code', async () => {
    const pool = await openPool()
    const token = await signedIn(pool)
    const secret = await associate(pool, token)
    expect(secret).toMatch(/^[A-Z2-7]{52}$/)
    await expect(prefer(pool, token, on)).rejects.toMatchObject(refusal('InvalidParameterException'))
    await expect(verify(pool, token, pool.codeAt(secret, 300))).rejects.toMatchObject(refusal('EnableSoftwareTokenMFAException'))
    expect(await verify(pool, token, pool.codeAt(secret))).toMatchObject({ Status: 'SUCCESS' })
    expect((await pool.signIn(email)).AuthenticationResult).toBeDefined()

    await prefer(pool, token, on)
    const settings = { UserMFASettingList: ['SOFTWARE_TOKEN_MFA'], PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA' }
    expect(await pool.client.send(new GetUserCommand({ AccessToken: token }))).toMatchObject(settings)
    expect(await pool.client.send(new AdminGetUserCommand({ UserPoolId: pool.UserPoolId, Username: email }))).toMatchObject(settings)
    expect((await pool.signIn(email)).ChallengeName).toBe('SOFTWARE_TOKEN_MFA')

    await prefer(pool, token, { Enabled: false })
    expect((await pool.client.send(new GetUserCommand({ AccessToken: token }))).UserMFASettingList).toBeUndefined()
    expect((await pool.signIn(email)).AuthenticationResult).toBeDefined()
  })

  test('a new secret replaces the old one only once it is proved', async () => {
    const pool = await openPool()
    const token = await signedIn(pool)
    const old = await pool.enrol(email)
    const fresh = await associate(pool, token)
    const signInWith = async (secret: string) =>
      pool.answer('SOFTWARE_TOKEN_MFA', (await pool.signIn(email)).Session, {
        USERNAME: email,
        SOFTWARE_TOKEN_MFA_CODE: pool.codeAt(secret),
      })
    await expect(signInWith(fresh)).rejects.toMatchObject(refusal('CodeMismatchException'))
    expect((await signInWith(old)).AuthenticationResult).toBeDefined()
    await verify(pool, token, pool.codeAt(fresh))
    pool.advanceSeconds(30)
    await expect(signInWith(old)).rejects.toMatchObject(refusal('CodeMismatchException'))
    expect((await signInWith(fresh)).AuthenticationResult).toBeDefined()
  })

  test('cannot be verified before it is started, or with a code that is not six digits', async () => {
    const pool = await openPool()
    const token = await signedIn(pool)
    await expect(verify(pool, token, '123456')).rejects.toMatchObject(refusal('SoftwareTokenMFANotFoundException'))
    await expect(verify(pool, token, '12345')).rejects.toMatchObject(refusal('InvalidParameterException', /UserCode/))
  })

  test('needs exactly one of access token and session', async () => {
    const pool = await openPool()
    const AccessToken = await signedIn(pool)
    const invalid = refusal('InvalidParameterException', /AccessToken and Session/)
    await expect(pool.client.send(new AssociateSoftwareTokenCommand({}))).rejects.toMatchObject(invalid)
    const both = new VerifySoftwareTokenCommand({ AccessToken, Session: 's'.repeat(20), UserCode: '123456' })
    await expect(pool.client.send(both)).rejects.toMatchObject(invalid)
  })

  test('no other second factor is offered', async () => {
    const pool = await openPool()
    const AccessToken = await signedIn(pool)
    const command = new SetUserMFAPreferenceCommand({ AccessToken, SMSMfaSettings: { Enabled: true } })
    await expect(pool.client.send(command)).rejects.toMatchObject(refusal('InvalidParameterException', /SOFTWARE_TOKEN_MFA only/))
  })
})

describe('a pool that requires a second factor', () => {
  test('signs in after MFA_SETUP: associate, verify, respond', async () => {
    const pool = await openPool({ mfa: 'REQUIRED' })
    await pool.createUser(email)
    const challenge = await pool.signIn(email)
    expect(challenge).toMatchObject({ ChallengeName: 'MFA_SETUP', ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' } })
    const early = pool.answer('MFA_SETUP', challenge.Session, { USERNAME: email })
    await expect(early).rejects.toMatchObject(refusal('InvalidParameterException'))

    const associated = await pool.client.send(new AssociateSoftwareTokenCommand({ Session: challenge.Session }))
    const secret = associated.SecretCode!
    const wrong = new VerifySoftwareTokenCommand({ Session: associated.Session, UserCode: pool.codeAt(secret, 300) })
    await expect(pool.client.send(wrong)).rejects.toMatchObject(refusal('EnableSoftwareTokenMFAException'))
    await expect(pool.answer('MFA_SETUP', associated.Session, { USERNAME: email })).rejects.toMatchObject(
      refusal('InvalidParameterException'),
    )
    const right = new VerifySoftwareTokenCommand({ Session: associated.Session, UserCode: pool.codeAt(secret) })
    const verified = await pool.client.send(right)
    const done = await pool.answer('MFA_SETUP', verified.Session, { USERNAME: email })
    expect(done.AuthenticationResult?.RefreshToken).toBeDefined()

    for (const session of [challenge.Session, associated.Session, verified.Session]) {
      await expect(pool.answer('MFA_SETUP', session, { USERNAME: email })).rejects.toMatchObject(refusal('NotAuthorizedException', /once/))
    }
    expect((await pool.signIn(email)).ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
    const off = prefer(pool, done.AuthenticationResult!.AccessToken!, { Enabled: false })
    await expect(off).rejects.toMatchObject(refusal('InvalidParameterException'))
  })
})
