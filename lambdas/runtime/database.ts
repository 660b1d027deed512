import { sql } from 'drizzle-orm'
import { connect, type DatabaseLocation, type Sql } from '../../db/connections.ts'
import { type Database, openDatabase, type Transaction } from '../../db/database.ts'
import type { DatabaseRole } from '../../db/roles.ts'
import { type Environment, readEnvironment, required } from './environment.ts'
import { isConnectionError, isTransient } from './errors.ts'

/** What the first statement of a request's transaction tells the database; see operations.begin_request. */
export interface RequestIdentity {
  readonly subject?: string
  readonly requestId: string
  readonly route: string
  readonly sessionId?: string | undefined
  readonly ipAddress?: string | undefined
  readonly userAgent?: string | undefined
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

// One pool a role for the life of the process: in Lambda a function has one role and serves one request at a time.
const open = new Map<DatabaseRole, { client: Sql; database: Database }>()

const databaseFor = (role: DatabaseRole): Database => {
  const existing = open.get(role)
  if (existing) return existing.database
  const environment = readEnvironment()
  const client = connect(databaseLocation(environment), role, environment.DATABASE_POOL_SIZE)
  const database = openDatabase(client)
  open.set(role, { client, database })
  return database
}

/** Closes every pool of this process; the next request opens new ones. */
export const closeDatabases = async (): Promise<void> => {
  const clients = [...open.values()]
  open.clear()
  await Promise.all(clients.map(({ client }) => client.end({ timeout: 5 })))
}

const attempts = 3

/**
 * Runs `work` in one transaction as `role`, on behalf of the identity's user. It commits when `work` returns and leaves nothing
 * behind when it throws. Deadlocks and serialization failures run again from the start, and so does a connection that was lost
 * before `work` began; a connection lost later does not, since the commit may have arrived.
 */
export const inTransaction = async <Result>(
  role: DatabaseRole,
  identity: RequestIdentity,
  work: (transaction: Transaction, user: SignedInUser | null) => Promise<Result>,
): Promise<Result> => {
  for (let attempt = 1; ; attempt += 1) {
    let begun = false
    try {
      return await databaseFor(role).transaction(async transaction => {
        const rows = await transaction.execute<{ user: SignedInUser | string | null }>(
          sql`select operations.begin_request(${JSON.stringify(identity)}::jsonb) as "user"`,
        )
        begun = true
        const answer = rows[0]?.user ?? null
        return work(transaction, typeof answer === 'string' ? (JSON.parse(answer) as SignedInUser) : answer)
      })
    } catch (error) {
      const again = isTransient(error) || (isConnectionError(error) && !begun)
      if (!again || attempt === attempts) throw error
      await new Promise(resolve => setTimeout(resolve, 25 * attempt * attempt))
    }
  }
}
