import type { Sql } from '../../db/connections.ts'

/** The tables and partitions, of those that the role reads, that hold one of the texts in any column, in any case, also as bytes. Each with its number of rows. */
export const findText = async (administrator: Sql, texts: readonly string[]): Promise<Record<string, number>> => {
  const wanted = texts.flatMap(text => [text, Buffer.from(text).toString('hex')]).map(text => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`)
  const tables = await administrator<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = relnamespace
    where relkind = 'r' and nspname not in ('pg_catalog', 'information_schema') and nspname not like 'pg\\_%'
      and has_table_privilege(c.oid, 'select')`
  const found: Record<string, number> = {}
  for (const { name } of tables) {
    const [row] = await administrator.unsafe<{ count: number }[]>(
      `select count(*)::int from ${name} t where exists (select from jsonb_array_elements_text($1::text::jsonb) wanted where t::text ilike wanted)`,
      [JSON.stringify(wanted)],
    )
    if (row!.count > 0) found[name] = row!.count
  }
  return found
}
