import { afterAll, describe, expect, it } from 'vitest'
import { constraints } from '../../db/schema/constraints.ts'
import { createTestDatabase } from '../support/postgres.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())

/**
 * The checks, foreign keys, unique keys and triggers with the name of a constraint that a request can violate. These are left out: tables of the platform itself; constraints of
 * columns that no route writes; unique keys that contain a generated id or only the row's owner; and the cascading foreign key from a row to
 * its owner, which the handler has already found.
 */
const reachable = async (): Promise<readonly string[]> => {
  const rows = await database.connect('postgres')<{ name: string }[]>`
    with domain_tables as (
      select oid as relation from pg_class where relkind in ('r', 'p') and not relispartition
        and (relnamespace::regnamespace::text in ('identity', 'planning', 'wealth', 'cashflow', 'market', 'trading')
          or oid in ('operations.data_retention_policies'::regclass, 'operations.legal_holds'::regclass))
    ), written_columns as (
      select relation, attnum from domain_tables join pg_attribute on attrelid = relation and attnum > 0 and not attisdropped
      where exists (select from unnest(array['nestegg_write', 'nestegg_operator']) as role
        where has_column_privilege(role, relation, attnum, 'INSERT') or has_column_privilege(role, relation, attnum, 'UPDATE'))
    ), generated_columns as (
      select relation, attnum from domain_tables join pg_attribute on attrelid = relation left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where attidentity <> '' or pg_get_expr(adbin, adrelid) like '%uuid_v7()%'
    ), owner_keys as (
      select conrelid as relation, conkey as columns from pg_constraint where contype = 'f' and confdeltype = 'c'
    ), constraint_columns as (
      select conrelid as relation, conname::text as name, contype::text as kind, conkey as columns
      from pg_constraint where contype = 'c' or (contype = 'f' and confdeltype <> 'c')
      union all
      select conrelid, conname::text, 't', array(select attnum from pg_attribute where attrelid = conrelid and attnum > 0)
      from pg_constraint where contype = 't'
      union all
      select indrelid, relname::text, 'u', array(
        select distinct refobjsubid::smallint from pg_depend where objid in (indexrelid, coalesce(pg_constraint.oid, 0)) and refobjid = indrelid and refobjsubid > 0)
      from pg_index join pg_class on pg_class.oid = indexrelid left join pg_constraint on conindid = indexrelid and contype in ('p', 'u')
      where indisunique
    )
    select name from constraint_columns one join domain_tables using (relation)
    where exists (select from written_columns written where written.relation = one.relation and attnum = any (columns))
      and not (kind = 'u' and exists (select from generated_columns made where made.relation = one.relation and attnum = any (columns)))
      and not (kind = 'u' and exists (select from owner_keys owner where owner.relation = one.relation and owner.columns @> one.columns))`
  return rows.map(({ name }) => name)
}

describe('the constraints that a request can violate', () => {
  it('each have a field and a message, and no other constraint has', async () => {
    const names = await reachable()
    expect(names.length).toBeGreaterThan(20)
    expect(Object.keys(constraints).toSorted()).toEqual(names.toSorted())
  })
})
