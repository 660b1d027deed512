import { sql } from 'drizzle-orm'
import type { PartitionFigures } from '../../../domain/operations/index.ts'
import type { Transaction } from '../../database.ts'
import { ownSchema, relationName } from './sql.ts'

/** The tables that are partitioned by time. Stray rows are estimated: only the owner could count those of a partition. */
export const readPartitions = async (transaction: Transaction): Promise<PartitionFigures[]> => {
  const rows = await transaction.execute<Record<string, unknown> & PartitionFigures>(sql`
    with bounds as (
      select p.partrelid as parent, t[1]::timestamptz as lower_bound, t[2]::timestamptz as upper_bound
      from pg_partitioned_table p join pg_inherits h on h.inhparent = p.partrelid join pg_class c on c.oid = h.inhrelid
      cross join lateral regexp_match(pg_get_expr(c.relpartbound, c.oid), '\\(''(.+)''\\) TO \\(''(.+)''\\)') as t
      where p.partstrat = 'r' and t is not null
        and exists (select from pg_attribute where attrelid = p.partrelid and attnum = p.partattrs[0] and atttypid in ('timestamptz'::regtype, 'date'::regtype))
    ), gaps as (
      select parent, count(*) as gaps from (
        select parent, upper_bound, lead(lower_bound) over (partition by parent order by lower_bound) as following from bounds
      ) each where following > upper_bound and following > now() group by parent
    )
    select ${relationName('p.partrelid')} as parent, ${relationName('p.partdefid')} as "defaultPartition",
      count(b.*)::int as partitions,
      coalesce(bool_or(b.lower_bound <= now() and b.upper_bound > now()), false) as "coversNow",
      coalesce(extract(epoch from max(b.upper_bound) - now()) / 86400, 0)::float8 as "daysAhead",
      coalesce((select gaps from gaps where parent = p.partrelid), 0)::int as "gapsAhead",
      coalesce(pg_stat_get_live_tuples(p.partdefid), 0)::float8 as "strayRows"
    from pg_partitioned_table p join pg_class c on c.oid = p.partrelid join pg_namespace n on n.oid = c.relnamespace left join bounds b on b.parent = p.partrelid
    where ${ownSchema('n.nspname')} and p.partstrat = 'r'
    group by p.partrelid, p.partdefid order by 1`)
  return [...rows]
}
