import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, expect, it } from 'vitest'
import { instant } from '../../db/schema/columns.ts'
import { identity } from '../../db/schema/identity/schema.ts'
import { createTestDatabase } from '../support/postgres.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const connection = database.connect('nestegg_owner')
const { moment } = identity.table('moments', { moment: instant('moment') })

it.each([
  ['2026-12-03 04:24:58.167350+00', '2026-12-03T04:24:58.16735Z'],
  ['2026-12-03 04:24:58.100000+00', '2026-12-03T04:24:58.1Z'],
  ['2026-12-03 04:24:58+00', '2026-12-03T04:24:58Z'],
  ['2026-12-03 04:24:58.000001+05:30', '2026-12-02T22:54:58.000001Z'],
])('%s has one text, from a column and from a function', async (text, expected) => {
  const [row] = await drizzle(connection)
    .select({ column: sql<string>`moment`.mapWith(moment), function: sql<string>`operations.instant_text(moment)` })
    .from(sql`(select ${text}::timestamptz as moment) as moments`)
  expect(row).toEqual({ column: expected, function: expected })
})
