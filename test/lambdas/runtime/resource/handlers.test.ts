import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { rowsOf } from '../../../../db/queries/rows.ts'
import { closeDatabases } from '../../../../lambdas/runtime/database.ts'
import { changes, creates, gets, lists, removes } from '../../../../lambdas/runtime/resource/declarations.ts'
import { equals, range } from '../../../../lambdas/runtime/resource/filters.ts'
import { changing, creating, getting, listing, removing, requireRow } from '../../../../lambdas/runtime/resource/handlers.ts'
import { resource } from '../../../../lambdas/runtime/resource/resource.ts'
import { defineRoutes } from '../../../../lambdas/runtime/route.ts'
import { patchOf, uuid } from '../../../../lambdas/runtime/schemas.ts'
import { serve } from '../../../../lambdas/runtime/serve.ts'
import { context, gatewayEvent } from '../../../support/events.ts'
import { createTestDatabase, pointEnvironmentTo } from '../../../support/postgres.ts'
import { makeThings, things as table } from '../../../support/things.ts'

const rows = rowsOf(table, { version: 'rowVersion' })
const answer = z.strictObject({ id: uuid, owner: z.string(), name: z.string(), amount: z.number().nullable(), rank: z.int().nullable() })
const present = { amount: (row: { amount: string | null }) => (row.amount === null ? null : Number(row.amount)) }
const fields = { name: z.string(), rank: z.int() }

const things = resource({
  one: 'thing',
  many: 'things',
  path: '/v1/planning/things',
  parameter: { thingId: uuid },
  rows,
  answer,
  filters: { owner: equals(table.owner, z.string()), ...range('rank', table.rank, z.coerce.number().int()) },
  sorts: ['name', 'rank'],
  present,
})
/** A part is a thing. Its owner is the thing that it belongs to. */
const parts = resource({
  one: 'part',
  many: 'parts',
  path: '/v1/planning/things/{thingId}/parts',
  parameter: { partId: uuid },
  within: { parent: things, column: table.owner },
  rows,
  answer,
  present,
})
/** Its key is its owner, the caller. */
const own = resource({
  one: 'own thing',
  many: 'own things',
  path: '/v1/planning/own',
  rows: rowsOf(table, { key: 'owner', version: null }),
  answer,
  present,
})

const example = { body: {} }
const routes = defineRoutes('planning', {
  'list-things': lists(things),
  'get-thing': gets(things),
  'create-thing': creates(things, {
    body: z.strictObject({ ...fields, owner: z.string().default('me') }).partial({ rank: true }),
    example,
  }),
  'update-thing': changes(things, { body: patchOf(fields), example }),
  'delete-thing': removes(things),
  'list-parts': lists(parts),
  'create-part': creates(parts, { body: z.strictObject(fields), example }),
  'get-part': gets(parts),
  'update-part': changes(parts, { body: patchOf(fields), example }),
  'delete-part': removes(parts),
  'get-own': gets(own),
})
const handlers = {
  'list-things': serve(routes['list-things'], listing(things)),
  'get-thing': serve(routes['get-thing'], getting(things)),
  'create-thing': serve(
    routes['create-thing'],
    creating(things, ({ body }) => body),
  ),
  'update-thing': serve(
    routes['update-thing'],
    changing(things, ({ body }) => body),
  ),
  'delete-thing': serve(routes['delete-thing'], removing(things)),
  'list-parts': serve(routes['list-parts'], listing(parts)),
  'create-part': serve(
    routes['create-part'],
    creating(parts, ({ body, params }) => ({ ...body, owner: params.thingId })),
  ),
  'get-part': serve(routes['get-part'], getting(parts)),
  'update-part': serve(
    routes['update-part'],
    changing(parts, ({ body }) => body),
  ),
  'delete-part': serve(routes['delete-part'], removing(parts)),
  'get-own': serve(routes['get-own'], getting(own)),
}

interface Sent {
  readonly params?: Record<string, string>
  readonly query?: Record<string, string>
  readonly body?: unknown
  readonly ifMatch?: string
}

