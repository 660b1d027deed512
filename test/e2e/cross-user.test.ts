import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { routes } from '../../lambdas/routes.ts'
import type { Route } from '../../lambdas/runtime/route.ts'
import { assumptions, type Everything, householdRequest, makeEverything, makeImports } from '../support/everything.ts'
import { insertReview, type ReviewIds } from '../support/review.ts'
import { fill, makeResources } from '../support/resources.ts'
import { type Answer, startTestPlatform, type TestPlatform, type TestUser } from '../support/platform.ts'
import { type Actor, actors, bodyCases, namedBy, namingFields, pathCases, type Shared, sharedFields } from '../support/route-cases.ts'
import { invite, join } from '../support/shared-household.ts'

let platform: TestPlatform
let users: Readonly<Record<Actor, TestUser>>
let shared: Shared
/** The resources of the users who are not members. */
let own: Readonly<Record<'former' | 'stranger', Everything & { readonly review: ReviewIds }>>
const outsiders = ['stranger', 'former'] as const

/** Two resources of a kind: the editor uses up one, the owner the other. */
const makePair = async (path: string, bodyOf: (actor: string) => unknown): Promise<Readonly<Record<string, string>>> => {
  const [editor, owner] = [
    await users.owner.request('POST', path, { body: bodyOf('editor') }),
    await users.owner.request('POST', path, { body: bodyOf('owner') }),
  ]
  return { editor: editor.body.id, owner: owner.body.id }
}

beforeAll(async () => {
  platform = await startTestPlatform()
  const [stranger, former, viewer, editor, owner, guest] = await Promise.all(Array.from({ length: 6 }, () => platform.newUser()))
  users = { stranger: stranger!, former: former!, viewer: viewer!, editor: editor!, owner: owner! }
  const [everything, ofStranger, ofFormer] = await Promise.all([owner!, stranger!, former!].map(user => makeEverything(user)))
  const withReview = async (user: TestUser, everything: Everything) => ({
    ...everything,
    review: await insertReview(platform, user, everything.householdId),
  })
  own = { stranger: await withReview(stranger!, ofStranger!), former: await withReview(former!, ofFormer!) }
  const { householdId, planId } = everything!
  const member = (user: TestUser, role: string) => join(platform, owner!, householdId, user, role)
  await member(viewer!, 'viewer')
  const editorId = await member(editor!, 'editor')
  const guestId = await member(guest!, 'viewer')
  const formerId = await member(former!, 'editor')
  await owner!.request('DELETE', `/v1/identity/households/${householdId}/members/${formerId}`, { headers: { 'if-match': '*' } })
  const accounts = await platform.database.connect('postgres')<{ id: string }[]>`
    select id from wealth.accounts where household_id = ${householdId} order by id limit 2`
  const set = { householdId, name: 'Draft', effectiveDate: '2026-01-01', assumptions }
  const input = (inputName: string) => ({ inputType: 'account', inputName, inputValue: { balance: '1.00' } })
  const editors = await makeImports(owner!, householdId, everything!.inHousehold['accountId']!, 'Posted')
  const { begun, committed, previewed, sent } = editors.imports
  const importsForEditor = {
    begunImport: begun,
    committedImport: committed,
    previewedImport: previewed,
    sentImport: sent,
    importProfileId: editors.importProfileId,
  }
  shared = {
    ...(await withReview(owner!, everything!)),
    forEditor: { ...(await makeResources(owner!, everything!.named)), ...importsForEditor },
    editorId,
    guestId,
    invitationId: (await invite(owner!, householdId, 'invited@nestegg.example', 'viewer')).body.id,
    drafts: await makePair('/v1/planning/assumption-sets', actor => ({ ...set, version: `of the ${actor}` })),
    replacedInputs: await makePair(`/v1/planning/plans/${planId}/inputs`, actor => input(`The ${actor} replaces`)),
    accountIds: Object.fromEntries(accounts.map(({ id }, index) => [index === 0 ? 'owner' : 'editor', id])),
    removedInputs: await makePair(`/v1/planning/plans/${planId}/inputs`, actor => input(`The ${actor} removes`)),
  }
})
afterAll(() => platform.close())

const isUuid = (text: string) => z.uuid().safeParse(text).success

