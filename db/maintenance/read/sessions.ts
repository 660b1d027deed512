import { sql } from 'drizzle-orm'
import type { BlockedSession, Connections, SessionFigures } from '../../../domain/operations/index.ts'
import type { Transaction } from '../../database.ts'
import { shortened } from './sql.ts'

export const readConnections = async (transaction: Transaction): Promise<Connections> => {
  const [row] = await transaction.execute<Record<string, unknown> & Omit<Connections, 'byRole'> & { readonly byRole: string }>(sql`
    with clients as (select coalesce(usename::text, 'unknown') as role, state from pg_stat_activity where backend_type = 'client backend')
    select current_setting('max_connections')::int as maximum, count(*)::int as used, (count(*) filter (where state = 'active'))::int as active,
      (count(*) filter (where state like 'idle in transaction%'))::int as "idleInTransaction",
      (select coalesce(jsonb_object_agg(role, sessions), '{}') from (select role, count(*) as sessions from clients group by role) each)::text as "byRole"
    from clients`)
  const { byRole, ...counts } = row!
  return { ...counts, byRole: JSON.parse(byRole) }
}

/** Younger transactions are the normal load. */
const listedSeconds = 60

export const readLongTransactions = async (transaction: Transaction): Promise<SessionFigures[]> => {
  const rows = await transaction.execute<Record<string, unknown> & SessionFigures>(sql`
    select pid, coalesce(usename::text, 'unknown') as role, application_name as application, coalesce(state, 'hidden') as state,
      extract(epoch from clock_timestamp() - xact_start)::float8 as seconds, ${shortened('query')} as statement
    from pg_stat_activity
    where backend_type = 'client backend' and datname = current_database() and pid <> pg_backend_pid()
      and clock_timestamp() - xact_start > make_interval(secs => ${listedSeconds})
    order by xact_start limit 50`)
  return [...rows]
}

/** The sessions that wait for a lock, with those that hold it or wait in front. The wait is counted since PostgreSQL looked for a deadlock first. */
export const readBlocked = async (transaction: Transaction): Promise<BlockedSession[]> => {
  const rows = await transaction.execute<Record<string, unknown> & Omit<BlockedSession, 'blockedBy'> & { readonly blockedBy: string }>(sql`
    select a.pid, coalesce(a.usename::text, 'unknown') as role, a.application_name as application, coalesce(a.state, 'hidden') as state,
      coalesce(extract(epoch from clock_timestamp() - coalesce(l.waitstart, a.query_start)), 0)::float8 as seconds, ${shortened('a.query')} as statement,
      to_jsonb(blocked_by)::text as "blockedBy", coalesce(l.relation::regclass::text, l.locktype, 'a lock') as "waitsFor"
    from pg_stat_activity a cross join lateral pg_blocking_pids(a.pid) as blocked_by
    left join lateral (select relation, locktype, waitstart from pg_locks where pid = a.pid and not granted limit 1) l on true
    where a.wait_event_type = 'Lock' and a.datname = current_database() and cardinality(blocked_by) > 0
    order by seconds desc limit 50`)
  return rows.map(({ blockedBy, ...row }) => ({ ...row, blockedBy: JSON.parse(blockedBy) }))
}
