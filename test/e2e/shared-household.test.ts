import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { householdPlan } from '../support/household.ts'
import { newHousehold, startTestPlatform, type TestPlatform, type TestUser } from '../support/platform.ts'
import { at, expectProblem } from '../support/problems.ts'
import { accept, invite, join, takeToken } from '../support/shared-household.ts'

let platform: TestPlatform
let owner: TestUser
let editor: TestUser
let viewer: TestUser
let adviser: TestUser
let householdId: string
let planId: string
const ids: Record<string, string> = {}

beforeAll(async () => {
  platform = await startTestPlatform()
  ;[owner, editor, viewer, adviser] = await Promise.all([platform.newUser(), platform.newUser(), platform.newUser(), platform.newUser()])
  await owner.request('PATCH', '/v1/identity/me', { body: { firstName: 'Ada', lastName: 'Lovelace' }, headers: { 'if-match': '*' } })
  householdId = await newHousehold(owner)
})
afterAll(() => platform.close())

const household = () => `/v1/identity/households/${householdId}`
const problemOf = (answer: { status: number; body: { type: string } }) => [answer.status, answer.body.type.replace('/problems/', '')]
const members = async (user: TestUser) => (await user.request('GET', `${household()}/members`)).body.items
const rolesOf = async (user: TestUser) =>
  Object.fromEntries((await members(user)).map((each: { email: string; role: string }) => [each.email, each.role]))
const openInvitations = async () => (await owner.request('GET', `${household()}/invitations`)).body.items
const anyVersion = { headers: { 'if-match': '*' } }
/** An address without an account. */
const unusedAddress = () => `invited-${randomBytes(5).toString('hex')}@nestegg.example`

describe('an owner invites', () => {
  test('an editor by a mail with the inviter, the household, the role, the end of validity and instructions', async () => {
    const invited = await invite(owner, householdId, editor.email, 'editor')
    expect(invited).toMatchObject({ status: 201, body: { householdId, email: editor.email, role: 'editor' } })
    expect(JSON.stringify(await openInvitations())).toBe(JSON.stringify([invited.body]))
    const mail = platform.takeMail(editor.email)
    expect(mail).toMatchObject({ to: editor.email, subject: 'Ada Lovelace invites you to the household “Home”' })
    const until = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
    for (const part of [
      'Ada Lovelace invites you to the household “Home” on Nestegg, as an editor.',
      'read and change its plans and accounts',
      `The token works once, until ${until.format(new Date(invited.body.expiresAt))} UTC.`,
      'To accept, sign in to Nestegg, or sign up first. Then open the page /invitation, and paste this token:',
      'If you do not know who invites you, ignore this mail.',
    ])
      expect(mail.text).toContain(part)
    const token = /^[\w-]{43}$/m.exec(mail.text)![0]
    expect(JSON.stringify(invited.body)).not.toContain(token)
    const accepted = await accept(editor, token)
    expect(accepted).toMatchObject({ status: 201, body: { householdId, role: 'editor', email: editor.email } })
    expect(accepted.headers.get('location')).toBe(`${household()}/members/${accepted.body.userId}`)
    ids['editor'] = accepted.body.userId
    expect(await openInvitations()).toEqual([])
    // A used token does not work again, for any user.
    for (const user of [editor, viewer]) expect(problemOf(await accept(user, token))).toEqual([422, 'invitation-not-valid'])
  })

  test('a viewer, and an adviser who is a member of two households', async () => {
    ids['viewer'] = await join(platform, owner, householdId, viewer, 'viewer')
    ids['adviser'] = await join(platform, owner, householdId, adviser, 'viewer')
    const client = await platform.newUser()
    const other = await newHousehold(client)
    await join(platform, client, other, adviser, 'editor')
    const listed = await adviser.request('GET', '/v1/identity/households?sort=createdAt')
    expect(listed.body.items.map((each: { id: string; role: string }) => [each.id, each.role])).toEqual([
      [householdId, 'viewer'],
      [other, 'editor'],
    ])
    expect((await owner.request('GET', household())).body.role).toBe('owner')
    ids['owner'] = (await owner.request('GET', '/v1/identity/me')).body.id
    expect(await rolesOf(adviser)).toEqual({
      [owner.email]: 'owner',
      [editor.email]: 'editor',
      [viewer.email]: 'viewer',
      [adviser.email]: 'viewer',
    })
    const known = await viewer.request('GET', `${household()}/members/${ids['owner']}`)
    expect(known).toMatchObject({ status: 200, body: { firstName: 'Ada', lastName: 'Lovelace', role: 'owner' } })
    expect(known.headers.get('etag')).toBe('"v1"')
  })

  test('but not a member a second time', async () => {
    const again = await invite(owner, householdId, viewer.email, 'editor')
    expect(problemOf(again)).toEqual([409, 'already-exists'])
    expectProblem(again, at(409, 'body.email'))
  })
})

