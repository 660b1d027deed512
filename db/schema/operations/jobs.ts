import { sql } from 'drizzle-orm'
import { check, index, jsonb, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, instant, oneOf } from '../columns.ts'
import { householdId } from '../identity/households.ts'
import { operations } from './schema.ts'

export const jobStatuses = ['running', 'succeeded', 'failed'] as const

/** Every run of a scheduled job: schedules may fire late or twice, and this is where the second time finds out. */
export const jobRuns = operations.table(
  'job_runs',
  {
    id: id(),
    job: text('job').notNull(),
    /** What makes two firings the same one: the scheduled time, as the scheduler names it. */
    scheduledFor: instant('scheduled_for').notNull(),
    status: text('status', { enum: jobStatuses }).notNull(),
    startedAt: instant('started_at').notNull().default(sql`now()`),
    finishedAt: instant('finished_at'),
    result: jsonb('result').$type<Record<string, unknown>>(),
    error: text('error'),
  },
  table => [
    uniqueIndex('job_runs_job_time_key').on(table.job, table.scheduledFor),
    check('job_runs_status_known', oneOf(table.status, jobStatuses)),
  ],
)

export const householdJobStatuses = ['succeeded', 'failed'] as const

/** How a job that works for one household after another ended for each: a second firing leaves out those that succeeded. */
export const householdJobRuns = operations.table(
  'household_job_runs',
  {
    job: text('job').notNull(),
    scheduledFor: instant('scheduled_for').notNull(),
    householdId: householdId(),
    status: text('status', { enum: householdJobStatuses }).notNull(),
    startedAt: instant('started_at').notNull().default(sql`now()`),
    finishedAt: instant('finished_at').notNull().default(sql`clock_timestamp()`),
    result: jsonb('result').$type<Record<string, unknown>>(),
    error: text('error'),
  },
  table => [
    primaryKey({ name: 'household_job_runs_pkey', columns: [table.job, table.scheduledFor, table.householdId] }),
    index('household_job_runs_household').on(table.householdId),
    check('household_job_runs_status_known', oneOf(table.status, householdJobStatuses)),
  ],
)
