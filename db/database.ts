import { drizzle } from 'drizzle-orm/postgres-js'
import type { Sql } from './connections.ts'

/** Drizzle over a pool. It changes the pool's parsers, so a pool that is used without Drizzle (COPY, say) must be another one. */
export const openDatabase = (client: Sql) => drizzle(client)

export type Database = ReturnType<typeof openDatabase>
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]
