import { sql } from 'drizzle-orm'
import { check, index, jsonb, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, instant, oneOf } from '../columns.ts'
import { householdId } from '../identity/households.ts'
import { operations } from './schema.ts'

export const jobStatuses = ['running', 'succeeded', 'failed'] as const

/** Every run of a scheduled job. A schedule may fire late or twice; the second firing finds the first one here. */
export const jobRuns = operations.table(
  'job_runs',
  {
    id: id(),
    job: text('job').notNull(),
    /** The scheduled time that the scheduler gives. Two firings with the same time are the same run. */
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

/** The outcome of a job for each household, for jobs that handle households one by one. A second firing skips those that succeeded. */
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
