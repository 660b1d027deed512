import { afterAll, expect, it } from 'vitest'
import { createTestDatabase } from '../../support/postgres.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())

it('every table under row-level security can be checked by nestegg_owner', async () => {
  const hidden = await database.connect('postgres')`
    select c.oid::regclass::text as name from pg_class c
    where relforcerowsecurity and not exists (select from pg_policy where polrelid = c.oid and 'nestegg_owner'::regrole = any (polroles)
      and polcmd in ('r', '*') and pg_get_expr(polqual, polrelid) similar to '(true|%is_checking%)')`
  expect([...hidden]).toEqual([])
})
