import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { routes } from '../../lambdas/routes.ts'
import type { Route } from '../../lambdas/runtime/route.ts'
import { type Everything, householdRequest, linkedAccountId, makeEverything } from '../support/everything.ts'
import { exampleBody, fill, parameterOf, resourceRoutes } from '../support/resources.ts'
import { type Answer, startTestPlatform, type TestPlatform, type TestUser } from '../support/platform.ts'

let platform: TestPlatform
let owner: TestUser
let other: TestUser
let theirs: Everything
let own: Everything
beforeAll(async () => {
  platform = await startTestPlatform()
  ;[owner, other] = await Promise.all([platform.newUser(), platform.newUser()])
  ;[theirs, own] = await Promise.all([makeEverything(owner), makeEverything(other)])
})
afterAll(() => platform.close())

const isUuid = (text: string) => z.uuid().safeParse(text).success

/** What an answer says, but for the ids of the request and of what it asked for. */
const withoutIds = ({ body, headers, status }: Answer, ids: readonly string[]) => {
  const text = ids.filter(isUuid).reduce((text, id) => text.replaceAll(id, '<id>'), JSON.stringify({ ...body, requestId: '' }))
  const names = [...headers.keys()].filter(name => !['date', 'x-request-id', 'content-length'].includes(name))
  return { status, text, headers: names.map(name => `${name}: ${headers.get(name)}`) }
}

interface PathCase {
  /** What the path's parameters are: ids, and what counts within what the ids name. */
  readonly ids: (everything: Everything) => Readonly<Record<string, string>>
  readonly query?: string
  /** Sent as it is, or made of the caller's own things. */
  readonly body?: unknown
}

const input = { inputType: 'account', inputName: 'Other', inputValue: { balance: '1.00' } }
const ofPlan = ({ planId }: Everything) => ({ planId })
const ofHousehold = ({ householdPlanId }: Everything) => ({ planId: householdPlanId })
const ofHouseholdRun = ({ householdRunId }: Everything) => ({ runId: householdRunId })
const ofRun = ({ runId }: Everything) => ({ runId })

const parametersOf = ({ params }: Route) => Object.keys(params?.shape ?? {})
const ownedPath = (route: Route) => route.params !== undefined && route.resource !== undefined
/** A resource is removed when everything else has been tried with it. */
const lastIfRemoved = (a: Route, b: Route) => Number(a.resource?.operation === 'remove') - Number(b.resource?.operation === 'remove')

/** A request to every route whose path names something that users own: those of plain resources follow from the table. */
const pathCases: Readonly<Record<string, PathCase>> = {
  'planning/transition-assumption-set': { ids: ({ draftSetId }) => ({ assumptionSetId: draftSetId }), body: { status: 'in_review' } },
  'planning/get-plan-version': { ids: ({ planId }) => ({ planId, version: '1' }) },
  'planning/compare-plan-versions': { ids: ofPlan, query: '?from=1' },
  'planning/create-branch': { ids: ofPlan, body: { name: 'Taken' } },
  'planning/update-plan-input': {
    ids: ({ inputIds, planId }) => ({ planId, inputId: inputIds[0]! }),
    body: { ...input, inputName: 'Replaced' },
  },
  'planning/delete-plan-input': { ids: ({ inputIds, planId }) => ({ planId, inputId: inputIds[1]! }) },
  'planning/create-run': { ids: ofPlan, body: {} },
  'planning/create-large-run': { ids: ofPlan, body: {} },
  'planning/cancel-run': { ids: ofRun },
  'planning/verify-run': { ids: ofRun },
  'planning/get-run-chart': { ids: ofRun },
  'planning/get-run-bands': { ids: ofRun },
  'planning/explain-path': { ids: ({ runId }) => ({ runId, pathIndex: '0' }) },
  'planning/report-plan-versus-actual': {
    ids: ofHouseholdRun,
    body: { date: '2027-01-01', balances: [{ account: 'Savings', balance: '1.00' }] },
  },
  'planning/restore-plan': { ids: ofPlan, body: { version: 1 } },
  'planning/roll-plan-forward': {
    ids: ofHousehold,
    body: { date: '2026-06-30', balances: [{ linkedAccountId, balance: '1.00' }] },
  },
  'planning/compare-plans': {
    ids: ofHousehold,
    body: ({ householdPlanId }: Everything) => ({ otherPlanId: householdPlanId, iterations: 100 }),
  },
  'planning/solve-plan': { ids: ofHousehold, body: { solve: 'sustainable_spending', iterations: 100 } },
  'planning/analyse-sensitivities': { ids: ofHousehold, body: { iterations: 100, inputs: ['spending'] } },
  'planning/stress-plan': { ids: ofHousehold, body: { iterations: 100, stresses: [{ kind: 'long_life', name: 'Long', age: 100 }] } },
  ...Object.fromEntries(
    resourceRoutes
      .filter(ownedPath)
      .toSorted(lastIfRemoved)
      .map(route => [
        route.id,
        {
          ids: ({ resources }: Everything) => Object.fromEntries(parametersOf(route).map(name => [name, resources[name]!])),
          ...(route.body && { body: ({ resources }: Everything) => exampleBody(route, resources) }),
        },
      ]),
  ),
}