describe('an invitation', () => {
  test('is sent once per Idempotency-Key, which cannot be used for another request', async () => {
    const email = unusedAddress()
    const key = { 'idempotency-key': 'invite-once' }
    const first = await invite(owner, householdId, email, 'viewer', key)
    platform.takeMail(email)
    const again = await invite(owner, householdId, email, 'viewer', key)
    expect(again).toMatchObject({ status: 201, body: first.body })
    expect(again.headers.get('idempotent-replay')).toBe('true')
    expect(() => platform.takeMail(email)).toThrow('No mail was sent')
    expect(problemOf(await invite(owner, householdId, email, 'editor', key))).toEqual([409, 'idempotency-key-reused'])
  })

  test('that is sent again has a new token, and the old one no longer works', async () => {
    const guest = await platform.newUser()
    const tokens: string[] = []
    for (const role of ['owner', 'viewer']) {
      await invite(owner, householdId, guest.email, role)
      tokens.push(takeToken(platform, guest.email))
    }
    expect(problemOf(await accept(guest, tokens[0]!))).toEqual([422, 'invitation-not-valid'])
    expect(await accept(guest, tokens[1]!)).toMatchObject({ status: 201, body: { role: 'viewer' } })
    expect(
      (await guest.request('DELETE', `${household()}/members/${(await guest.request('GET', '/v1/identity/me')).body.id}`, anyVersion))
        .status,
    ).toBe(204)
  })

  test('that is unknown, revoked or expired gets the same answer', async () => {
    const guest = await platform.newUser()
    const answers = [await accept(guest, randomBytes(32).toString('base64url'))]
    const revoked = await invite(owner, householdId, guest.email, 'viewer')
    const path = `${household()}/invitations/${revoked.body.id}`
    expect((await owner.request('DELETE', path)).status).toBe(204)
    expect(problemOf(await owner.request('DELETE', path))).toEqual([404, 'not-found'])
    answers.push(await accept(guest, takeToken(platform, guest.email)))
    const expired = await invite(owner, householdId, guest.email, 'viewer')
    const administrator = platform.database.connect('postgres')
    await administrator`update identity.household_invitations set expires_at = now() where id = ${expired.body.id}`
    expect((await openInvitations()).map((each: { id: string }) => each.id)).not.toContain(expired.body.id)
    answers.push(await accept(guest, takeToken(platform, guest.email)))
    for (const answer of answers) {
      expectProblem(answer, at(422))
      expect({ ...answer.body, requestId: '' }).toEqual({ ...answers[0]!.body, requestId: '' })
    }
    expect(problemOf(await guest.request('GET', household()))).toEqual([404, 'not-found'])
  })

  test('with a mail that cannot be sent is answered with 503, and works when it is requested again', async () => {
    const guest = await platform.newUser()
    const key = { 'idempotency-key': 'mail-fails' }
    vi.stubEnv('MAIL_ENDPOINT', 'http://127.0.0.1:1')
    const failed = await invite(owner, householdId, guest.email, 'viewer', key)
    vi.unstubAllEnvs()
    expect(problemOf(failed)).toEqual([503, 'unavailable'])
    expect(await invite(owner, householdId, guest.email, 'viewer', key)).toMatchObject({ status: 201 })
    expect((await accept(guest, takeToken(platform, guest.email))).status).toBe(201)
    const { id } = (await guest.request('GET', '/v1/identity/me')).body
    expect((await owner.request('DELETE', `${household()}/members/${id}`, anyVersion)).status).toBe(204)
  })

  test('to an address that cannot receive mail is answered with 422', async () => {
    const invited = (email: string) => invite(owner, householdId, email, 'viewer')
    expectProblem(await invited(`${'a'.repeat(65)}@nestegg.example`), at(400, 'body.email'))
    const ses = createServer((_, response) => response.writeHead(400, { 'x-amzn-errortype': 'BadRequestException' }).end('{}'))
    await new Promise<void>(fulfil => ses.listen(0, '127.0.0.1', fulfil))
    vi.stubEnv('MAIL_ENDPOINT', `http://127.0.0.1:${(ses.address() as AddressInfo).port}`)
    const refused = await invited(`${'a'.repeat(64)}@nestegg.example`)
    vi.unstubAllEnvs()
    ses.closeAllConnections()
    ses.close()
    expectProblem(refused, at(422, 'body.email'))
    expect(problemOf(refused)).toEqual([422, 'invalid-value'])
  })

  test('is refused when twenty are open', async () => {
    const crowded = await newHousehold(owner)
    const addresses = Array.from({ length: 20 }, unusedAddress)
    for (const address of addresses) expect((await invite(owner, crowded, address, 'viewer')).status).toBe(201)
    expect(problemOf(await invite(owner, crowded, unusedAddress(), 'viewer'))).toEqual([409, 'too-many-invitations'])
    const again = await invite(owner, crowded, addresses[0]!, 'viewer')
    expect(again.status).toBe(201)
    expect((await owner.request('DELETE', `/v1/identity/households/${crowded}/invitations/${again.body.id}`)).status).toBe(204)
    expect((await invite(owner, crowded, unusedAddress(), 'viewer')).status).toBe(201)
  })

  test('cannot be made by a closed account', async () => {
    const closed = await platform.newUser()
    const own = await newHousehold(closed)
    const administrator = platform.database.connect('postgres')
    await administrator`update identity.users set is_active = false where email = ${closed.email}`
    expect(problemOf(await invite(closed, own, unusedAddress(), 'viewer'))).toEqual([403, 'account-closed'])
  })
})

