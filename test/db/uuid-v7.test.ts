import { afterAll, expect, it } from 'vitest'
import { createTestDatabase } from '../support/postgres.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const sql = database.connect('nestegg_write')

const next = async () => {
  const [row] = await sql<{ id: string }[]>`select operations.uuid_v7() as id`
  return row!.id
}

it('has the version and variant of RFC 9562', async () => {
  for (let count = 0; count < 20; count++) {
    expect(await next()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  }
})

it('begins with the milliseconds since 1970', async () => {
  const [row] = await sql<{ before: string; id: string; after: string }[]>`
    select extract(epoch from clock_timestamp()) * 1000 as before, operations.uuid_v7() as id, extract(epoch from clock_timestamp()) * 1000 as after`
  const milliseconds = Number.parseInt(row!.id.replaceAll('-', '').slice(0, 12), 16)
  expect(milliseconds).toBeGreaterThanOrEqual(Math.floor(Number(row!.before)))
  expect(milliseconds).toBeLessThanOrEqual(Number(row!.after))
})

it('is ordered by the moment at which it was made, even within a millisecond', async () => {
  const made: string[] = []
  for (let count = 0; count < 100; count++) made.push(await next())
  expect(made).toEqual(made.toSorted())
  expect(new Set(made.map(id => id.slice(0, 13))).size).toBeLessThan(made.length)
})

it('is unique among many made in one statement', async () => {
  const [row] = await sql<{ count: number }[]>`select count(distinct operations.uuid_v7())::int as count from generate_series(1, 20000)`
  expect(row!.count).toBe(20_000)
})
