import { sql } from 'drizzle-orm'
import { char, index, integer, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from '../columns.ts'
import { users } from '../identity/users.ts'
import { operations } from './schema.ts'

/** The first answer to a request with an Idempotency-Key, which is also the answer to its repetitions. */
export const idempotencyKeys = operations.table(
  'idempotency_keys',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    route: text('route').notNull(),
    key: text('key').notNull(),
    requestHash: char('request_hash', { length: 64 }).notNull(),
    status: integer('status'),
    headers: jsonb('headers').$type<Record<string, string>>(),
    body: jsonb('body').$type<unknown>(),
    createdAt: instant('created_at').notNull().default(sql`now()`),
    expiresAt: instant('expires_at').notNull().default(sql`now() + interval '24 hours'`),
  },
  table => [
    primaryKey({ name: 'idempotency_keys_pkey', columns: [table.userId, table.route, table.key] }),
    index('idempotency_keys_expiry').on(table.expiresAt),
  ],
)
