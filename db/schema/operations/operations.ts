import { sql } from 'drizzle-orm'
import { char, check, index, integer, jsonb, pgSchema, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users } from '../identity/identity.ts'
import { id, instant } from '../columns.ts'

export const operations = pgSchema('operations')

/** The first answer to a request that carried an Idempotency-Key, given again to its repetitions. */
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

/** Every run of a scheduled job: schedules may fire late or twice, and this is where the second time finds out. */
export const jobRuns = operations.table(
  'job_runs',
  {
    id: id(),
    job: text('job').notNull(),
    /** What makes two firings the same one: the scheduled time, as the scheduler names it. */
    scheduledFor: instant('scheduled_for').notNull(),
    status: text('status', { enum: ['running', 'succeeded', 'failed'] }).notNull(),
    startedAt: instant('started_at').notNull().default(sql`now()`),
    finishedAt: instant('finished_at'),
    result: jsonb('result').$type<Record<string, unknown>>(),
    error: text('error'),
  },
  table => [
    uniqueIndex('job_runs_job_time_key').on(table.job, table.scheduledFor),
    check('job_runs_status_known', sql`${table.status} in ('running', 'succeeded', 'failed')`),
  ],
)
