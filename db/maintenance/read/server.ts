import { sql } from 'drizzle-orm'
import type { CacheFigures, ReplicaFigures, Wraparound } from '../../../domain/operations/index.ts'
import type { Transaction } from '../../database.ts'
import { instant } from './sql.ts'

/**
 * Since when the statistics count. A database that was never reset has no time of its own; the background writer has that of the last crash,
 * or of the first start.
 */
const since = `(select greatest(d.stats_reset, b.stats_reset) from pg_stat_database d, pg_stat_bgwriter b where d.datname = current_database())`

export interface ServerFigures {
  readonly statisticsSince: string
  readonly statisticsDays: number
  readonly databaseBytes: number
}

export const readServer = async (transaction: Transaction): Promise<ServerFigures> => {
  const [row] = await transaction.execute<Record<string, unknown> & ServerFigures>(sql`
    select ${instant(since)} as "statisticsSince", (extract(epoch from now() - ${sql.raw(since)}) / 86400)::float8 as "statisticsDays",
      pg_database_size(current_database())::float8 as "databaseBytes"`)
  return row!
}

export const readCache = async (transaction: Transaction): Promise<CacheFigures> => {
  const [row] = await transaction.execute<Record<string, unknown> & CacheFigures>(sql`
    select blks_hit::float8 as hits, blks_read::float8 as reads, deadlocks::float8 as deadlocks, temp_bytes::float8 as "temporaryBytes"
    from pg_stat_database where datname = current_database()`)
  return row!
}

export const readWraparound = async (transaction: Transaction): Promise<Wraparound> => {
  const [row] = await transaction.execute<Record<string, unknown> & Wraparound>(sql`
    select age(datfrozenxid) as "transactionAge", mxid_age(datminmxid) as "multixactAge",
      current_setting('autovacuum_freeze_max_age')::int as "freezeAge"
    from pg_database where datname = current_database()`)
  return row!
}

/** Aurora has a function of its own for its readers, which share the storage of the writer. */
export const readReplicas = async (transaction: Transaction): Promise<ReplicaFigures[]> => {
  const [aurora] = await transaction.execute(sql`select from pg_proc where proname = 'aurora_replica_status'`)
  const rows = await transaction.execute<Record<string, unknown> & ReplicaFigures>(
    aurora
      ? sql`select server_id::text as name, replica_lag_in_msec::float8 as "lagMilliseconds" from aurora_replica_status()
          where session_id <> 'MASTER_SESSION_ID' order by 1`
      : sql`select application_name as name, (extract(epoch from replay_lag) * 1000)::float8 as "lagMilliseconds" from pg_stat_replication order by 1`,
  )
  return [...rows]
}

const readNames = ['autovacuum', 'track_counts', 'max_connections', 'shared_buffers', 'work_mem', 'pg_stat_statements.max']

export const readSettings = async (transaction: Transaction): Promise<Readonly<Record<string, string>>> => {
  const rows = await transaction.execute<{ name: string; value: string }>(sql`
    select name, current_setting(name) as value from pg_settings where name in (${sql.join(
      readNames.map(name => sql`${name}`),
      sql`, `,
    )})`)
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}
