import type { Sql } from './connections.ts'
import { openDatabase, type Transaction } from './database.ts'

/** One connection, with what is sent through it. */
interface Session {
  readonly client: Sql
  readonly transaction: Transaction
  readonly openedAt: number
  isLost: boolean
  /** Closes it after it was not used for long. */
  idleTimer?: NodeJS.Timeout
}

export interface TransactionOptions {
  /** All statements see the state at the first one (`repeatable read`). After a conflict with another transaction it runs again. */
  readonly snapshot?: boolean
}

/** Receives the text of each statement, with placeholders for its values, and its time with the network. */
type OnStatement = (statement: string, durationMs: number) => void

export interface Sessions {
  /**
   * Runs `first`, then `work` with its answer, in one transaction. It commits when `work` returns and is rolled back when one of them throws.
   * BEGIN is sent together with the first statement of `first`. If another transaction waits for the connection, its BEGIN follows this
   * one's COMMIT at once.
   */
  transact<Answer, Result>(
    first: (transaction: Transaction) => Promise<Answer>,
    work: (transaction: Transaction, answer: Answer) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>
  /** Closes all connections, after their present work. */
  close(): Promise<void>
}

/** A connection that was not used for so long is closed. */
const idleMilliseconds = 120_000
/** A connection is not used again after so long, so that memory of its server process is freed and a new host behind the name is found. */
const lifetimeMilliseconds = 30 * 60_000
const closeTimeoutSeconds = 5
/** Statements with more parameters, such as rows of a batch, hardly repeat: they are not kept prepared. */
const preparedParameters = 40
/** A connection keeps so many statements prepared. Further ones, such as changes of rare sets of fields, are planned each time. */
const preparedStatements = 500

const lostConnection = () => Object.assign(new Error('The connection to the database was lost.'), { code: 'CONNECTION_CLOSED' })

const timed = <Query extends Promise<unknown>>(sent: Query, statement: string, onStatement: OnStatement): Query => {
  const startedAt = performance.now()
  const settle = () => onStatement(statement, performance.now() - startedAt)
  // The query's own `then` would send it now: drizzle still chooses the form of its rows.
  void Promise.prototype.then.call(sent, settle, settle)
  return sent
}

/**
 * Makes a client send nothing more after its connection was lost, since postgres.js would send it over a new connection, outside of the
 * transaction. Statements with parameters stay prepared on their connection: PostgreSQL parses and plans them once, and postgres.js saves a
 * round trip for the types of the parameters.
 */
const guard = (client: Sql, isLost: () => boolean, onStatement: OnStatement): void => {
  const unsafe: Sql['unsafe'] = client.unsafe.bind(client)
  const prepared = new Set<string>()
  const mayPrepare = (query: string, parameterCount: number): boolean => {
    if (parameterCount === 0 || parameterCount > preparedParameters) return false
    if (prepared.size < preparedStatements) prepared.add(query)
    return prepared.has(query)
  }
  client.unsafe = (query, parameters = [], options = {}) => {
    if (isLost()) throw lostConnection()
    return timed(unsafe(query, parameters, { ...options, prepare: mayPrepare(query, parameters.length) }), query, onStatement)
  }
}

/**
 * Keeps up to `size` connections for transactions, each opened when it is first needed. Unlike `begin` of postgres.js, it sends BEGIN
 * together with the first statement, and sends neither ROLLBACK nor COMMIT over a connection that was lost: postgres.js 3.4.9 would send
 * them from a timer, where the exception ends the process (porsager/postgres#1208).
 * @param open opens a client with one connection, which calls `onClose` when it was closed
 * @param isConnectionError whether an error means that the connection is lost
 */
export const openSessions = (
  open: (onClose: () => void) => Sql,
  size: number,
  isConnectionError: (error: unknown) => boolean,
  onStatement: OnStatement = () => undefined,
): Sessions => {
  const free: Session[] = []
  const all = new Set<Session>()
  const waiting: PromiseWithResolvers<Session>[] = []
  let isClosed = false

  const openSession = (): Session => {
    const client = open(() => (session.isLost = true))
    guard(client, () => session.isLost, onStatement)
    const session: Session = { client, transaction: openDatabase(client), openedAt: performance.now(), isLost: false }
    all.add(session)
    return session
  }
  const drop = (session: Session): Promise<void> => {
    all.delete(session)
    return session.client.end({ timeout: session.isLost ? 0 : closeTimeoutSeconds }).catch(() => undefined)
  }
  const take = (): Session | Promise<Session> => {
    if (isClosed) throw lostConnection()
    for (let session = free.pop(); session; session = free.pop()) {
      clearTimeout(session.idleTimer)
      if (!session.isLost) return session
      void drop(session)
    }
    if (all.size < size) return openSession()
    const place = Promise.withResolvers<Session>()
    waiting.push(place)
    return place.promise
  }
  const closeIdle = (session: Session): void => {
    free.splice(free.indexOf(session), 1)
    void drop(session)
  }
  /** Gives the session, or a new one in its place, to the request that has waited for the longest time. */
  const release = (session: Session): void => {
    const isWorn = session.isLost || isClosed || performance.now() - session.openedAt > lifetimeMilliseconds
    if (isWorn) void drop(session)
    const next = waiting.shift()
    if (next) next.resolve(isWorn ? openSession() : session)
    else if (!isWorn) {
      free.push(session)
      session.idleTimer = setTimeout(closeIdle, idleMilliseconds, session).unref()
    }
  }
  const rollBack = async (session: Session, error: unknown): Promise<void> => {
    session.isLost ||= isConnectionError(error)
    if (session.isLost) return
    await session.client.unsafe('rollback').catch(() => (session.isLost = true))
  }
  return {
    transact: async (first, work, { snapshot = false } = {}) => {
      const session = await take()
      let committed: Promise<{ readonly command: string }>
      let result: Awaited<ReturnType<typeof work>>
      try {
        const begun = session.client.unsafe(snapshot ? 'begin isolation level repeatable read' : 'begin').execute()
        const [answer] = await Promise.all([first(session.transaction), begun])
        result = await work(session.transaction, answer)
        committed = session.client.unsafe('commit').execute()
      } catch (error) {
        await rollBack(session, error)
        release(session)
        throw error
      }
      // The server works off a connection's statements in order: the next transaction's can follow before the answer to this COMMIT.
      release(session)
      const { command } = await committed
      if (command !== 'COMMIT') throw new Error('The transaction was rolled back, because one of its statements had failed.')
      return result
    },
    close: async () => {
      isClosed = true
      for (const place of waiting.splice(0)) place.reject(lostConnection())
      await Promise.all([...all].map(drop))
    },
  }
}
