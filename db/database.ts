import { drizzle } from 'drizzle-orm/postgres-js'
import type { Sql } from './connections.ts'

/** Drizzle over a pool. It changes the pool's parsers, so code that does not use Drizzle (COPY, for example) needs a pool of its own. */
export const openDatabase = (client: Sql) => drizzle(client)

export type Database = ReturnType<typeof openDatabase>
/** What statements are sent through while a transaction is open. */
export type Transaction = Omit<Database, 'transaction' | '$client'>
