import { AdminDisableUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clientSettings } from '../../../lambdas/runtime/client-settings.ts'
import { accountSteps, newAccount, storedUser } from '../../support/accounts.ts'
import { type Answer, startTestPlatform, type TestPlatform } from '../../support/platform.ts'
import { at, expectProblem } from '../../support/problems.ts'

let platform: TestPlatform
let steps: ReturnType<typeof accountSteps>
beforeAll(async () => {
  platform = await startTestPlatform()
  steps = accountSteps(platform)
})
afterAll(() => platform.close())

/** What a caller sees of an answer, without the id of the request. */
const seen = ({ body, headers, status }: Answer) => ({
  status,
  body: { ...body, requestId: '' },
  challenge: headers.get('www-authenticate'),
  retryAfter: headers.has('retry-after'),
})

/** Addresses in every state: unknown, confirmed, not confirmed, disabled in the user pool. */
const addresses = async (): Promise<Record<string, string>> => {
  const waiting = newAccount()
  await steps.signUp(waiting)
  platform.takeCode(waiting.email)
  const [known, disabled] = [await platform.newUser(), await platform.newUser()]
  const { endpoint, poolId } = platform.services.userPool
  const client = new CognitoIdentityProviderClient(clientSettings(endpoint))
  await client.send(new AdminDisableUserCommand({ UserPoolId: poolId, Username: disabled.email }))
  return { unknown: newAccount().email, known: known.email, waiting: waiting.email, disabled: disabled.email }
}

const five = (status: number) => [status, status, status, status, status]

type Attempt = (email: string) => Promise<Answer>

const cases: readonly (readonly [name: string, attempt: Attempt, statuses: readonly number[]])[] = [
  ['a sign-in with a wrong password', email => steps.signIn({ email, password: 'Wrong-password-1' }), [...five(401), 429]],
  ['a wrong code of a sign-up', email => steps.confirm(email, '000000'), [...five(422), 429]],
  ['a wrong code of a password reset', email => steps.reset(email, '000000', 'A-good-password-1'), [...five(422), 429]],
  ['a request for another code', email => steps.resendCode(email), [202, 202, 202, 202, 429]],
  ['a request for a password reset', email => steps.askForReset(email), [...five(202), 429]],
]

test.each(cases)('the answer is the same for every address, up to the limit and beyond it: %s', async (_, attempt, statuses) => {
  const found = Object.entries(await addresses()).map(async ([state, email]) => {
    const answers = []
    for (const _each of statuses) answers.push(seen(await attempt(email)))
    return [state, answers] as const
  })
  const { unknown, ...others } = Object.fromEntries(await Promise.all(found))
  expect(unknown!.map(({ status }) => status)).toEqual(statuses)
  expect(others).toEqual({ known: unknown, waiting: unknown, disabled: unknown })
})

test('a sign-up is answered the same for an address with an account, and its owner gets a mail', async () => {
  const { unknown, ...taken } = await addresses()
  const password = newAccount().password
  const fresh = await steps.signUp({ email: unknown!, password })
  expect(fresh).toMatchObject({ status: 202, body: { email: unknown, confirmed: false } })
  for (const email of Object.values(taken)) {
    const before = await storedUser(platform, email)
    const answer = await steps.signUp({ email: email.toUpperCase(), password }, { firstName: 'Other' })
    expect(seen(answer)).toEqual({ ...seen(fresh), body: { ...seen(fresh).body, email } })
    expect(platform.takeMail(email)).toMatchObject({ subject: 'You already have an account' })
    expect(await storedUser(platform, email)).toEqual(before)
    expectProblem(await steps.signUp({ email, password: 'weak' }), at(422, 'body.password'))
  }
})

test('attempts at the same time are counted one by one', async () => {
  const { email } = await platform.newUser()
  const answers = await Promise.all(Array.from({ length: 8 }, () => steps.signIn({ email, password: 'Wrong-password-1' })))
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
})

// The last test of the file, because the source stays blocked.
test('many addresses from one source are limited too', async () => {
  const functions = platform.database.connect('nestegg_identity')
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const document = { purpose: 'sign-in', email: newAccount().email, request: { ipAddress: '127.0.0.1' } }
    await functions`select identity.count_attempt(${JSON.stringify(document)}::text::jsonb)`
  }
  const refused = await steps.signIn({ email: newAccount().email, password: 'Wrong-password-1' })
  expectProblem(refused, at(429))
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60)
  expect((await steps.askForReset(newAccount().email)).status).toBe(202)
})
