import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Account, accountSteps } from '../../support/accounts.ts'
import { type Answer, startTestPlatform, type TestPlatform } from '../../support/platform.ts'
import { at, expectProblem } from '../../support/problems.ts'

let platform: TestPlatform
let steps: ReturnType<typeof accountSteps>
beforeAll(async () => {
  platform = await startTestPlatform()
  steps = accountSteps(platform)
})
afterAll(() => platform.close())

const name = '__Secure-nestegg-refresh'
const ownPage = { 'sec-fetch-site': 'same-origin' }
const removed = `${name}=; HttpOnly; Secure; SameSite=Strict; Path=/v1/identity/sessions; Max-Age=0`

const signIn = ({ email, password }: Account) =>
  platform.request('POST', '/v1/identity/sessions', { body: { email, password, refreshTokenIn: 'cookie' } })
/** The cookie of an answer, as a browser sends it. */
const cookieOf = (answer: Answer) => answer.headers.getSetCookie()[0]!.split(';')[0]!
const refresh = (cookie: string, headers: Record<string, string> = ownPage) =>
  platform.request('POST', '/v1/identity/sessions/refreshes', { body: {}, headers: { cookie, ...headers } })
const signOut = (cookie: string, headers: Record<string, string> = ownPage) =>
  platform.request('POST', '/v1/identity/sessions/sign-outs', { body: {}, headers: { cookie, ...headers } })
const me = (token: string) => platform.request('GET', '/v1/identity/me', { token })