/** Routes whose path names something that belongs to nobody. */
const shared = routes.filter(route => route.domain === 'market' && route.params).map(route => route.id)

/** Fields that name something that belongs to nobody, and links of a plan, by which only its own inputs are looked up. */
const sharedFields = [
  ...['compare-plans', 'solve-plan', 'analyse-sensitivities', 'stress-plan', 'create-run', 'create-large-run'].map(
    name => `planning/${name} datasetId`,
  ),
  ...['create-plan-input', 'update-plan-input', 'roll-plan-forward', 'report-plan-versus-actual'].map(
    name => `planning/${name} linkedAccountId`,
  ),
]

const routeOf = (id: string): Route => routes.find(route => route.id === id)!
const idsOf = ({ resources, ...everything }: Everything) => [...Object.values(everything), ...Object.values(resources)].flat()

/** The names of the fields of a body that hold a uuid. */
const uuidFields = (schema: unknown, name = ''): string[] => {
  if (typeof schema !== 'object' || schema === null) return []
  if (Reflect.get(schema, 'format') === 'uuid') return [name]
  return Object.entries(schema).flatMap(([key, value]) => uuidFields(value, /^(anyOf|oneOf|\d+)$/.test(key) ? name : key))
}

const fieldsOf = (route: Route): string[] =>
  route.body ? [...new Set(uuidFields(z.toJSONSchema(route.body, { io: 'input', unrepresentable: 'any' })))] : []

/** A valid body for every route whose body names something that users own, by the field that names it. */
const bodyCases: Readonly<Record<string, (own: Everything, id: string) => readonly [path: string, body: unknown]>> = {
  ...Object.fromEntries(
    resourceRoutes.flatMap(route =>
      fieldsOf(route)
        .filter(field => !sharedFields.includes(`${route.id} ${field}`))
        .map(field => [
          `${route.id} ${field}`,
          ({ resources }: Everything, id: string) => {
            const rest = route.resource?.operation === 'create' ? exampleBody(route, resources) : {}
            return [fill(route.path, resources), { ...rest, [field]: id }] as const
          },
        ]),
    ),
  ),
  'planning/compare-plans otherPlanId': ({ planId }, id) => [`/v1/planning/plans/${planId}/comparisons`, { otherPlanId: id }],
}

it('tries every route whose path names something', () => {
  // What everyone may read without a token is nobody's own.
  const withParameters = routes.filter(route => route.params && route.access !== 'public').map(route => route.id)
  expect([...Object.keys(pathCases), ...shared].toSorted()).toEqual(withParameters.toSorted())
})

