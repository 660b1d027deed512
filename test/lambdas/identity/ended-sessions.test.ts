import { setTimeout as wait } from 'node:timers/promises'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestPlatform, type TestPlatform } from '../../support/platform.ts'
import { at, expectProblem } from '../../support/problems.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startTestPlatform()
})
afterAll(() => platform.close())

test('tokens from before the end of a user’s sessions are refused by every route, until the user signs in again', async () => {
  const user = await platform.newUser()
  const { body: household } = await user.request('POST', '/v1/identity/households', { body: { name: 'Home', timezone: 'UTC' } })
  const [row] = await platform.database.connect('nestegg_identity')<{ answer: { tokensValidAfter: string } }[]>`
    select identity.end_sessions(${JSON.stringify({ subject: decodeJwt(user.token).sub })}::text::jsonb) as answer`

  const refused = [
    await user.request('GET', '/v1/identity/me'),
    await user.request('POST', '/v1/identity/households', { body: { name: 'Second', timezone: 'UTC' } }),
    // Over the Data API.
    await user.request('POST', `/v1/identity/households/${household.id}/invitations`, { body: { email: 'a@example.com', role: 'viewer' } }),
  ]
  for (const answer of refused) {
    expectProblem(answer, at(401))
    expect(answer.body).toMatchObject({ type: '/problems/sign-in-required', detail: 'Your session has ended. Sign in again.' })
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  }

  while (Date.now() < Date.parse(row!.answer.tokensValidAfter)) await wait(20)
  const { body } = await platform.request('POST', '/v1/identity/sessions', { body: { email: user.email, password: user.password } })
  expect((await platform.request('GET', '/v1/identity/me', { token: body.tokens.accessToken })).status).toBe(200)
})
