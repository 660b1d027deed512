import {
  AdminDisableUserCommand,
  CognitoIdentityProviderClient,
  CompleteWebAuthnRegistrationCommand,
  StartWebAuthnRegistrationCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { type TOTP, URI } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { clientSettings } from '../../../lambdas/runtime/client-settings.ts'
import { accountSteps, newAccount, storedUser } from '../../support/accounts.ts'
import { type Deviation, openAuthenticator } from '../../support/authenticator.ts'
import { type Answer, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { at, expectProblem } from '../../support/problems.ts'

let platform: TestPlatform
let steps: ReturnType<typeof accountSteps>
let origin: string
beforeAll(async () => {
  platform = await startTestPlatform()
  steps = accountSteps(platform)
  origin = platform.services.url.replace('127.0.0.1', 'localhost')
})
afterAll(() => platform.close())

type Authenticator = ReturnType<typeof openAuthenticator>

const begin = (user: TestUser, password = user.password) => user.request('POST', '/v1/identity/passkeys', { body: { password } })
const verify = (user: TestUser, credential: unknown) =>
  user.request('POST', '/v1/identity/passkeys/verifications', { body: { credential } })
const list = (user: TestUser) => user.request('GET', '/v1/identity/passkeys')
const remove = (user: TestUser, passkeyId: string, password = user.password) =>
  user.request('POST', '/v1/identity/passkeys/removals', { body: { passkeyId, password } })
const challenge = (email: string) => platform.request('POST', '/v1/identity/sessions/passkey-challenges', { body: { email } })
const answer = (email: string, session: string, credential: unknown, more: object = {}) =>
  platform.request('POST', '/v1/identity/sessions/challenges', { body: { challenge: 'WEB_AUTHN', email, session, credential, ...more } })

const enrol = async (user: TestUser): Promise<Authenticator> => {
  const authenticator = openAuthenticator(origin)
  const { body } = await begin(user)
  expect((await verify(user, authenticator.create(body.options))).status).toBe(204)
  return authenticator
}
const signIn = async (email: string, authenticator: Authenticator, deviation: Deviation = {}) => {
  const { body } = await challenge(email)
  return answer(email, body.session, authenticator.get(body.options, deviation))
}
const refused = (given: Answer) => {
  expectProblem(given, at(401))
  expect(given.body.type).toBe('/problems/wrong-credentials')
}

test('a passkey is enrolled, listed, used instead of the password, and removed', async () => {
  const user = await platform.newUser()
  expect((await list(user)).body).toEqual({ items: [] })
  const begun = await begin(user)
  expect(begun).toMatchObject({
    status: 201,
    body: {
      options: {
        rp: { id: 'localhost', name: 'Nestegg' },
        user: { name: user.email },
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      },
    },
  })
  const authenticator = openAuthenticator(origin)
  expect((await verify(user, authenticator.create(begun.body.options))).status).toBe(204)
  const { items } = (await list(user)).body
  const item = { passkeyId: expect.any(String), name: 'This device', attachment: 'platform', transports: ['internal'] }
  expect(items).toEqual([{ ...item, createdAt: expect.any(String) }])

  const before = await storedUser(platform, user.email)
  const { body: asked } = await challenge(user.email)
  expect(asked).toEqual({
    challenge: 'WEB_AUTHN',
    session: expect.any(String),
    options: { challenge: expect.stringMatching(/^[\w-]{43}$/), rpId: 'localhost', timeout: 180_000, userVerification: 'required' },
  })
  const signedIn = await answer(user.email, asked.session, authenticator.get(asked.options), { refreshTokenIn: 'cookie' })
  expect(signedIn).toMatchObject({ status: 200, body: { challenge: null, tokens: { refreshToken: null } } })
  expect(signedIn.headers.getSetCookie()[0]).toMatch(/^__Secure-nestegg-refresh=[\w-]+; HttpOnly; Secure; SameSite=Strict;/)
  const token = signedIn.body.tokens.accessToken
  expect((await platform.request('GET', '/v1/identity/me', { token })).body).toMatchObject({ email: user.email, mfaEnabled: false })
  expect((await storedUser(platform, user.email))!.last_login).not.toBe(before!.last_login)

  expectProblem(await remove(user, items[0].passkeyId, `${user.password}-wrong`), at(422, 'body.password'))
  expect((await remove(user, items[0].passkeyId)).status).toBe(204)
  expectProblem(await remove(user, items[0].passkeyId), at(422, 'body.passkeyId'))
  expect((await list(user)).body).toEqual({ items: [] })
  refused(await signIn(user.email, authenticator))
})

describe('an enrolment is refused', () => {
  const deviations: readonly (readonly [string, () => Deviation])[] = [
    ['of another origin', () => ({ origin: 'https://elsewhere.example' })],
    ['of another port of this machine', () => ({ origin: 'http://localhost:1' })],
    ['of the address instead of the domain', () => ({ origin: platform.services.url })],
    ['for another relying party', () => ({ relyingPartyId: 'elsewhere.example' })],
    ['with another challenge', () => ({ challenge: Buffer.from('another challenge').toString('base64url') })],
    ['that did not verify its user', () => ({ verified: false })],
    ['with a wrong attestation', () => ({ forged: true })],
  ]
  test.each(deviations)('%s', async (_, deviation) => {
    const user = await platform.newUser()
    const { body } = await begin(user)
    const answered = await verify(user, openAuthenticator(origin).create(body.options, deviation()))
    expectProblem(answered, at(422, 'body.credential'))
    expect(answered.body.type).toBe('/problems/passkey-not-accepted')
    expect((await list(user)).body.items).toEqual([])
  })

  test('with the challenge of another user, a second time, and without the password', async () => {
    const [user, other] = [await platform.newUser(), await platform.newUser()]
    const [{ body }] = [await begin(user), await begin(other)]
    const authenticator = openAuthenticator(origin)
    expectProblem(await verify(other, authenticator.create(body.options)), at(422, 'body.credential'))
    const credential = authenticator.create(body.options)
    expect((await verify(user, credential)).status).toBe(204)
    expectProblem(await verify(user, credential), at(422, 'body.credential'))
    expectProblem(await begin(user, `${user.password}-wrong`), at(422, 'body.password'))
    expectProblem(await user.request('POST', '/v1/identity/passkeys', { body: {} }), at(400, 'body.password'))
    expectProblem(await verify(user, { ...credential, type: 'password' }), at(400, 'body.credential.type'))
    expect((await list(user)).body.items).toHaveLength(1)
  })

  test('beyond five wrong answers in an hour', async () => {
    const user = await platform.newUser()
    const statuses = []
    for (let tries = 0; tries < 6; tries += 1) {
      const credential = openAuthenticator(origin).create({ challenge: 'AAAA', rp: { id: 'localhost' } })
      statuses.push((await verify(user, credential)).status)
    }
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429])
  })

  test('beyond twenty passkeys', async () => {
    const user = await platform.newUser()
    const client = new CognitoIdentityProviderClient(clientSettings(platform.services.userPool.endpoint))
    const token = { AccessToken: user.token }
    for (let count = 0; count < 20; count += 1) {
      const { CredentialCreationOptions: options } = await client.send(new StartWebAuthnRegistrationCommand(token))
      const Credential = openAuthenticator(origin).create(options as unknown as Parameters<Authenticator['create']>[0])
      await client.send(new CompleteWebAuthnRegistrationCommand({ ...token, Credential }))
    }
    expect((await list(user)).body.items).toHaveLength(20)
    const answered = await begin(user)
    expectProblem(answered, at(409))
    expect(answered.body.type).toBe('/problems/too-many-passkeys')
  })
})

