import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { connect, type DatabaseLocation } from '../../db/connections.ts'
import type { Transaction } from '../../db/database.ts'
import { openSessions, type Sessions, type TransactionOptions } from '../../db/sessions.ts'
import { recordSystemEvent } from '../../db/queries/operations/index.ts'
import type { DatabaseRole } from '../../db/roles.ts'
import { type Environment, readEnvironment, required } from './environment.ts'
import { isConnectionError, isStalePlan, isTransient, needsNewConnection } from './errors.ts'
import { noteEvent, slowMilliseconds } from './noted-events.ts'
import { offerWay, type Ways } from './record-events.ts'

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
  /** Who asked for the work: the rows that it makes have this user as their maker. */
  readonly userId?: string | undefined
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

// Sessions per role for the life of the process: in Lambda a function has one role and serves one request at a time.
const open = new Map<DatabaseRole, Sessions>()

/** The statement has placeholders instead of the values of requests. Long statements are usual in jobs. */
const noteSlowStatement = (role: DatabaseRole, statement: string, durationMs: number): void => {
  if (durationMs < slowMilliseconds) return
  noteEvent({
    eventType: 'performance',
    eventCategory: 'database',
    severity: role === 'nestegg_operator' ? 'info' : 'warning',
    component: role,
    message: `A statement took longer than ${slowMilliseconds} ms: ${statement.replaceAll(/\s+/g, ' ').slice(0, 500)}`,
    durationMs,
  })
}

/** In a transaction without an identity, which sees no row of a household or person. */
const recordEvents: NonNullable<Ways['connection']> = (role, events) =>
  sessionsFor(role).transact(
    async transaction => {
      for (const event of events) await recordSystemEvent(transaction, event)
    },
    async () => undefined,
  )

const sessionsFor = (role: DatabaseRole): Sessions => {
  const existing = open.get(role)
  if (existing) return existing
  offerWay({ connection: recordEvents })
  const environment = readEnvironment()
  const location = databaseLocation(environment)
  const opened = openSessions(
    onclose => connect(location, role, 1, { onclose, idle_timeout: 0, max_lifetime: 0 }),
    environment.DATABASE_POOL_SIZE,
    needsNewConnection,
    (statement, durationMs) => noteSlowStatement(role, statement, durationMs),
  )
  open.set(role, opened)
  return opened
}

/** Closes every connection of this process; the next request opens new ones. */
export const closeDatabases = async (): Promise<void> => {
  const sessions = [...open.values()]
  open.clear()
  await Promise.all(sessions.map(each => each.close()))
}

const attempts = 3
/** Each connection of the process may know the old statement. */
const stalePlanAttempts = 10
/** After this, too little is left for another attempt of the 30 s that API Gateway waits. */
const retryBudgetMilliseconds = 5_000

/** Runs `begin`, then `work`, in one transaction. `begin` sets the user or household of the transaction; `work` gets its answer. */
const beginning = async <Answer, Result>(
  role: DatabaseRole,
  begin: (transaction: Transaction) => Promise<Answer>,
  work: (transaction: Transaction, answer: Answer) => Promise<Result>,
  options?: TransactionOptions,
): Promise<Result> => {
  const startedAt = performance.now()
  for (let attempt = 1; ; attempt += 1) {
    let begun = false
    try {
      return await sessionsFor(role).transact(
        begin,
        (transaction, answer) => {
          begun = true
          return work(transaction, answer)
        },
        options,
      )
    } catch (error) {
      const again = isTransient(error) || (!begun && isConnectionError(error))
      const most = isStalePlan(error) ? stalePlanAttempts : again ? attempts : 1
      if (attempt >= most || performance.now() - startedAt > retryBudgetMilliseconds) throw error
      await wait(25 * attempt * attempt)
    }
  }
}

/**
 * Runs `work` in one transaction as `role`, on behalf of the identity's user. The transaction commits when `work` returns and is rolled
 * back when it throws. After a deadlock, a serialization failure or a migration it runs again from the start, and also when the connection
 * was lost before `work` began. When the connection is lost later it does not run again, because the commit may have succeeded.
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

/** Runs `work` as `nestegg_operator` in a transaction of retention, which reaches the rows of everybody except those under a legal hold. */
export const inRetentionTransaction = <Result>(
  request: Pick<RequestIdentity, 'requestId' | 'route'>,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> =>
  beginning(
    'nestegg_operator',
    transaction => transaction.execute(sql`select operations.begin_retention(${JSON.stringify(request)}::jsonb)`),
    work,
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
