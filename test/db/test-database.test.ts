import { afterAll, expect, it } from 'vitest'
import { databaseRoles } from '../../db/roles.ts'
import { createTestDatabase } from '../support/postgres.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())

it('is a copy with all grants of the original database', async () => {
  const administrator = database.connect('postgres')
  const rows = await administrator<{ access: string; owner: string }[]>`
    select distinct array(select unnest(datacl)::text order by 1)::text as access, datdba::regrole::text as owner
    from pg_database where datname in ('nestegg_template', current_database())`
  expect(rows).toHaveLength(1)
  expect(rows[0]?.owner).toBe('nestegg_owner')
})

it.each(databaseRoles)('can be opened by %s', async role => {
  const sql = database.connect(role)
  expect(await sql`select current_user::text as name`).toEqual([{ name: role }])
})
