import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { connect, type DatabaseLocation, type Sql } from '../../db/connections.ts'
import { type Database, openDatabase, type Transaction } from '../../db/database.ts'
import type { DatabaseRole } from '../../db/roles.ts'
import { type Environment, readEnvironment, required } from './environment.ts'
import { isConnectionError, isTransient } from './errors.ts'
import { logger } from './observability.ts'

/** What the first statement of a request's transaction tells the database; see operations.begin_request. */
export interface RequestIdentity {
  readonly subject?: string
  readonly requestId: string
  readonly route: string
  readonly sessionId?: string | undefined
  readonly ipAddress?: string | undefined
  readonly userAgent?: string | undefined
}

/** What the first statement of a job's transaction for one household tells the database; see operations.begin_household_work. */
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

// One pool a role for the life of the process: in Lambda a function has one role and serves one request at a time.
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
 * Takes a pool that lost a connection out of use, once what else it serves is done. A new one costs nothing and connects at once;
 * this one would wait longer before every attempt (up to 20 s), and postgres.js 3.4.9 never sends again on a connection that was cut
 * while it had something to send: porsager/postgres#1208.
 */
const discard = (role: DatabaseRole, { client }: OpenDatabase): void => {
  if (open.get(role)?.client === client) open.delete(role)
  client.end({ timeout: closeTimeoutSeconds }).catch((error: unknown) => logger.warn('a lost pool did not close', { error }))
}

const forever = <Never>() => new Promise<Never>(() => undefined)

/** How long a connection that failed may take to be seen closed. */
const closingMilliseconds = 1_000

/**
 * Runs `work` in a transaction that `begin` opens. When its connection is cut, neither ROLLBACK nor COMMIT is sent: postgres.js 3.4.9 would
 * send them into the void from a timer, where the exception ends the process (porsager/postgres#1208). Its own promise rejects all the same.
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

const attempts = 3
/** After this, what is left of the time that API Gateway waits (30 s) is not enough for another attempt. */
const retryBudgetMilliseconds = 5_000

/** Runs `work` in a transaction after `begin`, which says on behalf of whom it is, and whose answer `work` gets. */
const beginning = async <Answer, Result>(
  role: DatabaseRole,
  begin: (transaction: Transaction) => Promise<Answer>,
  work: (transaction: Transaction, answer: Answer) => Promise<Result>,
): Promise<Result> => {
  const startedAt = performance.now()
  for (let attempt = 1; ; attempt += 1) {
    const opened = databaseFor(role)
    let begun = false
    try {
      return await transact<Transaction, Result>(
        run => opened.database.transaction(run),
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
 * Runs `work` in one transaction as `role`, on behalf of the identity's user. It commits when `work` returns and leaves nothing
 * behind when it throws. Deadlocks and serialization failures run again from the start, and so does a connection that was lost
 * before `work` began; a connection lost later does not, since the commit may have arrived.
 */
export const inTransaction = <Result>(
  role: DatabaseRole,
  identity: RequestIdentity,
  work: (transaction: Transaction, user: SignedInUser | null) => Promise<Result>,
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
  )

/** The same as `nestegg_operator` on behalf of nobody, for what belongs to one household and nothing else. */
export const inHouseholdTransaction = <Result>(
  request: HouseholdRequest,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> =>
  beginning(
    'nestegg_operator',
    transaction => transaction.execute(sql`select operations.begin_household_work(${JSON.stringify(request)}::jsonb)`),
    work,
  )
