import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, startTestPlatform, type TestPlatform } from '../../support/platform.ts'
import { at, expectProblem } from '../../support/problems.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startTestPlatform({ accessTokenSeconds: 3 })
})
afterAll(() => platform.close())

test('a token that has expired is refused, until it is refreshed', async () => {
  const user = await platform.newUser()
  let answer: Answer = await user.request('GET', '/v1/identity/me')
  expect(answer.status).toBe(200)
  for (; answer.status === 200; await wait(100)) answer = await user.request('GET', '/v1/identity/me')
  expectProblem(answer, at(401))
  expect(answer.body.detail).toContain('expired')
  expectProblem(await platform.request('GET', '/v1/identity/me', { token: user.idToken }), at(401))
  const refreshed = await platform.request('POST', '/v1/identity/sessions/refreshes', { body: { refreshToken: user.refreshToken } })
  expect(refreshed.body.expiresInSeconds).toBe(3)
  expect((await platform.request('GET', '/v1/identity/me', { token: refreshed.body.accessToken })).status).toBe(200)
})
