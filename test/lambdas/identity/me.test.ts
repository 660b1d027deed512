import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { at, expectProblem } from '../../support/problems.ts'

let platform: TestPlatform
let user: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
})
afterAll(() => platform.close())

const patch = (path: string, body: unknown, ifMatch: string) =>
  user.request('PATCH', `/v1/identity/${path}`, { body, headers: { 'if-match': ifMatch } })

describe('the profile of a user', () => {
  test('a given value is set, a field that is left out stays, null clears', async () => {
    const { body: me, headers } = await user.request('GET', '/v1/identity/me')
    expect(headers.get('etag')).toBe(`"v${me.version}"`)
    const set = await patch('me', { firstName: ' Ada ', company: 'Analytical Engines', licenseNumber: 'L-1' }, headers.get('etag')!)
    expect(set).toMatchObject({
      status: 200,
      body: { firstName: 'Ada', company: 'Analytical Engines', lastName: null, version: me.version + 1 },
    })
    const cleared = await patch('me', { company: null }, set.headers.get('etag')!)
    expect(cleared.body).toMatchObject({ firstName: 'Ada', company: null, licenseNumber: 'L-1' })
    expect((await user.request('GET', '/v1/identity/me')).body).toEqual(cleared.body)
  })

  test('a change to a stale version is refused, and to any version accepted', async () => {
    const { headers } = await user.request('GET', '/v1/identity/me')
    expect((await patch('me', { title: 'Countess' }, headers.get('etag')!)).status).toBe(200)
    expectProblem(await patch('me', { title: 'Lost' }, headers.get('etag')!), at(412))
    expect((await patch('me', { title: 'Reader' }, '*')).body.title).toBe('Reader')
  })

  test('only one of several changes to one version succeeds', async () => {
    const { headers } = await user.request('GET', '/v1/identity/me')
    const answers = await Promise.all(['A', 'B', 'C', 'D'].map(title => patch('me', { title }, headers.get('etag')!)))
    expect(answers.map(answer => String(answer.status)).toSorted()).toEqual(['200', '412', '412', '412'])
    const winner = answers.find(answer => answer.status === 200)
    expect((await user.request('GET', '/v1/identity/me')).body.title).toBe(winner!.body.title)
  })

  test.each([
    ['role', 'admin'],
    ['email', 'other@nestegg.example'],
    ['id', '01990000-0000-7000-8000-000000000001'],
    ['failedLoginAttempts', -5],
    ['version', 700],
  ])('users cannot change %s', async (field, value) => {
    expectProblem(await patch('me', { [field]: value }, '*'), at(400, `body.${field}`))
    expect((await user.request('GET', '/v1/identity/me')).body[field]).not.toBe(value)
  })

  test('an empty change is refused', async () => {
    const answer = await patch('me', {}, '*')
    expect(answer.status).toBe(400)
    expectProblem(answer, at(400, 'body'))
  })
})

describe('preferences', () => {
  test('begin with defaults, and change field by field', async () => {
    const { body, headers } = await user.request('GET', '/v1/identity/preferences')
    expect(body).toMatchObject({ theme: 'system', locale: 'en-US', timezone: 'UTC', currency: 'USD', notifications: {}, trading: {} })
    const trading = { confirm: true, layout: { columns: ['a', 'b'], ratio: 0.5 } }
    const changed = await patch('preferences', { theme: 'dark', timezone: 'Asia/Kolkata', trading }, headers.get('etag')!)
    expect(changed).toMatchObject({ status: 200, body: { theme: 'dark', timezone: 'Asia/Kolkata', trading, locale: 'en-US' } })
    expectProblem(await patch('preferences', { theme: 'light' }, headers.get('etag')!), at(412))
    expect((await user.request('GET', '/v1/identity/preferences')).body).toEqual(changed.body)
  })

  test.each([
    ['theme', 'sepia', 'body.theme'],
    ['theme', null, 'body.theme'],
    ['locale', 'English', 'body.locale'],
    ['currency', 'XYZW', 'body.currency'],
    ['timezone', 'Somewhere', 'body.timezone'],
    ['notifications', { email: 'yes' }, 'body.notifications.email'],
    ['trading', [], 'body.trading'],
  ])('%s cannot be %j', async (field, value, path) => {
    const answer = await patch('preferences', { [field]: value }, '*')
    expect(answer.status).toBe(400)
    expectProblem(answer, at(400, path))
  })

  test('are separate for each user', async () => {
    const other = await platform.newUser()
    await patch('preferences', { locale: 'de-CH' }, '*')
    expect((await other.request('GET', '/v1/identity/preferences')).body.locale).toBe('en-US')
  })
})
