import { sql } from 'drizzle-orm'
import type { Transaction } from '../database.ts'
import type { DataCheck } from '../schema/data-checks.ts'
import { ownSchema, relationName } from './read/sql.ts'

/** The checks that follow from the catalogue, so that no table needs to declare them. */

interface ForeignKey extends Record<string, unknown> {
  readonly name: string
  readonly table: string
  readonly references: string
  readonly matches: string
  readonly filled: string
  readonly key: string
}

/** Rows without the row that they refer to: written while triggers were off, or kept when that row was removed by hand. */
const orphans = async (transaction: Transaction): Promise<DataCheck[]> => {
  const keys = await transaction.execute<ForeignKey>(sql`
    select k.conname::text as name, ${relationName('k.conrelid')} as "table", ${relationName('k.confrelid')} as "references",
      string_agg(format('other.%I = row.%I', there.attname, here.attname), ' and ' order by place) as matches,
      string_agg(format('row.%I is not null', here.attname), ' and ' order by place) as filled,
      (select format('concat_ws('', '', %s)', string_agg(format('row.%I', attname), ', ' order by number))
        from pg_index i, unnest(i.indkey) with ordinality as part (column_number, number) join pg_attribute on attnum = column_number
        where i.indrelid = k.conrelid and i.indisprimary and attrelid = k.conrelid) as key
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace, unnest(k.conkey, k.confkey) with ordinality as pair (own, other, place)
    join pg_attribute here on true join pg_attribute there on true
    where k.contype = 'f' and k.conparentid = 0 and ${ownSchema('n.nspname')}
      and here.attrelid = k.conrelid and here.attnum = own and there.attrelid = k.confrelid and there.attnum = other
    group by k.oid order by 2, 1`)
  return keys.map(({ filled, key, matches, name, references, table }) => ({
    id: `${table}/${name}`,
    sentence: `Each row of ${table} refers to a row of ${references} that exists.`,
    find: `select ${key ?? 'row.ctid::text'} as key, '${name}' as detail from ${table} row where ${filled} and not exists (select from ${references} other where ${matches})`,
  }))
}

/** Constraints that were made NOT VALID: PostgreSQL holds new rows to them, and never looked at the old ones. */
const notValidated: DataCheck = {
  id: 'catalogue/constraints-validated',
  sentence: 'Each constraint was checked against all rows.',
  find: `select conrelid::regclass || ' ' || conname as key, 'alter table ' || conrelid::regclass || ' validate constraint ' || quote_ident(conname) as detail
    from pg_constraint where not convalidated and connamespace::regnamespace::text !~ '^pg_'`,
}

/** Sequences that would soon give a number that is in use, or none. */
const sequences = async (transaction: Transaction): Promise<DataCheck[]> => {
  const owned = await transaction.execute<{ sequence: string; table: string; column: string }>(sql`
    select ${relationName('d.objid')} as sequence, ${relationName('d.refobjid')} as "table", quote_ident(attname) as "column"
    from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S' join pg_namespace n on n.oid = s.relnamespace
    join pg_attribute on attrelid = d.refobjid and attnum = d.refobjsubid
    where d.deptype in ('a', 'i') and d.classid = 'pg_class'::regclass and d.refobjsubid > 0 and ${ownSchema('n.nspname')} order by 1`)
  return owned.map(({ column, sequence, table }) => ({
    id: `${sequence}/ahead`,
    sentence: `The next number of ${sequence} is greater than all of ${table}.`,
    find: `select '${sequence}' as key, 'the greatest ${column} is ' || max(${column}) as detail from ${table} having max(${column}) > (select case when is_called then last_value else last_value - 1 end from ${sequence})`,
    repair: `select setval('${sequence}', (select max(${column}) from ${table}))`,
  }))
}

/** Unique indexes with pages that contradict each other, or with rows out of order, such as after an update of the system's collations. */
const damagedIndexes = async (transaction: Transaction): Promise<DataCheck[]> => {
  const [usable] = await transaction.execute<{ usable: boolean }>(
    sql`select coalesce(has_function_privilege(to_regprocedure('extensions.bt_index_check(regclass, boolean)'), 'execute'), false) as usable`,
  )
  if (!usable?.usable) return []
  const indexes = await transaction.execute<{ name: string }>(sql`
    select ${relationName('i.indexrelid')} as name
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam join pg_namespace n on n.oid = c.relnamespace
    where i.indisunique and i.indisvalid and c.relkind = 'i' and a.amname = 'btree' and ${ownSchema('n.nspname')} order by 1`)
  return indexes.map(({ name }) => ({
    id: `${name}/undamaged`,
    sentence: `The index ${name} is undamaged.`,
    // The function returns nothing, or raises an error that says what is wrong.
    find: `select '${name}' as key, '' as detail where extensions.bt_index_check('${name}'::regclass, false)::text is null`,
  }))
}

export const catalogueChecks = async (transaction: Transaction): Promise<DataCheck[]> => [
  ...(await orphans(transaction)),
  notValidated,
  ...(await sequences(transaction)),
  ...(await damagedIndexes(transaction)),
]
