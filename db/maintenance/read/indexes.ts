import { sql } from 'drizzle-orm'
import type { IndexFigures, UnindexedForeignKey } from '../../../domain/operations/index.ts'
import type { Transaction } from '../../database.ts'
import { instant, ownSchema, relationName } from './sql.ts'

type Listed = Omit<IndexFigures, 'keys' | 'included'> & { readonly keys: string; readonly included: string }

/** The relation, and its partitions if it has any. */
const withPartitions = (relation: string) =>
  sql.raw(`(select ${relation} as relid union select relid from pg_partition_tree(${relation})) each`)

/**
 * The foreign keys, each with the indexes that find its rows: one of its columns leads the index, and the index has all rows, or all in which
 * that column has a value. The foreign keys of partitions are those of their parents.
 */
const supported = sql`
  select k.oid as key, i.indexrelid as index
  from pg_constraint k left join pg_index i on i.indrelid = k.conrelid and i.indisvalid and i.indkey[0] = any (k.conkey)
    and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid)
      = (select format('(%I IS NOT NULL)', attname) from pg_attribute where attrelid = k.conrelid and attnum = i.indkey[0]))
  where k.contype = 'f' and k.conparentid = 0`

export const readIndexes = async (transaction: Transaction): Promise<IndexFigures[]> => {
  const rows = await transaction.execute<Listed & Record<string, unknown>>(sql`
    with supported as (${supported}),
    only_support as (select min(index) as index from supported where index is not null group by key having count(*) = 1)
    select ${relationName('i.indexrelid')} as "index", ${relationName('i.indrelid')} as "table",
      case when c.relkind = 'I' then 'partitioned' when c.relispartition then 'partition' else 'index' end as kind,
      i.indisunique as "isUnique", exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')) as "isConstraint",
      i.indisvalid and i.indisready as "isValid",
      exists (select from pg_stat_progress_create_index p where p.index_relid = i.indexrelid) as "isInWork",
      i.indexrelid in (select index from only_support) as "supportsForeignKey",
      (select sum(pg_relation_size(relid)) from ${withPartitions('i.indexrelid')})::float8 as bytes,
      (select sum(pg_stat_get_numscans(relid)) from ${withPartitions('i.indexrelid')})::float8 as scans,
      (select max(${instant('pg_stat_get_lastscan(relid)')}) from ${withPartitions('i.indexrelid')}) as "lastScan",
      concat_ws(' ', (select amname from pg_am a where a.oid = c.relam), i.indnullsnotdistinct, pg_get_expr(i.indpred, i.indrelid)) as form,
      (select to_jsonb(array_agg(concat_ws(' ', pg_get_indexdef(i.indexrelid, n, true), opcname, nullif(i.indcollation[n - 1]::int8, 0), i.indoption[n - 1]) order by n))
        from generate_series(1, i.indnkeyatts) as n join pg_opclass o on o.oid = i.indclass[n - 1])::text as keys,
      (select coalesce(to_jsonb(array_agg(pg_get_indexdef(i.indexrelid, n, true) order by n)), '[]')
        from generate_series(i.indnkeyatts + 1, i.indnatts) as n)::text as included,
      pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where ${ownSchema('n.nspname')}
    order by bytes desc, 1`)
  return rows.map(({ included, keys, ...row }) => ({ ...row, keys: JSON.parse(keys), included: JSON.parse(included) }))
}

export const readUnindexedForeignKeys = async (transaction: Transaction): Promise<UnindexedForeignKey[]> => {
  const rows = await transaction.execute<Record<string, unknown> & Omit<UnindexedForeignKey, 'columns'> & { readonly columns: string }>(sql`
    with supported as (${supported})
    select ${relationName('k.conrelid')} as "table", r.relkind = 'p' as "isPartitioned", k.conname::text as constraint,
      (select to_jsonb(array_agg(quote_ident(attname) order by place)) from unnest(k.conkey) with ordinality as key (number, place)
        join pg_attribute on attrelid = k.conrelid and attnum = number)::text as columns,
      ${relationName('k.confrelid')} as "references",
      (select sum(greatest(p.reltuples, pg_stat_get_live_tuples(p.oid), 0)) from ${withPartitions('k.conrelid')} join pg_class p on p.oid = relid)::float8 as rows
    from pg_constraint k join pg_class r on r.oid = k.conrelid
    where k.oid in (select key from supported where index is null)
    order by 1, 3`)
  return rows.map(({ columns, ...row }) => ({ ...row, columns: JSON.parse(columns) }))
}
