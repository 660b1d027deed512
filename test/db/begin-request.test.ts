import { afterAll, expect, it } from 'vitest'
import { functionRoles } from '../../db/roles.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { asUser, type Person } from './requests.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const administrator = database.connect('postgres')

const usersOf = (subject: string) => administrator<{ id: string }[]>`select id from identity.users where cognito_sub = ${subject}`

it.each(['nestegg_write', 'nestegg_read', 'nestegg_operator'] as const)(
  'provisions a user on their first request, made as %s',
  async role => {
    const person = await asUser(database.connect(role), `first as ${role}`, async (_, person) => person)
    expect(person).toEqual({ id: expect.any(String), role: 'member', isActive: true })
    expect(await usersOf(`first as ${role}`)).toEqual([{ id: person.id }])
    const preferences =
      await administrator`select theme, locale, currency, timezone, created_by from identity.preferences where user_id = ${person.id}`
    expect(preferences).toEqual([{ theme: 'system', locale: 'en-US', currency: 'USD', timezone: 'UTC', created_by: person.id }])
  },
)

it('finds the same user again', async () => {
  const sql = database.connect('nestegg_write')
  const first = await asUser(sql, 'again', async (_, person) => person)
  expect(await asUser(sql, 'again', async (_, person) => person)).toEqual(first)
})

it('makes one user for simultaneous first requests', async () => {
  const sql = database.connect('nestegg_write', 8)
  const people = await Promise.all(Array.from({ length: 8 }, () => asUser(sql, 'at once', async (_, person): Promise<Person> => person)))
  expect(new Set(people.map(person => person.id)).size).toBe(1)
  expect(await usersOf('at once')).toHaveLength(1)
  expect(await administrator`select from identity.preferences where user_id = ${people[0]!.id}`).toHaveLength(1)
})

it('has no user without a subject, whichever user the connection served before', async () => {
  const sql = database.connect('nestegg_write')
  await asUser(sql, 'before', async () => undefined)
  const rows = await sql.begin(async transaction => {
    const [row] = await transaction`select operations.begin_request('{"requestId": "anonymous"}') as person`
    return [row, ...(await transaction`select operations.current_user_id() as id, count(*)::int as visible from identity.users`)]
  })
  expect(rows).toEqual([{ person: null }, { id: null, visible: 0 }])
})

it('has no user and makes none on a public route, whoever the subject is', async () => {
  const sql = database.connect('nestegg_public')
  expect(await asUser(sql, 'public', async (_, person) => person)).toBeNull()
  expect(await usersOf('public')).toEqual([])
})

it('stores no user if their first request fails', async () => {
  const sql = database.connect('nestegg_write')
  await expect(asUser(sql, 'failed', async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await usersOf('failed')).toEqual([])
})

it('reports that a user is no longer active', async () => {
  const sql = database.connect('nestegg_write')
  await asUser(sql, 'gone', async () => undefined)
  await administrator`update identity.users set is_active = false, role = 'admin' where cognito_sub = 'gone'`
  expect(await asUser(sql, 'gone', async (_, person) => person)).toMatchObject({ isActive: false, role: 'admin' })
})

it.each(Object.values(functionRoles))('may not be called by %s', async role => {
  await expect(database.connect(role)`select operations.begin_request('{}')`).rejects.toThrow(
    'permission denied for function begin_request',
  )
})
