import { createHmac, generateKeyPairSync } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storedUser } from '../../support/accounts.ts'
import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { at, countRows, expectProblem } from '../../support/problems.ts'

let platform: TestPlatform
let user: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
})
afterAll(() => platform.close())

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The user's claims with changes, signed with another key under the key id of the pool. */
const forge = (changes: JWTPayload, token: string) => {
  const { kid = '' } = decodeProtectedHeader(token)
  return new SignJWT({ ...decodeJwt(token), exp: Math.floor(Date.now() / 1000) + 3600, ...changes })
    .setProtectedHeader({ alg: 'RS256', kid })
    .sign(privateKey)
}

const fresh = async () => (await platform.newUser()).token

describe('a request is refused with 401', () => {
  const cases: readonly (readonly [string, () => Promise<Record<string, string>> | Record<string, string>])[] = [
    ['without a token', () => ({})],
    ['with an empty token', () => ({ authorization: 'Bearer ' })],
    ['with another scheme', async () => ({ authorization: `Basic ${await fresh()}` })],
    ['with words for a token', () => ({ authorization: 'Bearer let me in' })],
    ['with something like a token', () => ({ authorization: 'Bearer a.b.c' })],
    ['with the ID token', async () => ({ authorization: `Bearer ${(await platform.newUser()).idToken}` })],
    ['with the refresh token', async () => ({ authorization: `Bearer ${(await platform.newUser()).refreshToken}` })],
    ['with a token signed by another key', async () => ({ authorization: `Bearer ${await forge({}, await fresh())}` })],
    [
      'with a token of another issuer',
      async () => ({ authorization: `Bearer ${await forge({ iss: 'https://elsewhere.example' }, await fresh())}` }),
    ],
    [
      'with an unsigned token',
      async () => ({ authorization: `Bearer ${base64url({ alg: 'none', typ: 'JWT' })}.${base64url(decodeJwt(await fresh()))}.` }),
    ],
    [
      'with a token signed by the public key as a password',
      async () => {
        const jwks = await (await fetch(platform.services.userPool.jwksUri)).text()
        const signed = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(decodeJwt(await fresh()))}`
        return { authorization: `Bearer ${signed}.${createHmac('sha256', jwks).update(signed).digest('base64url')}` }
      },
    ],
    [
      'with another person’s claims under a good signature',
      async () => {
        const [head, , signature] = (await fresh()).split('.')
        return { authorization: `Bearer ${head}.${base64url({ ...decodeJwt(user.token), exp: 4_102_444_800 })}.${signature}` }
      },
    ],
  ]

  test.each(cases)('%s', async (_, headersOf) => {
    const headers = await headersOf()
    const before = await countRows(platform.database.connect('postgres'))
    const answers = [
      await platform.request('GET', '/v1/identity/me', { headers }),
      await platform.request('POST', '/v1/identity/households', { headers, body: { name: 'Forged', timezone: 'UTC' } }),
      await platform.request('DELETE', '/v1/identity/sessions', { headers }),
    ]
    for (const answer of answers) {
      expectProblem(answer, at(401))
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    }
    expect(await countRows(platform.database.connect('postgres'))).toEqual(before)
  })
})

test('public routes ignore the token', async () => {
  expect((await platform.request('GET', '/health', { headers: { authorization: 'Bearer nonsense' } })).status).toBe(200)
})

describe('the first authenticated request', () => {
  test('makes the user once, also when several come at the same time', async () => {
    const { email, token } = await platform.newUser()
    const administrator = platform.database.connect('postgres')
    const { sub } = decodeJwt(token)
    // As if the database had not been reached when the person signed up.
    await administrator`delete from identity.users where cognito_sub = ${sub!}`
    const stored = () => administrator<{ id: string }[]>`select id from identity.users where cognito_sub = ${sub!}`
    expect(await stored()).toHaveLength(0)
    const paths = ['me', 'preferences', 'households', 'me', 'preferences', 'households', 'me', 'me']
    const answers = await Promise.all(paths.map(path => platform.request('GET', `/v1/identity/${path}`, { token })))
    expect(answers.map(answer => answer.status)).toEqual(paths.map(() => 200))
    const [row, ...more] = await stored()
    expect(more).toEqual([])
    expect(answers.filter((_, index) => paths[index] === 'me').map(answer => answer.body.id)).toEqual(
      Array.from({ length: 4 }, () => row!.id),
    )
    expect(await administrator`select from identity.preferences where user_id = ${row!.id}`).toHaveLength(1)
    expect(await storedUser(platform, email)).toBeUndefined()
  })
})

describe('roles', () => {
  test('a member has no rights of an administrator; a new administrator has them at once', async () => {
    const person = await platform.newUser()
    const member = await person.request('GET', '/v1/identity/users')
    expectProblem(member, at(403))
    const { id } = (await storedUser(platform, person.email))!
    await platform.database.connect('postgres')`update identity.users set role = 'admin' where id = ${id}`
    const { body, status } = await person.request('GET', '/v1/identity/users?limit=200')
    expect(status).toBe(200)
    expect(body.items).toContainEqual(expect.objectContaining({ id, email: person.email, role: 'admin' }))
    expect(body.items.map((item: { email: string | null }) => item.email)).toContain(user.email)
  })

  test('groups in the token do not make a user an administrator', async () => {
    const { token } = await platform.newUser()
    expectProblem(
      await platform.request('GET', '/v1/identity/users', { token: await forge({ 'cognito:groups': ['admin'] }, token) }),
      at(401),
    )
    expect((await platform.request('GET', '/v1/identity/users', { token })).status).toBe(403)
  })

  test('a closed account can make no requests', async () => {
    const person = await platform.newUser()
    const administrator = platform.database.connect('postgres')
    await administrator`update identity.users set is_active = false, role = 'admin' where email = ${person.email}`
    const before = await countRows(administrator)
    const answers = [
      await person.request('GET', '/v1/identity/me'),
      await person.request('GET', '/v1/identity/users'),
      await person.request('POST', '/v1/identity/households', { body: { name: 'Late', timezone: 'UTC' } }),
    ]
    for (const answer of answers) expectProblem(answer, at(403))
    expect(await countRows(administrator)).toEqual(before)
  })
})
