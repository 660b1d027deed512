import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../../../lambdas/routes.ts'
import { newHousehold, newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../../support/platform.ts'

let platform: TestPlatform
let user: TestUser
let administrator: TestUser
const path = '/v1/planning/plans'
const names = ['Bern', 'Ärger', 'bern 100%', 'Genf_1', 'Zürich', 'Genf 2', 'Älpler', 'Aarau']

beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  administrator = await platform.newUser()
  const householdId = await newHousehold(user)
  for (const [index, name] of names.entries()) await newPlan(user, { householdId, name, asOfDate: `2026-0${index + 1}-15` })
  const sql = platform.database.connect('postgres')
  await sql`update identity.users set role = 'admin' where email = ${administrator.email}`
})
afterAll(() => platform.close())

interface Listed {
  readonly name: string
  readonly asOfDate: string
  readonly createdAt: string
}
const ask = async (query: Record<string, string>) => (await user.request('GET', `${path}?${new URLSearchParams(query).toString()}`)).body
const all = async (query: Record<string, string>): Promise<Listed[]> => {
  const items: Listed[] = []
  let cursor: string | null = null
  do {
    const page: { items: Listed[]; nextCursor: string | null } = await ask({ ...query, ...(cursor === null ? {} : { cursor }) })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}
const namesOf = (items: readonly Listed[]) => items.map(({ name }) => name)

describe('a page', () => {
  test('has up to 1,000 items', async () => {
    expect((await ask({ limit: '1000' })).items).toHaveLength(names.length)
    expect(await ask({ limit: '1001' })).toMatchObject({ errors: [{ path: 'query.limit' }] })
  })

  test.each([1, 3, 200])('of %i items continues the one before, under each sort', async limit => {
    for (const sort of ['name', '-name', 'createdAt', '-asOfDate', '-lastRunAt'])
      expect(await all({ sort, limit: String(limit) })).toEqual((await ask({ sort, limit: '1000' })).items)
  })
})

describe('a list begins', () => {
  test('at a date of the sorted field', async () => {
    expect(namesOf(await all({ sort: 'asOfDate', from: '2026-04-01', limit: '2' }))).toEqual(names.slice(3))
    expect(namesOf(await all({ sort: '-asOfDate', from: '2026-04-15', limit: '2' }))).toEqual(names.slice(0, 4).toReversed())
  })

  test('at a text', async () => {
    const sorted = await all({ sort: 'name' })
    expect(await all({ sort: 'name', from: 'G', limit: '1' })).toEqual(sorted.filter(({ name }) => name >= 'G'))
    expect(await all({ sort: '-name', from: 'Genf_1' })).toEqual(sorted.filter(({ name }) => name <= 'Genf_1').toReversed())
  })

  test('at an instant; descending, a date begins with its last instant', async () => {
    const [first, second] = await all({ sort: 'createdAt' })
    expect(await all({ sort: 'createdAt', from: second!.createdAt })).toEqual((await all({ sort: 'createdAt' })).slice(1))
    expect(await all({ sort: '-createdAt', from: first!.createdAt })).toEqual([first])
    const day = first!.createdAt.slice(0, 10)
    expect((await all({ sort: '-createdAt', from: day })).at(-1)).toEqual(first)
    expect((await all({ sort: 'createdAt', from: day }))[0]).toEqual(first)
  })

  test('with the items that match, and counts those before it too', async () => {
    const query = { sort: 'asOfDate', from: '2026-06-01', createdAtFrom: '2020-01-01', search: 'genf', count: 'true', limit: '1' }
    expect(await ask(query)).toMatchObject({ items: [{ name: 'Genf 2' }], total: 2, nextCursor: null })
  })

  test('nowhere without a sort, and not at a value of another type', async () => {
    for (const [query, message] of [
      [{ from: '2026-01-01' }, 'needs a `sort`'],
      [{ from: 'yesterday', sort: 'asOfDate' }, 'must be a date like 2026-01-31, as asOfDate is'],
      [{ from: 'M', sort: '-createdAt' }, 'createdAt'],
      [{ from: '', sort: 'updatedAt' }, 'updatedAt'],
    ] as [Record<string, string>, string][])
      expect(await ask(query)).toMatchObject({ status: 400, errors: [{ path: 'query.from', message: expect.stringContaining(message) }] })
    const runs = await user.request('GET', `${path}/${(await ask({})).items[0].id}/runs?sort=pathCount&from=1e3`)
    expect(runs.body).toMatchObject({ status: 400, errors: [{ path: 'query.from' }] })
    const vast = await user.request('GET', `${path}/${(await ask({})).items[0].id}/runs?sort=pathCount&from=99999999999`)
    expect(vast.body).toMatchObject({ status: 400, errors: [{ path: 'query.from', message: 'must fit the sorted field' }] })
  })
})

describe('a search', () => {
  test.each([
    ['bern', ['Bern', 'bern 100%']],
    ['ÄRGER', ['Ärger']],
    ['z\u00fcr', ['Zürich']],
    ['%', ['bern 100%']],
    ['f_', ['Genf_1']],
    ['\\', []],
  ])('for %j finds it in any case, and takes no pattern', async (search, expected) => {
    expect(namesOf(await all({ search, sort: 'createdAt' }))).toEqual(expected)
  })

  test('finds people by a part of their address, for administrators', async () => {
    const part = user.email.slice(5, 12).toUpperCase()
    const { body } = await administrator.request('GET', `/v1/identity/users?search=${part}`)
    expect(body.items.map(({ email }: { email: string }) => email)).toEqual([user.email])
  })
})

test('a page of large items ends before the answer is too large, after one item at least', async () => {
  const sql = platform.database.connect('postgres')
  const text = '"'.repeat(400_000)
  const [{ id }] = (await ask({ limit: '1' })).items
  for (let index = 0; index < 8; index++)
    await sql`insert into planning.plan_inputs (household_id, plan_id, input_type, input_name, input_value)
      select household_id, id, 'account', ${`Large ${index}`}, ${JSON.stringify({ text })}::text::jsonb from planning.plans where id = ${id}`
  const url = `${path}/${id}/inputs?sort=createdAt&search=large&limit=1000&count=true`
  const first = await user.request('GET', url)
  expect(first.body).toMatchObject({ total: 8, nextCursor: expect.any(String) })
  expect(first.body.items).toHaveLength(3)
  expect(Buffer.byteLength(JSON.stringify(JSON.stringify(first.body)))).toBeLessThan(6_000_000)
  const second = await user.request('GET', `${url}&cursor=${first.body.nextCursor}`)
  expect(second.body.items[0].inputName).toBe('Large 3')
})

test('every list of a resource describes its sort and its beginning', () => {
  const lists = routes.filter(route => route.resource?.operation === 'list')
  expect(lists.length).toBeGreaterThan(20)
  for (const { id, query } of lists) expect([id, 'sort' in query!.shape, 'from' in query!.shape]).toEqual([id, true, true])
})
