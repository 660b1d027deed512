import { TOTP, URI } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountSteps, storedUser } from '../../support/accounts.ts'
import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { at, expectProblem } from '../../support/problems.ts'

let platform: TestPlatform
let steps: ReturnType<typeof accountSteps>
beforeAll(async () => {
  platform = await startTestPlatform()
  steps = accountSteps(platform)
})
afterAll(() => platform.close())

const periodMs = 30_000
const codeOf = (app: TOTP, steps = 0) => app.generate({ timestamp: Date.now() + steps * periodMs })

/** A code that the app does not show at any time near now. */
const wrongCodeOf = (app: TOTP): string => {
  const near = new Set([-3, -2, -1, 0, 1, 2, 3].map(step => codeOf(app, step)))
  return ['000000', '000001', '000002', '000003', '000004', '000005', '000006', '000007'].find(code => !near.has(code))!
}

const enrol = async (user: TestUser): Promise<TOTP> => {
  const { body } = await steps.enrol(user.token, user.password)
  const app = URI.parse(body.uri) as TOTP
  expect((await steps.verifyDevice(user.token, codeOf(app))).status).toBe(204)
  return app
}

test('an authenticator app is enrolled, required at sign-in, and removed', async () => {
  const user = await platform.newUser()
  const offered = await steps.enrol(user.token, user.password)
  expect(offered.status).toBe(201)
  const app = URI.parse(offered.body.uri) as TOTP
  expect(app).toBeInstanceOf(TOTP)
  expect(app).toMatchObject({ issuer: 'Nestegg', label: user.email, digits: 6, period: 30, algorithm: 'SHA1' })
  expect(app.secret.base32).toBe(offered.body.secret)

  expectProblem(await steps.verifyDevice(user.token, wrongCodeOf(app)), at(422, 'body.code'))
  expect((await steps.signIn(user)).body.challenge).toBeNull()
  expect((await steps.verifyDevice(user.token, codeOf(app))).status).toBe(204)
  expect(await storedUser(platform, user.email)).toMatchObject({ mfa_enabled: true })

  const before = await storedUser(platform, user.email)
  const { body: challenged } = await steps.signIn(user)
  expect(challenged).toMatchObject({ tokens: null, challenge: { challenge: 'SOFTWARE_TOKEN_MFA' } })
  expect((await storedUser(platform, user.email))!.last_login).toBe(before!.last_login)
  const answer = { ...challenged.challenge, email: user.email }
  expectProblem(await steps.answerChallenge({ ...answer, code: wrongCodeOf(app) }), at(422, 'body.code'))
  const signedIn = await steps.answerChallenge({ ...answer, code: codeOf(app, 1) })
  expect(signedIn).toMatchObject({ status: 200, body: { challenge: null, tokens: { tokenType: 'Bearer' } } })
  const { accessToken: token, refreshToken } = signedIn.body.tokens
  expect((await platform.request('GET', '/v1/identity/me', { token })).body).toMatchObject({ mfaEnabled: true, failedLoginAttempts: 0 })
  expect((await storedUser(platform, user.email))!.last_login).not.toBe(before!.last_login)
  expect((await steps.refresh(refreshToken)).status).toBe(200)

  expect((await steps.removeDevices(token, user.password)).status).toBe(204)
  expect(await storedUser(platform, user.email)).toMatchObject({ mfa_enabled: false })
  expect((await steps.signIn(user)).body).toMatchObject({ challenge: null, tokens: { tokenType: 'Bearer' } })
})

test('a code and a session of a sign-in can be used once', async () => {
  const user = await platform.newUser()
  const app = await enrol(user)
  const [first, second] = [(await steps.signIn(user)).body.challenge, (await steps.signIn(user)).body.challenge]
  const code = codeOf(app, 1)
  expect((await steps.answerChallenge({ ...first, email: user.email, code })).status).toBe(200)
  expectProblem(await steps.answerChallenge({ ...second, email: user.email, code }), at(422, 'body.code'))
  expectProblem(await steps.answerChallenge({ ...first, email: user.email, code: codeOf(app, 1) }), at(401))
})

test('a session of one user does not sign another in', async () => {
  const [user, other] = [await platform.newUser(), await platform.newUser()]
  const [app, otherApp] = [await enrol(user), await enrol(other)]
  const { challenge } = (await steps.signIn(user)).body
  for (const code of [codeOf(app, 1), codeOf(otherApp, 1)]) {
    const answer = await steps.answerChallenge({ ...challenge, email: other.email, code })
    expect(answer.status).toBe(401)
  }
})