/** An answer without the ids of the request and of the requested resources. */
const withoutIds = ({ body, headers, status }: Answer, ids: readonly string[]) => {
  const text = ids.filter(isUuid).reduce((text, id) => text.replaceAll(id, '<id>'), JSON.stringify({ ...body, requestId: '' }))
  const names = [...headers.keys()].filter(name => !['date', 'x-request-id', 'content-length'].includes(name))
  return { status, text, headers: names.map(name => `${name}: ${headers.get(name)}`) }
}

const members: readonly Actor[] = ['owner', 'editor', 'viewer']

/** Members may remove themselves, so the route is open to all. Only owners may remove others. */
const isForOwners = ({ id, ownersOnly }: Route): boolean => ownersOnly === true || id === 'identity/remove-member'

/** The roles that may call a route, by its access and its kind. */
const allowedBy = (route: Route): readonly Actor[] => {
  if (isForOwners(route)) return ['owner']
  return route.access === 'read' ? members : ['owner', 'editor']
}

const routeOf = (id: string): Route => routes.find(route => route.id === id)!

/** The expected outcome for a member: a success, or a 403 with its code. */
const outcomeFor = (route: Route, actor: Actor): string => {
  if (allowedBy(route).includes(actor)) return 'success'
  return isForOwners(route) ? '403 /problems/owners-only' : '403 /problems/editors-only'
}
const outcomeOf = ({ body, status }: Answer): string => (status < 300 ? 'success' : `${status} ${body.type}`)

it('tries every route with a path that names data of a household', () => {
  // Market data, problems and what only administrators see have no owner.
  const withParameters = routes
    .filter(route => route.params && route.domain !== 'market' && !['public', 'admin'].includes(route.access))
    .map(route => route.id)
  expect(Object.keys(pathCases).toSorted()).toEqual(withParameters.toSorted())
})

it.each(routes.filter(route => route.access === 'admin').map(route => [route.id, route] as const))(
  'refuses %s to owners of households, whatever it names',
  async (_, route) => {
    const named = route.path.replaceAll(/\{\w+\}/g, () => randomUUID())
    expect(outcomeOf(await users.owner.request(route.method, named))).toBe('403 /problems/administrator-required')
  },
)

it('tries every field of a body that holds an id', () => {
  const fields = routes
    .filter(({ access }) => access !== 'admin')
    .flatMap(route => namingFields(route).map(field => `${route.id} ${field}`))
  expect([...Object.keys(bodyCases), ...sharedFields].toSorted()).toEqual(fields.toSorted())
})

describe('a body cannot refer to data of another household', () => {
  describe.each(Object.entries(bodyCases))('%s', (name, makeRequest) => {
    it.each(outsiders)('for a %s', async actor => {
      const [id, field] = name.split(' ') as [string, string]
      const call = (named: string) => {
        const [path, body] = makeRequest(own[actor], named)
        return users[actor].request(routeOf(id).method, path, { body, headers: { 'if-match': '*' } })
      }
      const [existing, unknown] = [namedBy[field]!(shared), randomUUID()]
      const [, , place = field] = makeRequest(own[actor], unknown)
      const missing = await call(unknown)
      expect(missing).toMatchObject({ status: 422, body: { errors: [{ path: `body.${place}` }] } })
      expect(withoutIds(await call(existing), [existing])).toEqual(withoutIds(missing, [unknown]))
    })
  })
})

