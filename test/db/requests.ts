import type { TransactionSql } from 'postgres'
import type { Sql } from '../../db/connections.ts'

export interface Person {
  readonly id: string
  readonly role: string
  readonly isActive: boolean
}

/** Runs the first statement of a request of `subject`. */
export const beginRequest = async (transaction: TransactionSql, subject: string): Promise<Person> => {
  const request = JSON.stringify({
    subject,
    requestId: `request of ${subject}`,
    route: 'GET /v1/trial',
    sessionId: 'session',
    ipAddress: '192.0.2.1',
    userAgent: 'test',
  })
  const [row] = await transaction<{ person: Person }[]>`select operations.begin_request(${request}::text::jsonb) as person`
  return row!.person
}

/** Runs `work` in a transaction that acts for `subject`, as every request does. */
export const asUser = async <Result>(sql: Sql, subject: string, work: (transaction: TransactionSql, person: Person) => Promise<Result>) => {
  const { result } = await sql.begin(async transaction => {
    const person = await beginRequest(transaction, subject)
    return { result: await work(transaction, person) }
  })
  return result
}