const ask = async (name: keyof typeof handlers, { body, ifMatch, params, query }: Sent = {}) => {
  const { body: _, headers, pathParameters: _path, queryStringParameters: _query, ...event } = gatewayEvent()
  const result = await handlers[name](
    {
      ...event,
      headers: { ...headers, ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) },
      ...(params ? { pathParameters: params } : {}),
      ...(query ? { queryStringParameters: query } : {}),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
    context,
  )
  return { status: result.statusCode, headers: result.headers ?? {}, body: result.body === undefined ? undefined : JSON.parse(result.body) }
}

const database = await createTestDatabase()
const administrator = database.connect('postgres')
beforeAll(async () => {
  await makeThings(administrator)
  pointEnvironmentTo(database.location)
  vi.stubEnv('RESPONSE_VALIDATION', 'on')
})
afterAll(async () => {
  await closeDatabases()
  await database.drop()
})

const create = async (body: object) => (await ask('create-thing', { body })).body.id as string
const publish = async () => {
  const [row] = await administrator<{ id: string }[]>`insert into trial.things (owner, name) values ('published', 'Published') returning id`
  return row!.id
}

describe('a single resource', () => {
  test('is created, read, changed and removed, each under its version', async () => {
    const made = await ask('create-thing', { body: { name: 'One' } })
    const thingId = made.body.id as string
    expect(made).toMatchObject({ status: 201, headers: { location: `/v1/planning/things/${thingId}`, etag: '"v1"' } })
    expect(made.body).toEqual({ id: thingId, owner: 'me', name: 'One', amount: null, rank: null })
    expect(await ask('get-thing', { params: { thingId } })).toMatchObject({ status: 200, headers: { etag: '"v1"' }, body: made.body })
    const changed = await ask('update-thing', { params: { thingId }, body: { name: 'Two' }, ifMatch: '"v1"' })
    expect(changed).toMatchObject({ status: 200, headers: { etag: '"v2"' }, body: { ...made.body, name: 'Two' } })
    expect(await ask('delete-thing', { params: { thingId }, ifMatch: '"v2"' })).toMatchObject({ status: 204, body: undefined })
    expect((await ask('get-thing', { params: { thingId } })).status).toBe(404)
  })

  test('is not created where the caller may not store it', async () => {
    expect((await ask('create-thing', { body: { name: 'One', owner: 'forbidden' } })).status).toBe(403)
  })

  describe.each([
    ['update-thing', { body: { name: 'New' } }],
    ['delete-thing', {}],
  ] as const)('%s', (name, sent) => {
    test('requires the version, and refuses a stale one, a missing resource and one that may only be read', async () => {
      const params = { thingId: await create({ name: 'Old' }) }
      expect((await ask(name, { ...sent, params })).status).toBe(428)
      const stale = await ask(name, { ...sent, params, ifMatch: '"v9"' })
      expect(stale).toMatchObject({ status: 412, body: { detail: expect.stringContaining('The version is 1 now') } })
      expect((await ask(name, { ...sent, params: { thingId: randomUUID() }, ifMatch: '"v1"' })).status).toBe(404)
      const readOnly = await ask(name, { ...sent, params: { thingId: await publish() }, ifMatch: '"v1"' })
      expect(readOnly).toMatchObject({ status: 403, body: { type: '/problems/editors-only' } })
      expect((await ask('get-thing', { params })).body.name).toBe('Old')
    })
  })
})

describe('a nested resource', () => {
  test('is found only within its parent', async () => {
    const [thingId, another] = [await create({ name: 'Parent' }), await create({ name: 'Another' })]
    const made = await ask('create-part', { params: { thingId }, body: { name: 'Part', rank: 1 } })
    const partId = made.body.id as string
    expect(made).toMatchObject({ status: 201, headers: { location: `/v1/planning/things/${thingId}/parts/${partId}` } })
    const at = (thing: string) => ({ params: { thingId: thing, partId } })
    expect((await ask('get-part', at(thingId))).body).toEqual(made.body)
    expect((await ask('list-parts', { params: { thingId } })).body.items).toEqual([made.body])
    expect((await ask('list-parts', { params: { thingId: another } })).body.items).toEqual([])
    for (const name of ['get-part', 'update-part', 'delete-part'] as const) {
      const sent = { ...(name === 'update-part' && { body: { name: 'New' } }), ifMatch: '*' }
      expect(await ask(name, { ...at(another), ...sent })).toMatchObject({ status: 404, body: { detail: 'There is no such part.' } })
      expect(await ask(name, { ...at(randomUUID()), ...sent })).toMatchObject({ status: 404, body: { detail: 'There is no such thing.' } })
    }
    expect((await ask('update-part', { ...at(thingId), body: { name: 'New' }, ifMatch: '"v1"' })).body.name).toBe('New')
    expect((await ask('delete-part', { ...at(thingId), ifMatch: '"v2"' })).status).toBe(204)
  })

  test('is neither listed nor created within a missing parent', async () => {
    const params = { thingId: randomUUID() }
    expect((await ask('list-parts', { params })).status).toBe(404)
    expect((await ask('create-part', { params, body: { name: 'Part', rank: 1 } })).status).toBe(404)
  })
})