describe('a sign-in is refused', () => {
  const deviations: readonly (readonly [string, Deviation])[] = [
    ['from another origin', { origin: 'https://elsewhere.example' }],
    ['for another relying party', { relyingPartyId: 'elsewhere.example' }],
    ['with another challenge', { challenge: Buffer.from('another challenge').toString('base64url') }],
    ['without the verification of the user', { verified: false }],
    ['with a wrong signature', { forged: true }],
  ]
  test.each(deviations)('%s', async (_, deviation) => {
    const user = await platform.newUser()
    const authenticator = await enrol(user)
    refused(await signIn(user.email, authenticator, deviation))
    expect((await signIn(user.email, authenticator)).status).toBe(200)
  })

  test('with an answer that was used, in its session or in a new one', async () => {
    const user = await platform.newUser()
    const authenticator = await enrol(user)
    const { body } = await challenge(user.email)
    const credential = authenticator.get(body.options)
    expect((await answer(user.email, body.session, credential)).status).toBe(200)
    refused(await answer(user.email, body.session, credential))
    refused(await answer(user.email, (await challenge(user.email)).body.session, credential))
  })

  test('with the passkey of another user, or in the session of another user', async () => {
    const [user, other] = [await platform.newUser(), await platform.newUser()]
    const [own, foreign] = [await enrol(user), await enrol(other)]
    const { body } = await challenge(user.email)
    refused(await answer(user.email, body.session, foreign.get(body.options)))
    refused(await answer(other.email, body.session, foreign.get(body.options)))
    expect((await answer(user.email, body.session, own.get(body.options))).status).toBe(200)
  })

  test('to a closed account', async () => {
    const user = await platform.newUser()
    const authenticator = await enrol(user)
    expect((await steps.close(user.token, user.password)).status).toBe(204)
    const answered = await signIn(user.email, authenticator)
    expectProblem(answered, at(403))
    expect(answered.body.type).toBe('/problems/account-closed')
    expectProblem(await list(user), at(401))
  })
})