describe('a sign-in of a browser', () => {
  test('has its refresh token in a cookie that no script can read, and not in the body', async () => {
    const answer = await signIn(await platform.newUser())
    expect(answer).toMatchObject({ status: 200, body: { challenge: null, tokens: { refreshToken: null, expiresInSeconds: 900 } } })
    const [cookie, ...more] = answer.headers.getSetCookie()
    expect(more).toEqual([])
    const [, value, attributes, maxAge] = /^__Secure-nestegg-refresh=([^;]+); (.+); Max-Age=(\d+)$/.exec(cookie!)!
    expect(value!.length).toBeGreaterThan(40)
    expect(attributes).toBe('HttpOnly; Secure; SameSite=Strict; Path=/v1/identity/sessions')
    expect(Number(maxAge)).toBeGreaterThan(30 * 24 * 3600 - 60)
    expect(Number(maxAge)).toBeLessThanOrEqual(30 * 24 * 3600)
    expect(JSON.stringify(answer.body)).not.toContain(value)
  })

  test('is for programs without a cookie, unless it asks for one', async () => {
    const answer = await steps.signIn(await platform.newUser())
    expect(answer.body.tokens.refreshToken).toEqual(expect.any(String))
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  test('refuses another place', async () => {
    const { email, password } = await platform.newUser()
    const answer = await platform.request('POST', '/v1/identity/sessions', { body: { email, password, refreshTokenIn: 'header' } })
    expectProblem(answer, at(400, 'body.refreshTokenIn'))
    expect(answer.headers.getSetCookie()).toEqual([])
  })
})

describe('a refresh by the cookie', () => {
  test('answers with new tokens of the same session and with a new cookie', async () => {
    const signedIn = await signIn(await platform.newUser())
    const answer = await refresh(cookieOf(signedIn))
    expect(answer).toMatchObject({ status: 200, body: { refreshToken: null, tokenType: 'Bearer' } })
    expect(cookieOf(answer)).not.toBe(cookieOf(signedIn))
    expect(decodeJwt(answer.body.accessToken)['origin_jti']).toBe(decodeJwt(signedIn.body.tokens.accessToken)['origin_jti'])
    expect((await me(answer.body.accessToken)).status).toBe(200)
    // The browser may not have got the answer.
    expect((await refresh(cookieOf(signedIn))).status).toBe(200)
    expect((await refresh(cookieOf(answer))).status).toBe(200)
  })

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another origin of the same site', { 'sec-fetch-site': 'same-site' }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['no browser', {}],
  ])('is refused from %s, and so is a sign-out', async (_, headers) => {
    const cookie = cookieOf(await signIn(await platform.newUser()))
    for (const answer of [await refresh(cookie, headers), await signOut(cookie, headers)]) {
      expectProblem(answer, at(403))
      expect(answer.body).toMatchObject({ type: '/problems/same-origin-required', detail: expect.stringContaining('Sec-Fetch-Site') })
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect((await refresh(cookie)).status).toBe(200)
  })

  test('removes a cookie that is refused', async () => {
    const user = await platform.newUser()
    const cookie = cookieOf(await signIn(user))
    const everywhere = await steps.signOut(user.token)
    expect(everywhere.headers.getSetCookie()).toEqual([removed])
    for (const refused of [cookie, `${name}=unknown`]) {
      const answer = await refresh(refused)
      expectProblem(answer, at(401))
      expect(answer.headers.getSetCookie()).toEqual([removed])
    }
  })

  test('does not count when the body has a token, which stays in the body', async () => {
    const user = await platform.newUser()
    const cookie = cookieOf(await signIn(await platform.newUser()))
    const body = { refreshToken: user.refreshToken }
    const answer = await platform.request('POST', '/v1/identity/sessions/refreshes', { body, headers: { cookie } })
    expect(decodeJwt(answer.body.accessToken).sub).toBe(decodeJwt(user.token).sub)
    expect(answer.body.refreshToken).toEqual(expect.any(String))
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  test('needs a cookie', async () => {
    for (const cookie of ['other=1', `${name}=`, `x${name}=1`]) {
      const answer = await refresh(cookie)
      expectProblem(answer, at(401))
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    }
  })
})

describe('a sign-out here', () => {
  test('ends the session of this browser at once, and no other', async () => {
    const user = await platform.newUser()
    const here = await signIn(user)
    const { accessToken: first } = here.body.tokens
    const refreshed = await refresh(cookieOf(here))
    const answer = await signOut(cookieOf(refreshed))
    expect(answer.status).toBe(204)
    expect(answer.headers.getSetCookie()).toEqual([removed])
    for (const token of [first, refreshed.body.accessToken]) {
      expectProblem(await me(token), at(401))
      // Over the Data API.
      expectProblem(await steps.verifyDevice(token, '123456'), at(401))
    }
    for (const cookie of [cookieOf(here), cookieOf(refreshed)]) expectProblem(await refresh(cookie), at(401))
    expect((await user.request('GET', '/v1/identity/me')).status).toBe(200)
    expect((await steps.refresh(user.refreshToken)).status).toBe(200)
  })

  test('by a program names the token in the body', async () => {
    const user = await platform.newUser()
    const other = await steps.signIn(user)
    const body = { refreshToken: user.refreshToken }
    expect((await platform.request('POST', '/v1/identity/sessions/sign-outs', { body })).status).toBe(204)
    expectProblem(await user.request('GET', '/v1/identity/me'), at(401))
    expectProblem(await steps.refresh(user.refreshToken), at(401))
    expect((await me(other.body.tokens.accessToken)).status).toBe(200)
  })

  test('has the same answer for a session that is over, and without one', async () => {
    const cookie = cookieOf(await signIn(await platform.newUser()))
    for (const sent of [cookie, cookie, `${name}=unknown`, 'other=1']) {
      const answer = await signOut(sent)
      expect(answer.status).toBe(204)
      expect(answer.headers.getSetCookie()).toEqual([removed])
    }
  })

  test('can be repeated when the database could not be reached', async () => {
    const signedIn = await signIn(await platform.newUser())
    const { accessToken } = signedIn.body.tokens
    platform.services.dataApi.injectFault({ error: 'ForbiddenException', times: 1 })
    expect((await signOut(cookieOf(signedIn))).status).toBe(500)
    expect((await me(accessToken)).status).toBe(200)
    expect((await signOut(cookieOf(signedIn))).status).toBe(204)
    expectProblem(await me(accessToken), at(401))
  })
})
