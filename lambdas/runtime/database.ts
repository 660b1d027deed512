import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { connect, type DatabaseLocation, type Sql } from '../../db/connections.ts'
import { type Database, openDatabase, type Transaction } from '../../db/database.ts'
import type { DatabaseRole } from '../../db/roles.ts'
import { type Environment, readEnvironment, required } from './environment.ts'
import { isConnectionError, isTransient } from './errors.ts'
import { logger } from './observability.ts'

/** Input of the first statement of a request's transaction; see operations.begin_request. */
export interface RequestIdentity {
  readonly subject?: string
  /** When the subject signed in, in seconds since 1970. */
  readonly issuedAt?: number | undefined
  readonly requestId: string
  readonly route: string
  readonly sessionId?: string | undefined
  readonly ipAddress?: string | undefined
  readonly userAgent?: string | undefined
}

/** Input of the first statement of a job's transaction for one household; see operations.begin_household_work. */
export interface HouseholdRequest {
  readonly householdId: string
  readonly requestId: string
  readonly route: string
}

export interface SignedInUser {
  readonly id: string
  readonly role: 'member' | 'admin'
  readonly isActive: boolean
}

export const databaseLocation = (environment: Environment): DatabaseLocation => ({
  host: required(environment, 'DATABASE_HOST'),
  port: environment.DATABASE_PORT,
  database: environment.DATABASE_NAME,
  authentication:
    environment.DATABASE_AUTHENTICATION === 'iam'
      ? { kind: 'iam', region: process.env['AWS_REGION'] ?? '' }
      : { kind: 'password-file', path: required(environment, 'DATABASE_PASSWORD_FILE') },
})

interface OpenDatabase {
  readonly client: Sql
  readonly database: Database
}

// One pool per role for the life of the process: in Lambda a function has one role and serves one request at a time.
const open = new Map<DatabaseRole, OpenDatabase>()

const databaseFor = (role: DatabaseRole): OpenDatabase => {
  const existing = open.get(role)
  if (existing) return existing
  const environment = readEnvironment()
  const client = connect(databaseLocation(environment), role, environment.DATABASE_POOL_SIZE)
  const opened = { client, database: openDatabase(client) }
  open.set(role, opened)
  return opened
}

const closeTimeoutSeconds = 5

/** Closes every pool of this process; the next request opens new ones. */
export const closeDatabases = async (): Promise<void> => {
  const clients = [...open.values()]
  open.clear()
  await Promise.all(clients.map(({ client }) => client.end({ timeout: closeTimeoutSeconds })))
}

/**
 * Stops using a pool that lost a connection, and closes it when its other work is done. A new pool costs nothing and connects at once.
 * The old one would wait longer before every attempt (up to 20 s). Also, postgres.js 3.4.9 never sends again on a connection that was
 * cut while it had something to send: porsager/postgres#1208.
 */
const discard = (role: DatabaseRole, { client }: OpenDatabase): void => {
  if (open.get(role)?.client === client) open.delete(role)
  client.end({ timeout: closeTimeoutSeconds }).catch((error: unknown) => logger.warn('a lost pool did not close', { error }))
}

const forever = <Never>() => new Promise<Never>(() => undefined)

/** The time that a failed connection may take to be reported as closed. */
const closingMilliseconds = 1_000

/**
 * Runs `work` in a transaction that `begin` opens. When its connection is cut, neither ROLLBACK nor COMMIT is sent: postgres.js 3.4.9 would
 * send them on the closed connection from a timer, where the exception ends the process (porsager/postgres#1208). Its own promise still
 * rejects.
 */
export const transact = async <Opened, Result>(
  begin: (run: (transaction: Opened) => Promise<Result>) => Promise<Result>,
  work: (transaction: Opened) => Promise<Result>,
): Promise<Result> => {
  let isOver = false
  try {
    return await begin(async transaction => {
      try {
        const result = await work(transaction)
        return isOver ? await forever<Result>() : result
      } catch (error) {
        if (isConnectionError(error)) await wait(closingMilliseconds, undefined, { ref: false })
        if (isOver) await forever()
        throw error
      }
    })
  } finally {
    isOver = true
  }
}

export interface TransactionOptions {
  /** All statements see the state at the first one (`repeatable read`). After a conflict with another transaction it runs again. */
  readonly snapshot?: boolean
}

const attempts = 3
/** After this, too little is left for another attempt of the 30 s that API Gateway waits. */
const retryBudgetMilliseconds = 5_000

/** Runs `begin`, then `work`, in one transaction. `begin` sets the user or household of the transaction; `work` gets its answer. */
const beginning = async <Answer, Result>(
  role: DatabaseRole,
  begin: (transaction: Transaction) => Promise<Answer>,
  work: (transaction: Transaction, answer: Answer) => Promise<Result>,
  { snapshot = false }: TransactionOptions = {},
): Promise<Result> => {
  const startedAt = performance.now()
  for (let attempt = 1; ; attempt += 1) {
    const opened = databaseFor(role)
    let begun = false
    try {
      return await transact<Transaction, Result>(
        run => opened.database.transaction(run, snapshot ? { isolationLevel: 'repeatable read' } : undefined),
        async transaction => {
          const answer = await begin(transaction)
          begun = true
          return work(transaction, answer)
        },
      )
    } catch (error) {
      const isLost = isConnectionError(error)
      if (isLost) discard(role, opened)
      const again = isTransient(error) || (isLost && !begun)
      if (!again || attempt === attempts || performance.now() - startedAt > retryBudgetMilliseconds) throw error
      await wait(25 * attempt * attempt)
    }
  }
}

/**
 * Runs `work` in one transaction as `role`, on behalf of the identity's user. The transaction commits when `work` returns and is rolled
 * back when it throws. After a deadlock or a serialization failure it runs again from the start, and also when the connection was lost
 * before `work` began. When the connection is lost later it does not run again, because the commit may have succeeded.
 */
export const inTransaction = <Result>(
  role: DatabaseRole,
  identity: RequestIdentity,
  work: (transaction: Transaction, user: SignedInUser | null) => Promise<Result>,
  options?: TransactionOptions,
): Promise<Result> =>
  beginning(
    role,
    async transaction => {
      const rows = await transaction.execute<{ user: SignedInUser | string | null }>(
        sql`select operations.begin_request(${JSON.stringify(identity)}::jsonb) as "user"`,
      )
      const user = rows[0]?.user ?? null
      return typeof user === 'string' ? (JSON.parse(user) as SignedInUser) : user
    },
    work,
    options,
  )

/** The same as `nestegg_operator`, without a user: the transaction can reach the rows of one household only. */
export const inHouseholdTransaction = <Result>(
  request: HouseholdRequest,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> =>
  beginning(
    'nestegg_operator',
    transaction => transaction.execute(sql`select operations.begin_household_work(${JSON.stringify(request)}::jsonb)`),
    work,
  )
