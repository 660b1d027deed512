import { AdminDisableUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountSteps, newAccount, storedUser } from '../../support/accounts.ts'
import { type Answer, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { at, expectProblem } from '../../support/problems.ts'
import { clientSettings } from '../../../lambdas/runtime/client-settings.ts'

let platform: TestPlatform
let steps: ReturnType<typeof accountSteps>
beforeAll(async () => {
  platform = await startTestPlatform()
  steps = accountSteps(platform)
})
afterAll(() => platform.close())

const wrong = (user: TestUser) => ({ email: user.email, password: `${user.password}-wrong` })

/** Tries until the lockout ends. Cognito doubles its duration, which begins with a second. */
const untilOpen = async (attempt: () => Promise<Answer>): Promise<Answer> => {
  for (;;) {
    const answer = await attempt()
    if (answer.status !== 429) return answer
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

describe('a sign-in that fails', () => {
  test('with a wrong password is counted, and a sign-in that succeeds resets the count', async () => {
    const user = await platform.newUser()
    for (const count of [1, 2]) {
      expectProblem(await steps.signIn(wrong(user)), at(401))
      expect(await storedUser(platform, user.email)).toMatchObject({ failed_login_attempts: count, locked_until: null })
    }
    const before = await storedUser(platform, user.email)
    expect((await steps.signIn(user)).status).toBe(200)
    const after = await storedUser(platform, user.email)
    expect(after).toMatchObject({ failed_login_attempts: 0, locked_until: null })
    expect(Date.parse(after!.last_login!)).toBeGreaterThan(Date.parse(before!.last_login!))
  })

  test('with an unknown address has the same answer, and stores nothing', async () => {
    const user = await platform.newUser()
    const [known, unknown] = [await steps.signIn(wrong(user)), await steps.signIn(newAccount())]
    expectProblem(unknown, at(401))
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...known.body, requestId: '' })
    expect(known.headers.get('www-authenticate')).toBe('Bearer')
  })

  test('too often locks the account, which the database shows, until a sign-in succeeds', async () => {
    const user = await platform.newUser()
    let answer = await steps.signIn(wrong(user))
    let tries = 1
    for (; answer.status === 401 && tries < 12; tries += 1) answer = await steps.signIn(wrong(user))
    expectProblem(answer, at(429))
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    const locked = await storedUser(platform, user.email)
    expect(locked).toMatchObject({ failed_login_attempts: tries - 1, is_locked: true })
    const me = await user.request('GET', '/v1/identity/me')
    expect(me.body).toMatchObject({ failedLoginAttempts: tries - 1, lockedUntil: expect.any(String) })
    expect((await untilOpen(() => steps.signIn(user))).status).toBe(200)
    expect(await storedUser(platform, user.email)).toMatchObject({ failed_login_attempts: 0, locked_until: null })
  })

  test('too often is unlocked by a new password', async () => {
    const user = await platform.newUser()
    for (let tries = 0; tries < 6; tries += 1) await steps.signIn(wrong(user))
    await steps.askForReset(user.email)
    const password = `${user.password}-new`
    expect((await steps.reset(user.email, platform.takeCode(user.email), password)).status).toBe(204)
    expect(await storedUser(platform, user.email)).toMatchObject({ failed_login_attempts: 0, locked_until: null })
    expect((await steps.signIn({ email: user.email, password })).status).toBe(200)
  })

  test('because the account is disabled is like a wrong password; who has a token learns the reason', async () => {
    const user = await platform.newUser()
    const { endpoint, poolId } = platform.services.userPool
    const client = new CognitoIdentityProviderClient(clientSettings(endpoint))
    await client.send(new AdminDisableUserCommand({ UserPoolId: poolId, Username: user.email }))
    expectProblem(await steps.signIn(user), at(401))
    expectProblem(await steps.refresh(user.refreshToken), at(403))
    // A token is valid until it expires, unless the sessions of its user are ended.
    expect((await user.request('GET', '/v1/identity/me')).status).toBe(200)
    expectProblem(await steps.signOut(user.token), at(403))
    expectProblem(await user.request('GET', '/v1/identity/me'), at(401))
    expect((await steps.askForReset(user.email)).status).toBe(202)
    expect(() => platform.takeCode(user.email)).toThrow('No mail was sent')
  })
})

describe('while the database cannot be reached', () => {
  const signedInAt = async (user: TestUser) => (await storedUser(platform, user.email))!.last_login

  test.each(['ConnectionReset', 'InternalServerErrorException', 'DatabaseResumingException'] as const)(
    'for a moment, a sign-in waits and is mirrored: %s',
    async error => {
      const user = await platform.newUser()
      const before = await signedInAt(user)
      platform.services.dataApi.injectFault({ error, times: 2 })
      expect((await steps.signIn(user)).status).toBe(200)
      expect(await signedInAt(user)).not.toBe(before)
    },
  )

  test('nothing is counted twice when the answer was lost', async () => {
    const user = await platform.newUser()
    platform.services.dataApi.injectFault({ error: 'ConnectionReset', times: 1, when: 'after' })
    expect((await steps.signIn(wrong(user))).status).toBe(401)
    expect(await storedUser(platform, user.email)).toMatchObject({ failed_login_attempts: 1 })
  })

  test('an account is made, and its first request creates the user', async () => {
    const account = newAccount()
    platform.services.dataApi.injectFault({ error: 'ForbiddenException', times: 6 })
    expect((await steps.signUp(account)).status).toBe(202)
    expect((await steps.confirm(account.email, platform.takeCode(account.email))).status).toBe(204)
    const { tokens } = (await steps.signIn(account)).body
    expect(await storedUser(platform, account.email)).toBeUndefined()
    const me = await platform.request('GET', '/v1/identity/me', { token: tokens.accessToken })
    expect(me).toMatchObject({ status: 200, body: { email: null, role: 'member' } })
    // The next sign-in stores the missed events.
    await steps.signIn(account)
    expect(await storedUser(platform, account.email)).toMatchObject({ id: me.body.id, is_verified: true })
  })

  // The last test of the file, because the fault stays.
  test('for a long time, users can still sign in, and wrong passwords are still refused', async () => {
    const user = await platform.newUser()
    const before = await storedUser(platform, user.email)
    platform.services.dataApi.injectFault({ error: 'DatabaseUnavailableException', times: 1_000_000 })
    const [right, refused] = await Promise.all([steps.signIn(user), steps.signIn(wrong(user))])
    expect(right.status).toBe(200)
    expectProblem(refused, at(401))
    expect(await storedUser(platform, user.email)).toEqual(before)
  })
})
