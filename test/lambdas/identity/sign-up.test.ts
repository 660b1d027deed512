import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountSteps, newAccount, storedUser } from '../../support/accounts.ts'
import { startTestPlatform, type TestPlatform } from '../../support/platform.ts'
import { at, expectProblem } from '../../support/problems.ts'

let platform: TestPlatform
let steps: ReturnType<typeof accountSteps>
beforeAll(async () => {
  platform = await startTestPlatform()
  steps = accountSteps(platform)
})
afterAll(() => platform.close())

/** A code that differs from the one that was sent. */
const otherThan = (code: string) => (code === '000000' ? '000001' : '000000')

test('from sign-up to sign-out', async () => {
  const account = newAccount()
  const signedUp = await steps.signUp(account, { firstName: 'Ada', lastName: 'Lovelace' })
  expect(signedUp).toMatchObject({ status: 202, body: { email: account.email, confirmed: false } })
  expect(await storedUser(platform, account.email)).toMatchObject({ is_verified: false, last_login: null, role: 'member' })
  expectProblem(await steps.signIn(account), at(401))

  const code = platform.takeCode(account.email)
  expectProblem(await steps.confirm(account.email, otherThan(code)), at(422, 'body.code'))
  expect((await steps.confirm(account.email, code)).status).toBe(204)
  expect(await storedUser(platform, account.email)).toMatchObject({ is_verified: true })

  const { body: signedIn } = await steps.signIn(account)
  expect(signedIn).toMatchObject({ challenge: null, tokens: { tokenType: 'Bearer', expiresInSeconds: 900 } })
  const { accessToken: token, refreshToken } = signedIn.tokens
  const me = await platform.request('GET', '/v1/identity/me', { token })
  expect(me.body).toMatchObject({
    email: account.email,
    isVerified: true,
    firstName: 'Ada',
    lastName: 'Lovelace',
    role: 'member',
    mfaEnabled: false,
  })
  expect(me.body.lastLogin).not.toBeNull()

  const refreshed = await steps.refresh(refreshToken)
  expect(refreshed).toMatchObject({ status: 200, body: { refreshToken: expect.any(String), tokenType: 'Bearer' } })
  const again = await platform.request('GET', '/v1/identity/me', { token: refreshed.body.accessToken })
  expect(again.body.id).toBe(me.body.id)

  expect((await steps.signOut(token)).status).toBe(204)
  expectProblem(await steps.refresh(refreshToken), at(401))
  expectProblem(await steps.signOut(token), at(401))
})

describe('sign-up', () => {
  test.each([
    ['too short', 'Ab1!short'],
    ['no digit', 'NoDigitsInHere!'],
    ['no symbol', 'NoSymbol1InHere'],
    ['no capital', 'no-capital-1-in-here'],
  ])('refuses a password with %s, naming the field', async (_, password) => {
    const account = { ...newAccount(), password }
    expectProblem(await steps.signUp(account), at(422, 'body.password'))
    expect(await storedUser(platform, account.email)).toBeUndefined()
  })

  test.each([
    ['no address', { password: 'x' }, 'body.email'],
    ['something that is no address', { email: 'somebody', password: 'x' }, 'body.email'],
    ['an empty password', { email: 'a@b.example', password: '' }, 'body.password'],
    ['a name of spaces', { email: 'a@b.example', password: 'x', firstName: '  ' }, 'body.firstName'],
  ])('refuses %s', async (_, body, field) => {
    expectProblem(await platform.request('POST', '/v1/identity/sign-ups', { body }), at(400, field))
    expect(await storedUser(platform, String(Reflect.get(body, 'email')))).toBeUndefined()
  })

  test('sends the code again, after which only the new one is valid', async () => {
    const account = newAccount()
    await steps.signUp(account)
    const first = platform.takeCode(account.email)
    expect((await steps.resendCode(account.email)).status).toBe(202)
    const second = platform.takeCode(account.email)
    expect([204, 422]).toContain((await steps.confirm(account.email, first === second ? otherThan(first) : first)).status)
    expect((await steps.confirm(account.email, second)).status).toBe(204)
  })

  test('does not show which addresses wait for a code', async () => {
    const confirmed = await platform.newUser()
    const [unknown, known] = [await steps.resendCode('nobody@nestegg.example'), await steps.resendCode(confirmed.email)]
    expect(unknown.status).toBe(202)
    expect(known.status).toBe(202)
    expect(() => platform.takeCode(confirmed.email)).toThrow('No mail was sent')
    const refusals = [await steps.confirm('nobody@nestegg.example', '123456'), await steps.confirm(confirmed.email, '123456')]
    for (const refusal of refusals) expectProblem(refusal, at(422, 'body.code'))
  })
})

describe('a forgotten password', () => {
  test('is replaced by a new one, which ends every session', async () => {
    const user = await platform.newUser()
    expect((await steps.askForReset(user.email)).status).toBe(202)
    const code = platform.takeCode(user.email)
    const newPassword = `${user.password}-new`
    expectProblem(await steps.reset(user.email, otherThan(code), newPassword), at(422, 'body.code'))
    expectProblem(await steps.reset(user.email, code, 'weak'), at(422, 'body.newPassword'))
    expect(await storedUser(platform, user.email)).toMatchObject({ password_changed_at: null })
    expect((await steps.reset(user.email, code, newPassword)).status).toBe(204)
    expect((await storedUser(platform, user.email))!.password_changed_at).not.toBeNull()
    expectProblem(await steps.signIn(user), at(401))
    expect((await steps.signIn({ email: user.email, password: newPassword })).status).toBe(200)
    expectProblem(await steps.refresh(user.refreshToken), at(401))
    expectProblem(await steps.reset(user.email, code, newPassword), at(422, 'body.code'))
  })

  test('does not show which addresses have an account', async () => {
    const user = await platform.newUser()
    const waiting = newAccount()
    await steps.signUp(waiting)
    for (const email of ['nobody@nestegg.example', user.email, waiting.email]) expect((await steps.askForReset(email)).status).toBe(202)
    const [unknown, known] = [
      await steps.reset('nobody@nestegg.example', '000000', user.password),
      await steps.reset(waiting.email, '000000', user.password),
    ]
    expectProblem(unknown, at(422, 'body.code'))
    expect(known.body.detail).toBe(unknown.body.detail)
  })
})
