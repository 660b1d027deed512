import type { Sql } from '../../db/connections.ts'

const domains = "('identity', 'planning', 'wealth', 'cashflow', 'market', 'trading', 'operations')"
const acl = (column: string, fallback: string) =>
  `array(select grants::text from unnest(coalesce(${column}, ${fallback})) as grants order by 1)::text`
const relation = `pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname in ${domains}`

/** Each query returns one text per row. */
const queries = {
  schemas: `select nspname || ' ' || nspowner::regrole || ' ' || ${acl('nspacl', "acldefault('n', nspowner)")} from pg_namespace where nspname in ${domains}`,
  relations: `select concat_ws(' ', c.oid::regclass, relkind, relowner::regrole, relrowsecurity, relforcerowsecurity, pg_get_partkeydef(c.oid),
    pg_get_expr(relpartbound, c.oid), ${acl('relacl', "acldefault('r', relowner)")}) from ${relation}`,
  columns: `select concat_ws(' ', c.oid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid), ${acl('attacl', "'{}'")})
    from ${relation} join pg_attribute a on attrelid = c.oid and attnum > 0 and not attisdropped left join pg_attrdef on adrelid = c.oid and adnum = attnum`,
  constraints: `select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(o.oid)) from pg_constraint o join ${relation} on conrelid = c.oid`,
  indexes: `select pg_get_indexdef(indexrelid) from pg_index join ${relation} on indrelid = c.oid`,
  policies: `select concat_ws(' ', schemaname, tablename, policyname, permissive, roles::text, cmd, qual, 'check', with_check) from pg_policies where schemaname in ${domains}`,
  triggers: `select pg_get_triggerdef(t.oid) from pg_trigger t join ${relation} on tgrelid = c.oid where not tgisinternal`,
  functions: `select concat_ws(' ', pg_get_functiondef(p.oid), proowner::regrole, ${acl('proacl', "acldefault('f', proowner)")})
    from pg_proc p join pg_namespace n on n.oid = pronamespace and nspname in ${domains} where prokind = 'f'`,
  defaultGrants: `select concat_ws(' ', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, defaclacl::text) from pg_default_acl`,
}

/** Everything that migrations make, as sorted texts by kind, so that two databases can be compared. */
export const readCatalogue = async (sql: Sql): Promise<Readonly<Record<string, string[]>>> => {
  const entries = await Promise.all(
    Object.entries(queries).map(async ([kind, query]) => {
      const rows = await sql.unsafe<Record<string, string>[]>(query)
      return [kind, rows.map(row => Object.values(row).join()).toSorted()] as const
    }),
  )
  return Object.fromEntries(entries)
}