test('the answers are the same for every address, with a passkey or without, up to the limit and beyond it', async () => {
  const [enrolled, known, disabled] = [await platform.newUser(), await platform.newUser(), await platform.newUser()]
  const waiting = newAccount()
  await steps.signUp(waiting)
  await enrol(enrolled)
  await enrol(disabled)
  const { endpoint, poolId } = platform.services.userPool
  const client = new CognitoIdentityProviderClient(clientSettings(endpoint))
  await client.send(new AdminDisableUserCommand({ UserPoolId: poolId, Username: disabled.email }))
  const stranger = openAuthenticator(origin)
  stranger.create({ challenge: 'AAAA', rp: { id: 'localhost' } })
  const masked = (text: unknown) => String(text).replaceAll(/[\w-]/g, '.')
  const seen = async (email: string) => {
    const answers = []
    for (let tries = 0; tries < 6; tries += 1) {
      const { body, status } = await challenge(email)
      if (status !== 200) {
        answers.push({ status, body: { ...body, requestId: '' } })
        continue
      }
      const wrong = await answer(email, body.session, stranger.get(body.options))
      const options = { ...body.options, challenge: masked(body.options.challenge) }
      answers.push({
        ...body,
        options,
        session: masked(body.session),
        wrong: { status: wrong.status, body: { ...wrong.body, requestId: '' } },
      })
    }
    return answers
  }
  const unknown = await seen(newAccount().email)
  expect(unknown.map(each => each.status ?? each.wrong.status)).toEqual([401, 401, 401, 401, 401, 429])
  for (const email of [enrolled.email, known.email, disabled.email, waiting.email]) expect(await seen(email)).toEqual(unknown)
})

describe('with an authenticator app', () => {
  const enrolApp = async (user: TestUser): Promise<void> => {
    const app = URI.parse((await steps.enrol(user.token, user.password)).body.uri) as TOTP
    expect((await steps.verifyDevice(user.token, app.generate())).status).toBe(204)
  }
  const orders: readonly (readonly [string, (user: TestUser) => Promise<Authenticator>])[] = [
    [
      'enrolled first',
      async user => {
        await enrolApp(user)
        return enrol(user)
      },
    ],
    [
      'enrolled afterwards',
      async user => {
        const authenticator = await enrol(user)
        await enrolApp(user)
        return authenticator
      },
    ],
  ]

  test.each(orders)('%s, a passkey stands for both factors, and the password still needs a code', async (_, enrolBoth) => {
    const user = await platform.newUser()
    const authenticator = await enrolBoth(user)
    const signedIn = await signIn(user.email, authenticator)
    expect(signedIn).toMatchObject({ status: 200, body: { challenge: null } })
    const token = signedIn.body.tokens.accessToken
    expect((await platform.request('GET', '/v1/identity/me', { token })).body).toMatchObject({ mfaEnabled: true })
    expect((await steps.signIn(user)).body.challenge).toMatchObject({ challenge: 'SOFTWARE_TOKEN_MFA' })

    expect((await steps.removeDevices(token, user.password)).status).toBe(204)
    expect(await storedUser(platform, user.email)).toMatchObject({ mfa_enabled: false })
    expect((await signIn(user.email, authenticator)).status).toBe(200)
  })
})

test('an environment without a domain offers no passkeys', async () => {
  const user = await platform.newUser()
  vi.stubEnv('RELYING_PARTY_ID', undefined)
  try {
    for (const answered of [await begin(user), await challenge(user.email)]) {
      expectProblem(answered, at(422))
      expect(answered.body.type).toBe('/problems/passkeys-not-offered')
    }
  } finally {
    vi.unstubAllEnvs()
  }
})
