import { afterAll, describe, expect, it } from 'vitest'
import { databaseRoles } from '../../db/roles.ts'
import { createTestDatabase } from '../support/postgres.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const sql = database.connect('postgres')

const domains = ['identity', 'planning', 'wealth', 'cashflow', 'market', 'trading', 'operations']

/** Tables that hold rows of households or people, except the audit log's partitions, on which no role has a grant. */
const ownedTables = await sql<{ name: string; enabled: boolean; forced: boolean; roles: string[] }[]>`
  select c.oid::regclass::text as name, relrowsecurity as enabled, relforcerowsecurity as forced,
    (select jsonb_agg(distinct role::regrole::text order by role::regrole::text) from pg_policy, unnest(polroles) as role where polrelid = c.oid) as roles
  from pg_class c
  where relnamespace::regnamespace::text = any (${`{${domains.join()}}`}::text[]) and relkind in ('r', 'p') and not relispartition
    and (c.oid in ('identity.users'::regclass, 'identity.households'::regclass)
      or exists (select from pg_attribute where attrelid = c.oid and attname in ('user_id', 'household_id') and not attisdropped))`

describe('an owned table', () => {
  it('is found in the catalogue', () =>
    expect(ownedTables.map(table => table.name)).toEqual(expect.arrayContaining(['planning.plans', 'identity.preferences'])))

  it.each(ownedTables)('$name is under forced row-level security with policies', ({ enabled, forced, roles }) => {
    expect({ enabled, forced }).toEqual({ enabled: true, forced: true })
    expect(roles?.length).toBeGreaterThan(0)
  })
})

it('grants nothing to public: no function, no table, no schema', async () => {
  const rows = await sql`
    select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = pronamespace
      where nspname = any (${`{${domains.join()}}`}::text[]) and has_function_privilege('public', p.oid, 'execute')
    union all
    select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = relnamespace, aclexplode(relacl) as grants
      where nspname = any (${`{${domains.join()},drizzle}`}::text[]) and grants.grantee = 0
    union all
    select nspname::text from pg_namespace, aclexplode(nspacl) as grants
      where nspname = any (${`{${domains.join()},drizzle,public}`}::text[]) and grants.grantee = 0`
  expect(rows).toEqual([])
})

it('runs every function under a fixed search path, or resolved its names when it was made', async () => {
  const rows = await sql`
    select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = pronamespace
    where nspname = any (${`{${domains.join()}}`}::text[]) and prosqlbody is null
      and not coalesce('search_path=pg_catalog' = any (proconfig), false)`
  expect(rows).toEqual([])
})

it('has no role that bypasses row-level security', async () => {
  const rows = await sql<{ name: string; powers: boolean }[]>`
    select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolreplication or (rolcreatedb and rolname <> 'nestegg_owner') as powers
    from pg_roles where rolname like 'nestegg%' order by rolname`
  expect(rows.map(row => row.name)).toEqual(databaseRoles.toSorted())
  expect(rows.filter(row => row.powers)).toEqual([])
  const memberships = await sql`
    select member::regrole::text as name, roleid::regrole::text as role from pg_auth_members where member::regrole::text like 'nestegg%' order by 1`
  expect([...memberships]).toEqual([
    // Figures of statements and sessions, and settings: no rows of tables.
    { name: 'nestegg_operator', role: 'pg_monitor' },
    // To end the sessions of a database that a restore replaces.
    { name: 'nestegg_owner', role: 'pg_signal_backend' },
  ])
})

it('has everything owned by nestegg_owner', async () => {
  const rows = await sql`
    select c.oid::regclass::text as name from pg_class c where relnamespace::regnamespace::text = any (${`{${domains.join()}}`}::text[]) and relowner <> 'nestegg_owner'::regrole
    union all
    select p.oid::regprocedure::text from pg_proc p where pronamespace::regnamespace::text = any (${`{${domains.join()}}`}::text[]) and proowner <> 'nestegg_owner'::regrole`
  expect(rows).toEqual([])
})

it.each(databaseRoles.filter(role => role !== 'nestegg_owner'))('does not let %s create anything', async role => {
  const connection = database.connect(role)
  await expect(connection.unsafe('create table public.forbidden (a int)')).rejects.toThrow('permission denied for schema public')
  await expect(connection.unsafe('create table operations.forbidden (a int)')).rejects.toThrow('permission denied for schema operations')
  await expect(connection.unsafe('create schema forbidden')).rejects.toThrow('permission denied for database')
  await expect(connection.unsafe('create temporary table forbidden (a int)')).rejects.toThrow(
    'permission denied to create temporary tables',
  )
})

it('does not let nestegg_read write to any table', async () => {
  const rows = await sql`
    select c.oid::regclass::text as name from pg_class c where relnamespace::regnamespace::text = any (${`{${domains.join()}}`}::text[])
      and relkind in ('r', 'p', 'v') and (has_table_privilege('nestegg_read', c.oid, 'insert, update, delete, truncate') or has_any_column_privilege('nestegg_read', c.oid, 'insert, update'))`
  expect(rows).toEqual([])
})