describe('lists show only data that is shared with the caller', () => {
  const auditLogs = '/v1/operations/audit-logs'
  const lists = routes.filter(
    route =>
      route.query && 'cursor' in route.query.shape && route.params === undefined && route.access === 'read' && route.path !== auditLogs,
  )
  const sharedIds = () =>
    Object.values(shared).flatMap(value => (typeof value === 'string' ? [value] : Object.values(value as object))) as string[]
  /** Resources in another household of the owner, in which the editor and the viewer are no members. */
  const otherIds = () => Object.entries(shared.resources).flatMap(([name, id]) => (name === 'runId' ? [] : [id]))
  const shows = new Set([
    'accounts',
    'goals',
    'portfolios',
    'security-classes',
    'imports',
    'import-profiles',
    'transactions',
    'transaction-categories',
    'households',
    'plans',
    'assumption-sets',
    'portfolio-models',
    'connections',
    'rules',
    'rule-runs',
    'transfers',
    'recurring-transactions',
    'lot-elections',
    'identical-securities',
  ])

  describe.each(lists.map(route => [route.path]))('%s', path => {
    it.each(actors)('for the %s', async actor => {
      const text = JSON.stringify((await users[actor].request('GET', `${path}?limit=200`)).body)
      const shown = sharedIds().filter(id => text.includes(id))
      expect(shown.length > 0).toBe(members.includes(actor) && shows.has(path.split('/').at(-1)!))
      expect(otherIds().length).toBeGreaterThan(0)
      if (actor !== 'owner') expect(otherIds().filter(id => text.includes(id))).toEqual([])
    })
  })

  it.each(actors)('plans of the household, for the %s', async actor => {
    const { body } = await users[actor].request('GET', `/v1/planning/plans?householdId=${shared.householdId}`)
    expect(body.items.length > 0).toBe(members.includes(actor))
  })

  it.each(actors)('the audit trail of the household, for the %s', async actor => {
    const { id } = (await users[actor].request('GET', '/v1/identity/me')).body
    const { body } = await users[actor].request('GET', `${auditLogs}?householdId=${shared.householdId}&limit=200`)
    const doers = new Set(body.items.map((row: { userId: string }) => row.userId))
    expect(doers.has(id)).toBe(actor !== 'stranger')
    expect(doers.size > 1).toBe(actor === 'owner')
  })

  test('a cursor of another household’s list gives no access to that list', async () => {
    const cursor = Buffer.from(JSON.stringify(['-id', shared.planId, shared.planId])).toString('base64url')
    const { body, status } = await users.stranger.request('GET', `/v1/planning/plans?cursor=${cursor}`)
    expect(status).toBe(200)
    expect(JSON.stringify(body)).not.toContain(shared.planId)
  })
})

test('the Idempotency-Keys of two users are independent', async () => {
  const fresh = await platform.newUser()
  const made = await fresh.request('POST', '/v1/identity/households', householdRequest)
  expect(made.status).toBe(201)
  expect(made.headers.get('idempotent-replay')).toBeNull()
  expect([shared.householdId, own.stranger.householdId]).not.toContain(made.body.id)
})

describe('a resource created in the household', () => {
  // A connection needs a visit to the page of Plaid: see makeEverything.
  const creations = Object.entries(bodyCases).filter(
    ([name]) => name.endsWith(' householdId') && !name.startsWith('wealth/create-plaid-connection'),
  )
  describe.each(creations)('%s', (name, makeRequest) => {
    it.each(members)('by the %s', async actor => {
      const route = routeOf(name.split(' ')[0]!)
      const { assumptionSetId, householdId, inHousehold, portfolioModelId } = shared
      const { accountId = '', transactionId = '' } = inHousehold
      const [path, body] = makeRequest(
        { ...shared, resources: { accountId, assumptionSetId, householdId, portfolioModelId, transactionId } },
        householdId,
      )
      // Some fields differ in each resource of a household.
      const own = {
        'planning/create-assumption-set': 'version',
        'wealth/create-transaction-category': 'name',
        'wealth/create-identical-securities': 'otherSymbol',
        'wealth/create-security-class': 'symbol',
      }[route.id]
      const sent = own === undefined ? body : { ...(body as object), [own]: `by the ${actor}` }
      expect(outcomeOf(await users[actor].request(route.method, path, { body: sent }))).toBe(outcomeFor(route, actor))
    })
  })
})

describe('the resources of the household', () => {
  describe.each(Object.entries(pathCases))('%s', (id, { body, ids, mediaType, query = '' }) => {
    const route = routeOf(id)
    it.each(actors)('for the %s', async actor => {
      const made: unknown = typeof body === 'function' ? body(shared, actor) : body
      const sent = body === undefined ? {} : mediaType === undefined ? { body: made } : { rawBody: String(made) }
      const type: Record<string, string> = mediaType === undefined ? {} : { 'content-type': mediaType }
      const call = (named: Readonly<Record<string, string>>) =>
        users[actor].request(route.method, fill(route.path + query, named), { ...sent, headers: { 'if-match': '*', ...type } })
      const existing = ids(shared, actor)
      if (members.includes(actor)) {
        expect(outcomeOf(await call(existing))).toBe(outcomeFor(route, actor))
        return
      }
      const unknown = Object.fromEntries(
        Object.entries(existing).map(([name, value]) => [name, name.endsWith('Id') ? randomUUID() : value]),
      )
      const [foreign, missing] = [await call(existing), await call(unknown)]
      expect(missing.status).toBe(404)
      expect(withoutIds(foreign, Object.values(existing))).toEqual(withoutIds(missing, Object.values(unknown)))
    })
  })
})
