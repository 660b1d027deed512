import { sql } from 'drizzle-orm'
import type { TableFigures } from '../../../domain/operations/index.ts'
import type { Transaction } from '../../database.ts'
import { instant, ownSchema, relationName } from './sql.ts'

/** Sizes need a lock that any use of a table allows: only ALTER TABLE and its like make this wait. */
export const readTables = async (transaction: Transaction): Promise<TableFigures[]> => {
  const rows = await transaction.execute<Record<string, unknown> & TableFigures>(sql`
    select ${relationName('t.oid')} as "table",
      case when t.relkind = 'p' then 'partitioned' when t.relispartition then 'partition' else 'table' end as kind,
      ${relationName('(select inhparent from pg_inherits where inhrelid = t.oid and t.relispartition)')} as parent,
      greatest(t.reltuples, s.n_live_tup, 0)::float8 as rows, coalesce(s.n_dead_tup, 0)::float8 as "deadRows",
      pg_total_relation_size(t.oid)::float8 as "totalBytes", pg_table_size(t.oid)::float8 as "tableBytes", pg_indexes_size(t.oid)::float8 as "indexBytes",
      coalesce(s.seq_scan, 0)::float8 as "sequentialScans", coalesce(s.seq_tup_read, 0)::float8 as "rowsReadSequentially",
      coalesce(s.idx_scan, 0)::float8 as "indexScans",
      (coalesce(s.n_tup_ins, 0) + coalesce(s.n_tup_upd, 0) + coalesce(s.n_tup_del, 0))::float8 as "changedRows",
      coalesce(s.n_ins_since_vacuum, 0)::float8 as "insertedSinceVacuum", coalesce(s.n_mod_since_analyze, 0)::float8 as "changedSinceAnalyze",
      ${instant('greatest(s.last_vacuum, s.last_autovacuum)')} as "lastVacuum", ${instant('greatest(s.last_analyze, s.last_autoanalyze)')} as "lastAnalyze",
      case when t.relfrozenxid = '0' then 0 else age(t.relfrozenxid) end as "transactionAge"
    from pg_class t join pg_namespace n on n.oid = t.relnamespace left join pg_stat_all_tables s on s.relid = t.oid
    where t.relkind in ('r', 'p') and ${ownSchema('n.nspname')}
    order by "totalBytes" desc, 1`)
  return [...rows]
}