describe('work is shared', () => {
  test('the editor makes a plan, which the viewer can compare but not change', async () => {
    const inputs = [
      { inputType: 'person', inputName: 'Alex', inputValue: { birthDate: '1964-02-03', retirementAge: 65 } },
      { inputType: 'account', inputName: 'Savings', inputValue: { balance: '500000.00' } },
      { inputType: 'expense', inputName: 'Living', inputValue: { annualAmount: '30000.00' } },
    ]
    planId = await householdPlan(editor, inputs, { householdId })
    const plan = `/v1/planning/plans/${planId}`
    const comparison = await viewer.request('POST', `${plan}/comparisons`, { body: { otherPlanId: planId, iterations: 100 } })
    expect(comparison.status).toBe(200)
    const change = { body: { name: 'Taken' }, headers: { 'if-match': '*' } }
    expect(problemOf(await viewer.request('PATCH', plan, change))).toEqual([403, 'editors-only'])
    expect(problemOf(await viewer.request('POST', `${plan}/runs`, { body: {} }))).toEqual([403, 'editors-only'])
    expect(problemOf(await editor.request('PATCH', household(), { body: { name: 'Taken' }, ...anyVersion }))).toEqual([403, 'owners-only'])
    expect((await owner.request('GET', plan)).body.name).toBe('Retire at 65')
  })

  test('the audit trail shows owners the changes of all members, and other members only their own', async () => {
    const doers = async (user: TestUser) => {
      const { body } = await user.request('GET', `/v1/operations/audit-logs?householdId=${householdId}&limit=200`)
      for (const row of body.items) expect(row.householdId).toBe(householdId)
      return [...new Set(body.items.map((row: { userId: string }) => row.userId))]
    }
    expect(await doers(owner)).toEqual(expect.arrayContaining([ids['owner'], ids['editor'], ids['viewer'], ids['adviser']]))
    expect(await doers(editor)).toEqual([ids['editor']])
    expect(await doers(await platform.newUser())).toEqual([])
  })

  test('a member who is removed while signed in has no access from the next request on', async () => {
    const plan = `/v1/planning/plans/${planId}`
    expect((await adviser.request('GET', plan)).status).toBe(200)
    expect((await owner.request('DELETE', `${household()}/members/${ids['adviser']}`, anyVersion)).status).toBe(204)
    for (const path of [plan, household(), `${household()}/members`])
      expect(problemOf(await adviser.request('GET', path))).toEqual([404, 'not-found'])
    expect((await adviser.request('GET', '/v1/identity/households')).body.items).toHaveLength(1)
  })
})

