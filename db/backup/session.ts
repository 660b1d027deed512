import { createConnection, type Socket } from 'node:net'
import type postgres from 'postgres'
import { connect, type DatabaseLocation, type Sql } from '../connections.ts'
import type { DatabaseRole } from '../roles.ts'

/** One connection for COPY. After it was lost, or a transaction on it has failed, it is of no further use. */
export interface CopySession {
  readonly sql: Sql
  readonly isLost: () => boolean
  close(): Promise<void>
}

/**
 * The longest statements of a backup or a restore are one table, or one index. A database that is being filled need not survive a failure of
 * the server, and the exchange of databases at the end waits until all before it is on the disk: so single commits need not wait.
 */
const settings = {
  statement_timeout: 4 * 3_600_000,
  idle_in_transaction_session_timeout: 0,
  synchronize_seqscans: 'off',
  synchronous_commit: 'off',
}

/**
 * postgres.js sends the rows of a COPY and their end as two messages. TCP would hold the second one back until the server has acknowledged the
 * first, which takes 40 ms for each table. postgres.js has no other setting for this than a socket of the caller, which its types lack.
 */
const withoutDelay = ({ host, port }: DatabaseLocation): Partial<postgres.Options<never>> => {
  const socket = (): Socket => Object.assign(createConnection({ host, port, noDelay: true }), { host, port })
  return { socket } as Partial<postgres.Options<never>>
}

/** Opens a connection without the time limits of requests. Scans begin at the first row, so that the order of rows is always the same. */
export const openCopySession = (location: DatabaseLocation, role: DatabaseRole): CopySession => {
  let isLost = false
  const sql = connect(location, role, 1, {
    ...withoutDelay(location),
    idle_timeout: 0,
    max_lifetime: 0,
    connection: { application_name: 'nestegg backup', timezone: 'UTC', ...settings },
    onclose: () => (isLost = true),
  })
  const unsafe: Sql['unsafe'] = sql.unsafe.bind(sql)
  sql.unsafe = (...given) => {
    if (isLost) throw lostConnection()
    return unsafe(...given)
  }
  return { sql, isLost: () => isLost, close: () => sql.end({ timeout: 0 }) }
}

export const lostConnection = (): Error => new Error('The connection to the database was lost.')

/**
 * Runs tasks on several connections, each as soon as one is free. If a task fails, no further one begins.
 * @param tasks in the order in which they begin
 */
export const onSessions = async <Task>(
  sessions: readonly CopySession[],
  tasks: readonly Task[],
  run: (session: CopySession, task: Task) => Promise<void>,
): Promise<void> => {
  const waiting = [...tasks]
  let hasFailed = false
  const lanes = sessions.map(async session => {
    for (let task = waiting.shift(); task !== undefined && !hasFailed; task = waiting.shift()) {
      try {
        await run(session, task)
      } catch (error) {
        hasFailed = true
        throw error
      }
    }
  })
  const failed = (await Promise.allSettled(lanes)).find(lane => lane.status === 'rejected')
  if (failed) throw failed.reason
}

/** Opens sessions, and closes them when the work has ended. */
export const withSessions = async <Result>(
  { count, location, role }: { readonly location: DatabaseLocation; readonly role: DatabaseRole; readonly count: number },
  work: (sessions: readonly CopySession[]) => Promise<Result>,
): Promise<Result> => {
  const sessions = Array.from({ length: count }, () => openCopySession(location, role))
  try {
    return await work(sessions)
  } finally {
    await Promise.all(sessions.map(session => session.close().catch(() => undefined)))
  }
}

/**
 * Runs statements in one transaction of a session. If one fails, the session must be closed, which rolls the transaction back: a ROLLBACK on a
 * connection that is just being lost would end the process (porsager/postgres#1208).
 */
export const inTransactionOf = async <Result>(
  { sql }: CopySession,
  begin: string,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> => {
  await sql.unsafe(begin)
  const result = await work(sql)
  const { command } = await sql.unsafe('commit')
  if (command !== 'COMMIT') throw new Error('The transaction was rolled back, because one of its statements had failed.')
  return result
}