test.each([
  ['no session', { challenge: 'SOFTWARE_TOKEN_MFA', email: 'a@b.example', code: '123456' }, at(400, 'body.session')],
  ['a code of five digits', { challenge: 'SOFTWARE_TOKEN_MFA', email: 'a@b.example', session: 's', code: '12345' }, at(400, 'body.code')],
  ['an unknown challenge', { challenge: 'CUSTOM', email: 'a@b.example', session: 's', code: '123456' }, at(400, 'body.challenge')],
  ['an unknown session', { challenge: 'SOFTWARE_TOKEN_MFA', email: 'a@b.example', session: 'x'.repeat(40), code: '123456' }, at(401)],
])('an answer with %s is refused', async (_, body, expected) => {
  const answer = await steps.answerChallenge(body)
  expect(answer.status).toBe(expected.status)
  expectProblem(answer, expected)
})

test('an enrolment needs a code, and a code is refused without an enrolment', async () => {
  const user = await platform.newUser()
  expectProblem(await steps.verifyDevice(user.token, '123456'), at(422))
  expect((await steps.removeDevices(user.token, user.password)).status).toBe(204)
  await steps.enrol(user.token, user.password)
  expect((await steps.signIn(user)).body.challenge).toBeNull()
  expect(await storedUser(platform, user.email)).toMatchObject({ mfa_enabled: false })
})

test('an app is enrolled, replaced or removed with the password only', async () => {
  const user = await platform.newUser()
  const wrong = `${user.password}-wrong`
  expectProblem(await steps.enrol(user.token, wrong), at(422, 'body.password'))
  expectProblem(await user.request('POST', '/v1/identity/totp-devices', { body: {} }), at(400, 'body.password'))
  await enrol(user)
  expectProblem(await steps.enrol(user.token, wrong), at(422, 'body.password'))
  expectProblem(await steps.removeDevices(user.token, wrong), at(422, 'body.password'))
  expectProblem(await user.request('POST', '/v1/identity/totp-devices/removals', { body: {} }), at(400, 'body.password'))
  expectProblem(await user.request('DELETE', '/v1/identity/totp-devices'), at(405))
  expect((await steps.signIn(user)).body.challenge).toMatchObject({ challenge: 'SOFTWARE_TOKEN_MFA' })

  const offered = await steps.enrol(user.token, user.password)
  expect(offered.status).toBe(201)
  const replacement = URI.parse(offered.body.uri) as TOTP
  expect((await steps.verifyDevice(user.token, codeOf(replacement))).status).toBe(204)
  expect((await steps.removeDevices(user.token, user.password)).status).toBe(204)
  expect((await steps.signIn(user)).body.challenge).toBeNull()
})

test('codes of an enrolment and passwords of a step-up cannot be guessed without limit', async () => {
  const user = await platform.newUser()
  const app = URI.parse((await steps.enrol(user.token, user.password)).body.uri) as TOTP
  const codes = await Promise.all(Array.from({ length: 12 }, () => steps.verifyDevice(user.token, wrongCodeOf(app))))
  expect(codes.filter(({ status }) => status === 422)).toHaveLength(5)
  expect(codes.filter(({ status }) => status === 429)).toHaveLength(7)
  const refused = await steps.verifyDevice(user.token, codeOf(app))
  expectProblem(refused, at(429))
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60)

  const other = await platform.newUser()
  const guesses = await Promise.all(Array.from({ length: 8 }, () => steps.close(other.token, `${other.password}-wrong`)))
  expect(guesses.filter(({ status }) => status === 422)).toHaveLength(5)
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(3)
})

test('right passwords and right codes are not counted', async () => {
  const user = await platform.newUser()
  for (let time = 0; time < 7; time += 1) expect((await steps.enrol(user.token, user.password)).status).toBe(201)
  const app = await enrol(user)
  const { challenge } = (await steps.signIn(user)).body
  expect((await steps.answerChallenge({ ...challenge, email: user.email, code: codeOf(app, 1) })).status).toBe(200)
})

test('codes of a sign-in cannot be guessed without limit', async () => {
  const user = await platform.newUser()
  const app = await enrol(user)
  const { challenge } = (await steps.signIn(user)).body
  const answer = { ...challenge, email: user.email, code: wrongCodeOf(app) }
  const guesses = await Promise.all(Array.from({ length: 8 }, () => steps.answerChallenge(answer)))
  expect(guesses.filter(({ status }) => status === 422)).toHaveLength(5)
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(3)
})