describe('the last owner', () => {
  test('cannot leave, nor become an editor', async () => {
    const self = `${household()}/members/${ids['owner']}`
    expect(problemOf(await owner.request('DELETE', self, anyVersion))).toEqual([409, 'last-owner'])
    expect(problemOf(await owner.request('PATCH', self, { body: { role: 'editor' }, ...anyVersion }))).toEqual([409, 'last-owner'])
  })

  test('hands the household over to another member only', async () => {
    const handOver = (userId: string) => owner.request('POST', `${household()}/handovers`, { body: { userId } })
    expectProblem(await handOver(ids['owner']!), at(422, 'body.userId'))
    // Removed above.
    const former = await handOver(ids['adviser']!)
    expectProblem(former, at(422, 'body.userId'))
    expect(problemOf(former)).toEqual([422, 'invalid-reference'])
    expect(await rolesOf(viewer)).toEqual({ [owner.email]: 'owner', [editor.email]: 'editor', [viewer.email]: 'viewer' })
  })

  test('changes roles under the version that they read', async () => {
    const path = `${household()}/members/${ids['viewer']}`
    const change = (role: string, version: string) => owner.request('PATCH', path, { body: { role }, headers: { 'if-match': version } })
    expect(await change('editor', '"v1"')).toMatchObject({ status: 200, body: { role: 'editor', version: 2 } })
    expect(problemOf(await change('viewer', '"v1"'))).toEqual([412, 'version-conflict'])
    expect(await change('viewer', '"v2"')).toMatchObject({ status: 200, body: { role: 'viewer' } })
  })

  test('hands over, leaves, and then has no access', async () => {
    const handover = await owner.request('POST', `${household()}/handovers`, { body: { userId: ids['editor'] } })
    expect(handover).toMatchObject({
      status: 200,
      body: { newOwner: { userId: ids['editor'], role: 'owner' }, previousOwner: { userId: ids['owner'], role: 'editor' } },
    })
    expect(problemOf(await invite(owner, householdId, unusedAddress(), 'viewer'))).toEqual([403, 'owners-only'])
    expect((await owner.request('DELETE', `${household()}/members/${ids['owner']}`, anyVersion)).status).toBe(204)
    expect(await rolesOf(editor)).toEqual({ [editor.email]: 'owner', [viewer.email]: 'viewer' })
    for (const path of [household(), `${household()}/members`, `${household()}/invitations`, `/v1/planning/plans/${planId}`])
      expect(problemOf(await owner.request('GET', path))).toEqual([404, 'not-found'])
    expect(problemOf(await invite(owner, householdId, unusedAddress(), 'viewer'))).toEqual([404, 'not-found'])
  })

  test('is the only role that can remove others: a viewer cannot', async () => {
    expect(problemOf(await viewer.request('DELETE', `${household()}/members/${ids['editor']}`, anyVersion))).toEqual([403, 'owners-only'])
    expect((await viewer.request('DELETE', `${household()}/members/${ids['viewer']}`, anyVersion)).status).toBe(204)
  })
})
