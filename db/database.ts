import { drizzle } from 'drizzle-orm/postgres-js'
import type { TransactionSql } from 'postgres'
import type { Sql } from './connections.ts'

/** Drizzle over a pool. It changes the pool's parsers of dates and JSON, so code that reads these without Drizzle needs a pool of its own. */
export const openDatabase = (client: Sql) => drizzle(client)

export type Database = ReturnType<typeof openDatabase>
/** What statements are sent through while a transaction is open. */
export type Transaction = Omit<Database, 'transaction' | '$client'>

/** The transaction of the driver below that of Drizzle, for COPY, which Drizzle does not know. */
export const driverOf = (transaction: Transaction): TransactionSql =>
  (transaction as unknown as { readonly session: { readonly client: TransactionSql } }).session.client
