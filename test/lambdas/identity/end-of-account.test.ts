import { randomBytes } from 'node:crypto'
import { AdminDeleteUserCommand, AdminDisableUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientSettings } from '../../../lambdas/runtime/client-settings.ts'
import { accountSteps } from '../../support/accounts.ts'
import { type Answer, newHousehold, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { overlap } from '../../support/overlap.ts'
import { at, expectProblem } from '../../support/problems.ts'

let platform: TestPlatform
let steps: ReturnType<typeof accountSteps>
beforeAll(async () => {
  platform = await startTestPlatform()
  steps = accountSteps(platform)
})
afterAll(() => platform.close())

/** The refusals of a token by a route that reads, one that writes, one of the Data API and two that only the user pool and its limits serve. */
const requestsWith = async (token: string): Promise<Answer[]> => [
  await platform.request('GET', '/v1/identity/me', { token }),
  await platform.request('POST', '/v1/identity/households', { token, body: { name: 'Late', timezone: 'UTC' } }),
  await platform.request('POST', `/v1/identity/households/${crypto.randomUUID()}/invitations`, {
    token,
    body: { email: 'a@example.com', role: 'viewer' },
  }),
  await steps.enrol(token, 'Any-Password-1'),
  await steps.verifyDevice(token, '000000'),
  await steps.signOut(token),
]

const expectEnded = async (user: TestUser): Promise<void> => {
  for (const answer of await requestsWith(user.token)) expectProblem(answer, at(401))
}

const databaseUser = async (user: TestUser) => {
  const [row] = await platform.database.connect('postgres')`select * from identity.users where cognito_sub = ${subjectOf(user)}`
  return row!
}
const subjectOf = ({ token }: TestUser): string => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()).sub

/** Runs `work` while a function of the database cannot be called. */
const without = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
  const administrator = platform.database.connect('postgres')
  await administrator.unsafe(`alter function identity.${name}(jsonb) rename to ${name}_hidden`)
  try {
    return await work()
  } finally {
    await administrator.unsafe(`alter function identity.${name}_hidden(jsonb) rename to ${name}`)
  }
}

describe.each<[string, (user: TestUser) => Promise<Answer>]>([
  ['a new password', user => steps.changePassword(user.token, user.password, `${user.password}-new`)],
  ['a password reset', user => steps.reset(user.email, platform.takeCode(user.email), `${user.password}-new`)],
])('%s', (_, change) => {
  const newUser = async () => {
    const user = await platform.newUser()
    await steps.askForReset(user.email)
    return user
  }

  test('ends the sessions although the event cannot be stored', async () => {
    const user = await newUser()
    expect((await without('record_identity_event', () => change(user))).status).toBe(204)
    await expectEnded(user)
  })

  test('is no success while the sessions cannot be ended', async () => {
    const user = await newUser()
    expect((await without('end_sessions', () => change(user))).status).toBe(500)
  })
})

describe('an access token ends with', () => {
  test('a sign-out, and a new sign-in is accepted at once', async () => {
    const user = await platform.newUser()
    expect((await steps.signOut(user.token)).status).toBe(204)
    await expectEnded(user)
    const { body } = await steps.signIn(user)
    expect((await platform.request('GET', '/v1/identity/me', { token: body.tokens.accessToken })).status).toBe(200)
  })

  test('a password reset', async () => {
    const user = await platform.newUser()
    await steps.askForReset(user.email)
    const password = `${user.password}-new`
    expect((await steps.reset(user.email, platform.takeCode(user.email), password)).status).toBe(204)
    await expectEnded(user)
    const { body } = await steps.signIn({ ...user, password })
    expect((await platform.request('GET', '/v1/identity/me', { token: body.tokens.accessToken })).status).toBe(200)
  })

  test('a new password, which needs the present one', async () => {
    const user = await platform.newUser()
    const password = `${user.password}-new`
    expectProblem(await steps.changePassword(user.token, password, password), at(422, 'body.password'))
    expectProblem(await steps.changePassword(user.token, user.password, 'weak'), at(422, 'body.newPassword'))
    expect((await user.request('GET', '/v1/identity/me')).status).toBe(200)
    expect((await steps.changePassword(user.token, user.password, password)).status).toBe(204)
    await expectEnded(user)
    expectProblem(await steps.signIn(user), at(401))
    const { body } = await steps.signIn({ ...user, password })
    expect((await platform.request('GET', '/v1/identity/me', { token: body.tokens.accessToken })).status).toBe(200)
  })

  test('the end of the sessions by an operator, and so do the tokens of a refresh', async () => {
    const user = await platform.newUser()
    await platform.database.connect('nestegg_owner')`select identity.end_sessions(${JSON.stringify({ email: user.email })}::text::jsonb)`
    // The user pool does not know that the sessions ended. The time of the sign-in in the token shows it.
    const { body } = await steps.refresh(user.refreshToken)
    for (const token of [user.token, body.accessToken]) {
      const answers = (await requestsWith(token)).slice(0, 5)
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401])
    }
  })
})

