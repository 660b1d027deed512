import { setTimeout as wait } from 'node:timers/promises'
import type { DatabaseLocation, Sql } from '../connections.ts'
import { evidenceTables } from './evidence.ts'
import { fromOutside } from './scratch.ts'
import { type CopySession, lostConnection, withSessions } from './session.ts'

export interface ExchangedDatabases {
  /** The database that comes into the place. */
  readonly comes: string
  /** The name under which the database in use stays. It accepts no connections then. */
  readonly goes: string
}

const pollMilliseconds = 20
/** Transactions that write may take so long to end before the exchange. */
const lockMilliseconds = 60_000

/** Ends the sessions of both databases, except one. Returns how many there were. */
const endSessions = async (sql: Sql, names: readonly string[], kept: number): Promise<number> => {
  const rows = await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname in ${sql(names)} and pid <> ${kept} and usesysid in (select oid from pg_roles where not rolsuper)`
  return rows.count
}

/** Whether a session keeps all others from entering a database. */
const isClosed = async (sql: Sql, database: string, pid: number): Promise<boolean> => {
  const [row] = await sql<{ closed: boolean }[]>`select exists (select from pg_locks where locktype = 'object'
    and classid = 'pg_database'::regclass and objid = (select oid from pg_database where datname = ${database})
    and mode = 'AccessExclusiveLock' and granted and pid = ${pid}) as closed`
  return row!.closed
}

const pidOf = async (sql: Sql): Promise<number> => {
  const [row] = await sql.unsafe<{ pid: number }[]>('select pg_backend_pid() as pid')
  return row!.pid
}

/**
 * Exchanges the names in one transaction. The first RENAME lets no session begin, and waits up to five seconds until the others have ended;
 * sessions that want to begin wait for it. The keeper, which lets nobody write, is the last to end.
 */
const rename = (location: DatabaseLocation, { comes, goes }: ExchangedDatabases, keeper: CopySession): Promise<void> =>
  fromOutside(location, sql =>
    fromOutside(location, async helper => {
      const { database } = location
      const [renamer, kept] = [await pidOf(sql), await pidOf(keeper.sql)]
      const state = { isOver: false, isStill: false }
      const renaming = sql
        .begin(async transaction => {
          await transaction.unsafe(`alter database ${database} rename to ${goes}`)
          await transaction.unsafe(`alter database ${comes} rename to ${database}`)
          await transaction.unsafe(`alter database ${goes} with allow_connections false`)
          if (!state.isStill) throw lostConnection()
        })
        .finally(() => (state.isOver = true))
      const clearing = async () => {
        while (!state.isOver) {
          const closed = await isClosed(helper, database, renamer)
          if ((await endSessions(helper, [database, comes], kept)) === 0 && closed && !keeper.isLost()) {
            state.isStill = true
            await keeper.close()
          }
          await wait(pollMilliseconds)
        }
      }
      await Promise.all([renaming, clearing()])
    }),
  )

/**
 * Puts another database in the place of the one at `location`. Meanwhile nobody writes evidence to the one in use, and so nothing that is
 * audited: `carry` takes it over. Then the names are exchanged in one transaction. The sessions of both end; clients connect again, to the new
 * one. If anything fails, or this process ends, the database in use is as before.
 * @param carry receives a session that reads all of the database in use
 */
export const exchangeDatabases = (
  location: DatabaseLocation,
  names: ExchangedDatabases,
  carry: (live: Sql) => Promise<void>,
): Promise<void> =>
  withSessions({ location, role: 'nestegg_owner', count: 1 }, async ([keeper]) => {
    const { sql } = keeper!
    await sql.unsafe(`begin; set local lock_timeout = ${lockMilliseconds}; lock table ${evidenceTables.join(', ')} in exclusive mode`)
    await withSessions({ location, role: 'nestegg_backup', count: 1 }, ([reader]) => carry(reader!.sql))
    await rename(location, names, keeper!)
  })
