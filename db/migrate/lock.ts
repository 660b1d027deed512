import { hostname } from 'node:os'
import postgres from 'postgres'
import { connect, type DatabaseLocation } from '../connections.ts'
import { MigratorBusy } from './errors.ts'

/** The lock lets one migrator run at a time in a database. The key is arbitrary and must never change. */
const lockKey = 7_011_190_516

const lockNotAvailable = '55P03'

const describeHolder = async (location: DatabaseLocation): Promise<string> => {
  const sql = connect(location, 'nestegg_owner')
  try {
    const [holder] = await sql<{ pid: number; application_name: string; since: string }[]>`
      select pid, application_name, xact_start::text as since
      from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and granted and ((classid::bigint << 32) | objid::bigint) = ${lockKey}
        and pg_locks.database = (select oid from pg_database where datname = current_database())`
    return holder
      ? `${holder.application_name} (PostgreSQL process ${holder.pid}, since ${holder.since})`
      : 'a migrator that has just finished; try again'
  } finally {
    await sql.end()
  }
}

/**
 * Runs `work` while no other migrator runs in the same database. An open transaction on a separate connection holds the lock, so the
 * lock ends if this process dies, and the idle timeout of a pool cannot release it.
 * @throws MigratorBusy that names the holder of the lock, after waiting `waitSeconds`.
 */
export const withMigrationLock = async <Result>(
  location: DatabaseLocation,
  waitSeconds: number,
  work: () => Promise<Result>,
): Promise<Result> => {
  const sql = connect(location, 'nestegg_owner')
  try {
    const { result } = await sql.begin(async transaction => {
      await transaction`select set_config('application_name', ${`nestegg migrator on ${hostname()}, process ${process.pid}`}, true),
        set_config('lock_timeout', ${`${Math.max(1, Math.round(waitSeconds * 1000))}ms`}, true),
        set_config('idle_in_transaction_session_timeout', '0', true)`
      try {
        await transaction`select pg_advisory_xact_lock(${lockKey}::bigint)`
      } catch (error) {
        if (!(error instanceof postgres.PostgresError) || error.code !== lockNotAvailable) throw error
        throw new MigratorBusy(`Waited ${waitSeconds} s for another migrator: ${await describeHolder(location)}.`, { cause: error })
      }
      // The extended protocol keeps the snapshot of its last statement, and making an index concurrently waits for all older snapshots.
      await transaction.unsafe('select 1').simple()
      return { result: await work() }
    })
    return result
  } finally {
    await sql.end()
  }
}