test('a user closes the account with the password, and only an operator opens it again', async () => {
  const user = await platform.newUser()
  await newHousehold(user)
  expectProblem(await steps.close(user.token, `${user.password}-wrong`), at(422, 'body.password'))
  expect((await user.request('GET', '/v1/identity/me')).status).toBe(200)

  expect((await steps.close(user.token, user.password)).status).toBe(204)
  await expectEnded(user)
  expectProblem(await steps.signIn({ ...user, password: `${user.password}-wrong` }), at(401))
  const refused = await steps.signIn(user)
  expectProblem(refused, at(403))
  expect(refused.body.type).toBe('/problems/account-closed')

  await platform.database.connect('nestegg_owner')`
    select identity.end_sessions(${JSON.stringify({ email: user.email, isActive: true })}::text::jsonb)`
  await new Promise(resolve => setTimeout(resolve, 1_000))
  const { body } = await steps.signIn(user)
  const token: string = body.tokens.accessToken
  expect((await platform.request('GET', '/v1/identity/households', { token })).body.items).toHaveLength(1)
})

describe('a user deletes the account', () => {
  test('with the password: the sign-in, the profile and the preferences are removed, and the address is free', async () => {
    const user = await platform.newUser()
    await user.request('GET', '/v1/identity/preferences')
    const me = await user.request('GET', '/v1/identity/me')
    const names = { firstName: 'Ada', lastName: 'Lovelace', company: 'Engines', title: 'Countess', licenseNumber: '1' }
    await user.request('PATCH', '/v1/identity/me', { body: names, headers: { 'if-match': me.headers.get('etag')! } })
    await newHousehold(user)
    expectProblem(await steps.deleteAccount(user.token, `${user.password}-wrong`), at(422, 'body.password'))

    expect((await steps.deleteAccount(user.token, user.password)).body).toMatchObject({ status: 'user-pool-erased', error: null })
    expect(await databaseUser(user)).toMatchObject({
      email: null,
      first_name: null,
      last_name: null,
      company: null,
      title: null,
      license_number: null,
      is_active: false,
    })
    expect(await platform.database.connect('postgres')`select from identity.preferences where user_id = ${me.body.id}`).toHaveLength(0)
    for (const answer of (await requestsWith(user.token)).slice(0, 5)) expectProblem(answer, at(401))
    expectProblem(await steps.signIn(user), at(401))
    expectProblem(await steps.refresh(user.refreshToken), at(401))

    const again = { email: user.email, password: `New-${randomBytes(9).toString('hex')}-A1` }
    await steps.signUp(again)
    expect((await steps.confirm(again.email, platform.takeCode(again.email))).status).toBe(204)
    const { body } = await steps.signIn(again)
    const fresh = await platform.request('GET', '/v1/identity/me', { token: body.tokens.accessToken })
    expect(fresh.body).toMatchObject({ email: user.email, firstName: null })
    expect(fresh.body.id).not.toBe(me.body.id)
  })

  /** Deletes the account, and changes the user in the user pool after the password was checked. */
  const deleteWhile = async (user: TestUser, command: typeof AdminDeleteUserCommand | typeof AdminDisableUserCommand): Promise<Answer> => {
    const { endpoint, poolId } = platform.services.userPool
    const [locker, administrator] = [platform.database.connect('postgres'), platform.database.connect('postgres')]
    const [, answer] = await overlap(
      administrator,
      hold =>
        locker.begin(async transaction => {
          await transaction`select from identity.users where cognito_sub = ${subjectOf(user)} for update`
          await hold()
          await new CognitoIdentityProviderClient(clientSettings(endpoint)).send(new command({ UserPoolId: poolId, Username: user.email }))
        }),
      () => steps.deleteAccount(user.token, user.password),
    )
    return answer
  }

  test('who is missing in the user pool already', async () => {
    const user = await platform.newUser()
    expect((await deleteWhile(user, AdminDeleteUserCommand)).body).toMatchObject({ status: 'user-pool-erased' })
    expect(await databaseUser(user)).toMatchObject({ email: null, is_active: false })
  })

  test('and it stays closed and empty when the user pool then refuses', async () => {
    const user = await platform.newUser()
    expect((await deleteWhile(user, AdminDisableUserCommand)).body).toMatchObject({ status: 'database-erased' })
    expect(await databaseUser(user)).toMatchObject({ email: null, is_active: false })
    for (const answer of (await requestsWith(user.token)).slice(0, 5)) expectProblem(answer, at(401))
  })

  test('not as the only owner of a household with other members, which the answer names, until it is handed over', async () => {
    const [owner, member] = [await platform.newUser(), await platform.newUser()]
    const householdId = await newHousehold(owner)
    await owner.request('POST', `/v1/identity/households/${householdId}/invitations`, { body: { email: member.email, role: 'editor' } })
    const token = /^[\w-]{40,}$/m.exec(platform.takeMail(member.email).text)![0]
    expect((await member.request('POST', '/v1/identity/invitation-acceptances', { body: { token } })).status).toBe(201)
    const { id: userId } = (await member.request('GET', '/v1/identity/me')).body

    const refused = await steps.deleteAccount(owner.token, owner.password)
    expectProblem(refused, at(409, `households.${householdId}`))
    expect(refused.body).toMatchObject({ type: '/problems/last-owner', detail: expect.stringContaining('“Home”') })
    expect(await databaseUser(owner)).toMatchObject({ email: owner.email, is_active: true })
    expect((await steps.signIn(owner)).status).toBe(200)

    const handover = await owner.request('POST', `/v1/identity/households/${householdId}/handovers`, { body: { userId } })
    expect(handover.status).toBe(200)
    expect((await steps.deleteAccount(owner.token, owner.password)).status).toBe(200)
    const { body } = await member.request('GET', `/v1/identity/households/${householdId}/members`)
    expect(body.items.map((each: { userId: string }) => each.userId)).toEqual([userId])
  })
})