test('a resource without a path parameter is the caller’s own', async () => {
  await ask('list-things') // The first request makes the user.
  const [user] = await administrator<{ id: string }[]>`select id from identity.users`
  const [row] = await administrator<{ id: string }[]>`insert into trial.things (owner, name) values (${user!.id}, 'Mine') returning id`
  const { body, headers, status } = await ask('get-own')
  expect({ status, body }).toMatchObject({ status: 200, body: { id: row!.id, name: 'Mine' } })
  expect(headers).not.toHaveProperty('etag')
})

describe('a list', () => {
  beforeAll(async () => {
    await administrator`delete from trial.things`
    for (const [name, rank] of [
      ['B', 2],
      ['A', 1],
      ['C', undefined],
      ['A', 3],
    ] as const)
      await create({ name, ...(rank && { rank }) })
  })
  const names = async (query: Record<string, string>) =>
    (await ask('list-things', { query })).body.items.map(({ name, rank }: { name: string; rank: number | null }) => `${name}${rank ?? ''}`)

  test('is sorted as requested, by default newest first', async () => {
    expect(await names({})).toEqual(['A3', 'C', 'A1', 'B2'])
    expect(await names({ sort: 'name' })).toEqual(['A1', 'A3', 'B2', 'C'])
    expect(await names({ sort: '-name' })).toEqual(['C', 'B2', 'A3', 'A1'])
    expect(await names({ sort: '-rank' })).toEqual(['A3', 'B2', 'A1', 'C'])
  })

  test('shows the items that match its filters, and counts them on request', async () => {
    expect(await names({ rankFrom: '2', sort: 'rank' })).toEqual(['B2', 'A3'])
    expect(await names({ rankFrom: '1', rankTo: '2', sort: 'rank' })).toEqual(['A1', 'B2'])
    expect(await names({ owner: 'another' })).toEqual([])
    const counted = await ask('list-things', { query: { rankTo: '2', limit: '1', count: 'true' } })
    expect(counted.body).toMatchObject({ items: [{}], total: 2, nextCursor: expect.any(String) })
    expect((await ask('list-things', { query: { count: 'false' } })).body).not.toHaveProperty('total')
  })

  test('continues after its cursor, with the same sort', async () => {
    const first = await ask('list-things', { query: { sort: 'rank', limit: '3' } })
    const cursor = first.body.nextCursor as string
    expect(await names({ sort: 'rank', limit: '3', cursor })).toEqual(['C'])
    for (const query of [{ cursor }, { cursor, sort: '-rank' }, { cursor, sort: 'name' }] as Record<string, string>[])
      expect(await ask('list-things', { query })).toMatchObject({ status: 400, body: { errors: [{ path: 'query.cursor' }] } })
  })

  test.each([
    ['a value that is not one of the column', ['rank', 'many', randomUUID()]],
    ['a number beyond the column', ['rank', '99999999999', randomUUID()]],
    ['a key that is not one of the table', ['rank', '1', 'A']],
    ['what no text can hold', ['rank', '1', '\0']],
  ])('rejects a cursor with %s', async (_, parts) => {
    const cursor = Buffer.from(JSON.stringify(parts)).toString('base64url')
    const rejected = await ask('list-things', { query: { sort: 'rank', cursor } })
    expect(rejected).toMatchObject({ status: 400, body: { errors: [{ path: 'query.cursor' }] } })
  })
})

test('a stale row is a 412 with both versions', () => {
  const problem = { status: 412, message: expect.stringContaining('The version is 2 now; you read 1.') }
  expect(() => requireRow({ refused: 'stale', version: 2, expected: 1 }, things)).toThrow(expect.objectContaining(problem))
})
