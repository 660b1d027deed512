import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { boolean, integer, jsonb, numeric, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { describe, expect, test } from 'vitest'
import { rowsOf } from '../../../../db/queries/rows.ts'
import { changes, creates, gets, lists, removes } from '../../../../lambdas/runtime/resource/declarations.ts'
import { equals, filter, flag, range } from '../../../../lambdas/runtime/resource/filters.ts'
import { resource } from '../../../../lambdas/runtime/resource/resource.ts'
import { defineRoutes } from '../../../../lambdas/runtime/route.ts'

const table = pgTable('things', {
  id: uuid('id').primaryKey(),
  owner: text('owner').notNull(),
  name: text('name').notNull(),
  kind: text('kind', { enum: ['small', 'large'] }).notNull(),
  amount: numeric('amount'),
  isActive: boolean('is_active').notNull(),
  details: jsonb('details').$type<unknown>(),
  rank: integer('rank'),
  version: integer('version').notNull(),
})
const rows = rowsOf(table)
const uuids = z.uuid()
const answer = z.strictObject({
  id: uuids,
  label: z.string(),
  kind: z.enum(['small', 'large']),
  amount: z.number().nullable(),
  details: z.json(),
})
const naming = { one: 'thing', many: 'things', path: '/v1/planning/things', parameter: { thingId: uuids }, rows }

const things = resource({
  ...naming,
  answer,
  item: answer.pick({ id: true, label: true }),
  filters: {
    kind: equals(table.kind, z.enum(['small', 'large'])),
    isActive: equals(table.isActive, flag),
    ...range('rank', table.rank, z.coerce.number().int()),
    search: filter(z.string().min(2), () => undefined),
  },
  sorts: ['name', 'rank'],
  present: { label: row => row.name, amount: row => (row.amount === null ? null : Number(row.amount)) },
})
const parts = resource({
  ...naming,
  one: 'open part',
  many: 'parts of a thing',
  path: '/v1/planning/things/{thingId}/parts',
  parameter: { partId: uuids },
  within: { parent: things, column: table.owner },
  answer: z.strictObject({ id: uuids }),
})
const own = resource({ one: 'profile', many: 'profiles', path: '/v1/planning/profile', rows, answer: z.strictObject({ id: uuids }) })

const row = {
  id: '01990000-0000-7000-8000-000000000001',
  owner: 'me',
  name: 'One',
  kind: 'small',
  amount: '12.50',
  isActive: true,
  details: { nested: [1] },
  rank: 3,
  version: 2,
} as const

describe('a presenter', () => {
  test('shows columns unchanged, makes the fields that differ, and shows no other column', () => {
    expect(things.present(row)).toEqual({ id: row.id, label: 'One', kind: 'small', amount: 12.5, details: { nested: [1] } })
    expect(things.presentItem(row)).toEqual({ id: row.id, label: 'One' })
  })

  test('must define how a field of another name or type is made', () => {
    // @ts-expect-error no column is called label, and the amount is a text
    resource({ ...naming, answer })
    // @ts-expect-error the amount is a text
    resource({ ...naming, answer, present: { label: (row: { name: string }) => row.name } })
    // @ts-expect-error a kind is not any text
    resource({ ...naming, answer: z.strictObject({ kind: z.enum(['small']) }) })
    // @ts-expect-error an object where there is none
    resource({ ...naming, answer: z.strictObject({ rank: z.strictObject({}) }) })
    // @ts-expect-error a label is a text
    resource({ ...naming, answer: z.strictObject({ label: z.string() }), present: { label: row => row.rank } })
    expect(resource({ ...naming, answer: z.strictObject({ rank: z.number().nullable() }) }).present(row)).toEqual({ rank: 3 })
  })
})

test('a list is sorted only by columns that are selected', () => {
  const selection = { id: table.id, name: table.name, length: sql<number>`length(name)` }
  const named = { ...naming, rows: rowsOf(table, { selection }), answer: z.strictObject({ id: uuids }) }
  // @ts-expect-error the length is computed
  resource({ ...named, sorts: ['name', 'length'] })
  // @ts-expect-error the rank is not selected
  resource({ ...named, sorts: ['rank'] })
  // @ts-expect-error the length is computed
  resource({ ...named, order: '-length' })
  expect(resource({ ...named, sorts: ['name'], order: '-name' })).toMatchObject({ sorts: ['name'], order: '-name' })
})

test('a filter accepts the type of its column', () => {
  // @ts-expect-error a rank is a number
  equals(table.rank, z.string())
  // @ts-expect-error there are only two kinds
  equals(table.kind, z.string())
  expect(equals(table.rank, z.coerce.number()).schema.parse('3')).toBe(3)
})

describe('declarations', () => {
  const table = defineRoutes('planning', {
    'list-things': lists(things),
    'get-thing': gets(things),
    'create-thing': creates(things, { body: z.strictObject({ name: z.string() }), example: { body: { name: 'One' } } }),
    'update-thing': changes(things, { body: z.strictObject({ name: z.string() }), example: { body: { name: 'Two' } } }),
    'delete-thing': removes(things),
    'list-parts': lists(parts, { summary: 'List what a thing has', access: 'admin', refuses: [409] }),
    'get-part': gets(parts),
    'get-profile': gets(own),
  })
  const statuses = (name: keyof typeof table) => Object.keys(table[name].responses).map(Number)

  test('name the method, the path, the access and the summary', () => {
    const said = Object.values(table).map(({ access, method, path, summary }) => [method, path, access, summary])
    expect(said).toEqual([
      ['GET', '/v1/planning/things', 'read', 'List things'],
      ['GET', '/v1/planning/things/{thingId}', 'read', 'Get a thing'],
      ['POST', '/v1/planning/things', 'write', 'Create a thing'],
      ['PATCH', '/v1/planning/things/{thingId}', 'write', 'Change a thing'],
      ['DELETE', '/v1/planning/things/{thingId}', 'write', 'Remove a thing'],
      ['GET', '/v1/planning/things/{thingId}/parts', 'admin', 'List what a thing has'],
      ['GET', '/v1/planning/things/{thingId}/parts/{partId}', 'read', 'Get an open part'],
      ['GET', '/v1/planning/profile', 'read', 'Get a profile'],
    ])
  })

  test('name the operation and the resource, so that tests find their cases', () => {
    expect(Object.values(table).map(({ resource }) => [resource.operation, resource.parameter])).toEqual([
      ...['list', 'get', 'create', 'change', 'remove'].map(operation => [operation, 'thingId']),
      ['list', 'partId'],
      ['get', 'partId'],
      ['get', undefined],
    ])
  })

  test('have exactly the path’s parameters', () => {
    const names = Object.values(table).map(route => Object.keys('params' in route ? route.params.shape : {}))
    expect(names).toEqual([[], ['thingId'], [], ['thingId'], ['thingId'], ['thingId'], ['thingId', 'partId'], []])
  })

  test('have the problems that follow from their input', () => {
    expect(statuses('list-things')).toEqual([200, 400, 401, 403, 503])
    expect(statuses('get-thing')).toEqual([200, 400, 401, 403, 404, 503])
    expect(statuses('create-thing')).toEqual([201, 400, 401, 403, 409, 413, 415, 422, 503])
    expect(statuses('update-thing')).toEqual([200, 400, 401, 403, 404, 412, 413, 415, 422, 428, 503])
    expect(statuses('delete-thing')).toEqual([204, 400, 401, 403, 404, 412, 428, 503])
    expect(statuses('list-parts')).toEqual([200, 400, 401, 403, 404, 409, 503])
    expect(statuses('get-profile')).toEqual([200, 400, 401, 403, 503])
  })

  test('a list accepts only its filters and its sorts', () => {
    const { query } = table['list-things']
    expect(query.parse({})).toEqual({ limit: 50 })
    const sent = { limit: '3', sort: '-rank', count: 'true', kind: 'large', isActive: 'false', rankFrom: '1', rankTo: '5', search: 'on' }
    expect(query.parse(sent)).toEqual({
      limit: 3,
      sort: '-rank',
      count: true,
      kind: 'large',
      isActive: false,
      rankFrom: 1,
      rankTo: 5,
      search: 'on',
    })
    const wrong = { limit: '1001', sort: 'owner', count: '1', kind: 'huge', isActive: 'yes', rankFrom: 'a', search: 'o', name: 'One' }
    const at = query.safeParse(wrong).error!.issues.map(issue => String(issue.path[0] ?? 'itself'))
    expect(at.toSorted()).toEqual([...Object.keys(wrong).filter(name => name !== 'name'), 'itself'].toSorted())
    expect(table['list-parts'].query.safeParse({ sort: 'name' }).success).toBe(false)
  })

  test('a list answers with items, and with the total only on request', () => {
    const page = table['list-things'].responses[200].body
    const item = { id: row.id, label: 'One' }
    expect(page.safeParse({ items: [item], nextCursor: null }).success).toBe(true)
    expect(page.safeParse({ items: [item], nextCursor: 'x', total: 7 }).success).toBe(true)
    expect(page.safeParse({ items: [{ ...item, kind: 'small' }], nextCursor: null }).success).toBe(false)
  })
})
