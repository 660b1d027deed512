import { randomBytes } from 'node:crypto'
import { DataApiFailure } from './failures.ts'
import { execute, openSession, type Session, type SessionLocation } from './sessions.ts'

/** "A transaction times out if there are no calls that use its transaction ID in three minutes" (BeginTransaction's reference). */
const transactionIdleMilliseconds = 180_000

interface Transaction {
  readonly session: Session
  readonly secretArn: string
  readonly expiry: NodeJS.Timeout
  lastUsed: number
  isRunning: boolean
}

const notFound = (id: string) => new DataApiFailure('TransactionNotFoundException', `Transaction ${id} is not found`)

/** The transactions that stay open between calls, each on its own connection. */
export const transactionRegistry = (clock: () => number) => {
  const open = new Map<string, Transaction>()

  /** Closing the connection rolls back everything that was not committed. */
  const forget = async (id: string) => {
    const transaction = open.get(id)
    if (!transaction) return
    open.delete(id)
    clearTimeout(transaction.expiry)
    await transaction.session.close()
  }

  const find = async (id: string, secretArn: string): Promise<Transaction> => {
    const transaction = open.get(id)
    if (!transaction || transaction.secretArn !== secretArn) throw notFound(id)
    const hasExpired = clock() - transaction.lastUsed >= transactionIdleMilliseconds
    if (!transaction.isRunning && (hasExpired || transaction.session.isClosed())) {
      await forget(id)
      throw notFound(id)
    }
    return transaction
  }

  const use = async <Result>(id: string, secretArn: string, work: (session: Session) => Promise<Result>): Promise<Result> => {
    const transaction = await find(id, secretArn)
    if (transaction.isRunning) throw new DataApiFailure('DatabaseErrorException', 'Transaction is still running a query')
    transaction.isRunning = true
    try {
      return await work(transaction.session)
    } finally {
      transaction.isRunning = false
      transaction.lastUsed = clock()
      transaction.expiry.refresh()
    }
  }

  return {
    begin: async (location: SessionLocation, secretArn: string): Promise<string> => {
      const session = openSession(location)
      await execute(session, 'begin').catch(async (error: unknown) => {
        await session.close()
        throw error
      })
      const id = randomBytes(48).toString('base64')
      const expiry = setTimeout(() => void (open.get(id)?.isRunning ? undefined : forget(id)), transactionIdleMilliseconds).unref()
      open.set(id, { session, secretArn, expiry, lastUsed: clock(), isRunning: false })
      return id
    },
    use,
    /** Ends a transaction. A COMMIT of a failed transaction is a rollback, as PostgreSQL shows in the command tag. */
    end: async (id: string, secretArn: string, how: 'commit' | 'rollback'): Promise<string> => {
      const { command } = await use(id, secretArn, session => execute(session, how))
      await forget(id)
      return command === 'COMMIT' ? 'Transaction Committed' : 'Rollback Complete'
    },
    close: async () => void (await Promise.all([...open.keys()].map(forget))),
  }
}
