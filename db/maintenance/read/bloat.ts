import { sql } from 'drizzle-orm'
import type { Bloat } from '../../../domain/operations/index.ts'
import type { Transaction } from '../../database.ts'
import { ownSchema, relationName } from './sql.ts'

/** Smaller relations are not measured, nor are larger ones: all pages of an index are read. */
const smallestBytes = 10 * 1_048_576
const largestBytes = 2 * 1_073_741_824
const measured = 20

/**
 * Measures the space in the largest tables and indexes with pgstattuple. The statistics of columns, from which it is often estimated, are
 * hidden from every role under row-level security. None without the extension.
 */
export const readBloat = async (transaction: Transaction): Promise<Bloat[]> => {
  const [installed] = await transaction.execute(sql`select from pg_extension where extname = 'pgstattuple'`)
  if (!installed) return []
  const ofSize = (kind: 'r' | 'i') => sql`
    select c.oid, pg_relation_size(c.oid)::float8 as bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_am a on a.oid = c.relam
    where c.relkind = ${kind} and a.amname in ('heap', 'btree') and ${ownSchema('n.nspname')} and (c.relkind = 'r' or exists (select from pg_index where indexrelid = c.oid and indisvalid))
      and c.relpages::float8 * 8192 >= ${smallestBytes} and pg_relation_size(c.oid) between ${smallestBytes} and ${largestBytes}
    order by bytes desc limit ${measured}`
  const rows = await transaction.execute<Record<string, unknown> & Bloat>(sql`
    select ${relationName('r.oid')} as relation, 'table' as kind, bytes, (approx_free_space + dead_tuple_len)::float8 as "emptyBytes"
    from (${ofSize('r')}) r, extensions.pgstattuple_approx(r.oid)
    union all
    select ${relationName('r.oid')}, 'index', bytes, bytes * greatest(0, 1 - coalesce(nullif(avg_leaf_density, 'NaN'), 0) / 90)
    from (${ofSize('i')}) r, extensions.pgstatindex(r.oid)`)
  return [...rows]
}