it('tries every field of a body that names something', () => {
  const fields = routes.flatMap(route => fieldsOf(route).map(field => `${route.id} ${field}`))
  expect([...Object.keys(bodyCases), ...sharedFields].toSorted()).toEqual(fields.toSorted())
})

describe('another user’s things are not there', () => {
  test.each(Object.entries(pathCases))('%s', async (id, { body, ids, query = '' }) => {
    const { method, path, resource } = routeOf(id)
    const sent = (user: TestUser) =>
      body === undefined ? {} : { body: typeof body === 'function' ? body(user === owner ? theirs : own) : body }
    const call = (user: TestUser, named: Readonly<Record<string, string>>) =>
      user.request(method, fill(path, named) + query, { ...sent(user), headers: { 'if-match': '*' } })
    const mine = ids(theirs)
    const nobodys = Object.fromEntries(Object.entries(mine).map(([name, value]) => [name, name.endsWith('Id') ? randomUUID() : value]))
    const [foreign, missing] = [await call(other, mine), await call(other, nobodys)]
    expect(missing.status).toBe(404)
    expect(withoutIds(foreign, Object.values(mine))).toEqual(withoutIds(missing, Object.values(nobodys)))
    // They are there for their owner, untouched by whoever tried.
    const forOwner = await call(owner, mine)
    // The example of a nested resource was created before: only its parent's owner can conflict with it.
    expect(resource?.operation === 'create' ? [201, 409] : [200, 201, 202, 204]).toContain(forOwner.status)
  })
})

describe('a body cannot refer to another user’s things', () => {
  test.each(Object.entries(bodyCases))('%s', async (name, makeRequest) => {
    const [id, field] = name.split(' ') as [string, string]
    const call = (named: string) => {
      const [path, body] = makeRequest(own, named)
      return other.request(routeOf(id).method, path, { body, headers: { 'if-match': '*' } })
    }
    const [mine, nobodys] = [theirs.resources[parameterOf(field)]!, randomUUID()]
    const missing = await call(nobodys)
    expect(missing).toMatchObject({ status: 422, body: { errors: [{ path: `body.${field}` }] } })
    expect(withoutIds(await call(mine), [mine])).toEqual(withoutIds(missing, [nobodys]))
  })
})

describe('lists show nothing of another user', () => {
  const lists = routes.filter(
    route => route.query && 'cursor' in route.query.shape && route.params === undefined && route.access === 'read',
  )

  test.each(lists.map(route => [route.path]))('%s', async path => {
    const text = JSON.stringify((await other.request('GET', `${path}?limit=200`)).body)
    expect(idsOf(theirs).filter(id => text.includes(id))).toEqual([])
  })

  test.each([
    ['/v1/planning/plans?householdId=', ({ householdId }: Everything) => householdId],
    ['/v1/operations/audit-logs?resourceId=', ({ planId }: Everything) => planId],
  ] as const)('%s', async (path, pick) => {
    expect((await other.request('GET', `${path}${pick(theirs)}`)).body).toEqual({ items: [], nextCursor: null })
    expect((await owner.request('GET', `${path}${pick(theirs)}`)).body.items.length).toBeGreaterThan(0)
  })

  test('a cursor of another user’s list leads nowhere else', async () => {
    const { nextCursor } = (await owner.request('GET', '/v1/planning/plans?limit=1')).body
    const { body, status } = await other.request('GET', `/v1/planning/plans?limit=200&cursor=${nextCursor}`)
    expect(status).toBe(200)
    expect(idsOf(theirs).filter(id => JSON.stringify(body).includes(id))).toEqual([])
  })
})

test('the same Idempotency-Key of another user is another key', async () => {
  const fresh = await platform.newUser()
  const made = await fresh.request('POST', '/v1/identity/households', householdRequest)
  expect(made.status).toBe(201)
  expect(made.headers.get('idempotent-replay')).toBeNull()
  expect([theirs.householdId, own.householdId]).not.toContain(made.body.id)
})
