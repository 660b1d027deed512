import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CompleteWebAuthnRegistrationCommand,
  DeleteWebAuthnCredentialCommand,
  InitiateAuthCommand,
  ListWebAuthnCredentialsCommand,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  StartWebAuthnRegistrationCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, onTestFinished, test } from 'vitest'
import * as z from 'zod'
import { type Deviation, openAuthenticator } from '../../support/authenticator.ts'
import { openPool, refusal } from './harness.ts'

const email = 'ann@example.com'
const origin = 'http://localhost:3000'
const creation = z.looseObject({ challenge: z.string(), rp: z.object({ id: z.string() }) })

type Pool = Awaited<ReturnType<typeof openPool>>
const open = (options: Parameters<typeof openPool>[0] = {}) => openPool({ passkeyOrigins: () => [origin], ...options })

const start = async (pool: Pool, AccessToken: string) =>
  creation.parse((await pool.client.send(new StartWebAuthnRegistrationCommand({ AccessToken }))).CredentialCreationOptions)
const complete = (pool: Pool, AccessToken: string, Credential: ReturnType<ReturnType<typeof openAuthenticator>['create']>) =>
  pool.client.send(new CompleteWebAuthnRegistrationCommand({ AccessToken, Credential }))
const list = async (pool: Pool, AccessToken: string) =>
  (await pool.client.send(new ListWebAuthnCredentialsCommand({ AccessToken }))).Credentials!
const choose = (pool: Pool, username: string, preferred = 'WEB_AUTHN') =>
  pool.client.send(
    new InitiateAuthCommand({
      ClientId: pool.ClientId,
      AuthFlow: 'USER_AUTH',
      AuthParameters: { USERNAME: username, PREFERRED_CHALLENGE: preferred },
    }),
  )
const answer = (pool: Pool, Session: string | undefined, credential: unknown) =>
  pool.client.send(
    new RespondToAuthChallengeCommand({
      ClientId: pool.ClientId,
      ChallengeName: 'WEB_AUTHN',
      Session,
      ChallengeResponses: { USERNAME: email, CREDENTIAL: JSON.stringify(credential) },
    }),
  )

const register = async (pool: Pool) => {
  const token = (await pool.signIn(email)).AuthenticationResult!.AccessToken!
  const authenticator = openAuthenticator(origin)
  await complete(pool, token, authenticator.create(await start(pool, token)))
  return { authenticator, token }
}
const sign = async (pool: Pool, authenticator: ReturnType<typeof openAuthenticator>, deviation: Deviation = {}) => {
  const { ChallengeParameters, Session } = await choose(pool, email)
  return answer(pool, Session, authenticator.get(JSON.parse(ChallengeParameters!['CREDENTIAL_REQUEST_OPTIONS']!), deviation))
}

test('a passkey is registered for localhost, listed, used and deleted', async () => {
  const pool = await open()
  const sub = await pool.createUser(email)
  const { authenticator, token } = await register(pool)
  const [passkey, ...more] = await list(pool, token)
  expect(more).toEqual([])
  expect(passkey).toEqual({
    CredentialId: expect.any(String),
    FriendlyCredentialName: 'This device',
    RelyingPartyId: 'localhost',
    AuthenticatorAttachment: 'platform',
    AuthenticatorTransports: ['internal'],
    CreatedAt: new Date(pool.nowMs()),
  })
  expect((await start(pool, token))['excludeCredentials']).toMatchObject([{ id: passkey!.CredentialId }])
  const options = JSON.parse((await choose(pool, email)).ChallengeParameters!['CREDENTIAL_REQUEST_OPTIONS']!)
  expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required', allowCredentials: [{ id: passkey!.CredentialId }] })
  expect((await sign(pool, authenticator)).AuthenticationResult).toMatchObject({ AccessToken: expect.any(String) })
  expect((await choose(pool, sub)).ChallengeName).toBe('WEB_AUTHN')

  const remove = () => pool.client.send(new DeleteWebAuthnCredentialCommand({ AccessToken: token, CredentialId: passkey!.CredentialId }))
  await remove()
  await expect(remove()).rejects.toMatchObject(refusal('ResourceNotFoundException'))
  expect(await list(pool, token)).toEqual([])
  expect((await choose(pool, email)).ChallengeName).toBe('SELECT_CHALLENGE')
})

test('a sign-in by choice offers the password to whoever has no passkey, and to an address without an account', async () => {
  const pool = await open()
  await pool.createUser(email)
  for (const username of [email, 'unknown@example.com']) {
    const { AvailableChallenges, ChallengeName, Session } = await choose(pool, username)
    expect({ AvailableChallenges, ChallengeName }).toEqual({
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: ['PASSWORD', 'PASSWORD_SRP'],
    })
    const credential = { id: 'x', response: { clientDataJSON: 'x' } }
    await expect(answer(pool, Session, credential)).rejects.toMatchObject(
      refusal('NotAuthorizedException', 'Invalid session for the user.'),
    )
  }
  await expect(choose(pool, email, 'EMAIL_OTP')).rejects.toMatchObject(refusal('InvalidParameterException'))
})

test('a registration counts once, for five minutes', async () => {
  const pool = await open()
  await pool.createUser(email)
  const { token } = await register(pool)
  const gone = refusal('WebAuthnChallengeNotFoundException')
  const authenticator = openAuthenticator(origin)
  const late = authenticator.create(await start(pool, token))
  pool.advanceSeconds(300)
  await expect(complete(pool, token, late)).rejects.toMatchObject(gone)
  const twice = authenticator.create(await start(pool, token))
  await complete(pool, token, twice)
  await expect(complete(pool, token, twice)).rejects.toMatchObject(gone)
  expect(await list(pool, token)).toHaveLength(2)
})

test('a copied passkey, with a count that has been reported, is refused', async () => {
  const pool = await open()
  await pool.createUser(email)
  const { authenticator } = await register(pool)
  await sign(pool, authenticator, { counter: 7 })
  await expect(sign(pool, authenticator, { counter: 7 })).rejects.toMatchObject(refusal('NotAuthorizedException', 'Incorrect passkey.'))
  expect((await sign(pool, authenticator, { counter: 8 })).AuthenticationResult).toBeDefined()
})

test('a user with an authenticator app signs in with a passkey only after the setting that lets it stand for both factors', async () => {
  const pool = await open()
  await pool.createUser(email)
  const { authenticator, token } = await register(pool)
  const allow = () => pool.client.send(new SetUserMFAPreferenceCommand({ AccessToken: token, WebAuthnMfaSettings: { Enabled: true } }))
  await expect(allow()).rejects.toMatchObject(refusal('InvalidParameterException'))
  await pool.enrol(email)
  expect((await choose(pool, email)).ChallengeName).toBe('SELECT_CHALLENGE')
  await allow()
  expect((await sign(pool, authenticator)).AuthenticationResult).toBeDefined()
  expect((await pool.signIn(email)).ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
})

test('passkeys are kept over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-passkeys-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const stateFile = join(folder, 'pool.json')
  const before = await open({ stateFile })
  await before.createUser(email)
  const { authenticator } = await register(before)
  const after = await open({ stateFile })
  expect((await sign(after, authenticator)).AuthenticationResult).toBeDefined()
})
