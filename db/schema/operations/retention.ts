import { sql } from 'drizzle-orm'
import { bigint, boolean, check, customType, index, integer, jsonb, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, oneOf, stamps } from '../columns.ts'
import { users } from '../identity/users.ts'
import { retentionActions } from '../lifecycle.ts'
import { operations } from './schema.ts'

export const conditionOperators = ['eq', 'ne', 'in', 'is-null', 'not-null', 'lt', 'gt'] as const
export type ConditionValue = string | number | boolean

/** A condition over one declared column: never SQL. */
export interface RetentionCondition {
  readonly column: string
  readonly operator: (typeof conditionOperators)[number]
  readonly value?: ConditionValue | readonly ConditionValue[] | undefined
}

export const executionStatuses = ['success', 'failed', 'partial'] as const

/** How long rows of a table are kept, and what happens to them then. The lifecycle of the table says what is possible. */
export const retentionPolicies = operations.table(
  'data_retention_policies',
  {
    id: id(),
    name: text('name').notNull(),
    description: text('description'),
    isActive: boolean('is_active').notNull().default(true),
    /** With its schema: `operations.system_events`. */
    tableName: text('table_name').notNull(),
    /** All of them must hold. */
    conditions: jsonb('conditions').$type<readonly RetentionCondition[]>().notNull().default([]),
    retentionPeriodDays: integer('retention_period_days').notNull(),
    action: text('action', { enum: retentionActions }).notNull().default('delete'),
    scheduleCron: text('schedule_cron').notNull(),
    timezone: text('timezone').notNull().default('UTC'),
    lastExecuted: instant('last_executed'),
    nextExecution: instant('next_execution'),
    /** Of all executions. */
    recordsProcessed: bigint('records_processed', { mode: 'number' }).notNull().default(0),
    lastExecutionDurationMs: integer('last_execution_duration_ms'),
    lastExecutionStatus: text('last_execution_status', { enum: executionStatuses }),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('data_retention_policies_name_key').on(table.name),
    check('data_retention_policies_action_known', oneOf(table.action, retentionActions)),
    check('data_retention_policies_status_known', oneOf(table.lastExecutionStatus, executionStatuses)),
    check('data_retention_policies_period_positive', sql`${table.retentionPeriodDays} > 0`),
  ],
)

/** Rows of this person or household are not removed or changed by retention until the hold is released. */
export const legalHolds = operations.table(
  'legal_holds',
  {
    id: id(),
    userId: uuid('user_id').references(() => users.id),
    /** Without a foreign key: a released hold stays when its household is erased. */
    householdId: uuid('household_id'),
    reason: text('reason').notNull(),
    placedAt: instant('placed_at').notNull().default(sql`now()`),
    /** Null when an operator command placed it. */
    placedBy: uuid('placed_by'),
    releasedAt: instant('released_at'),
    releasedBy: uuid('released_by'),
  },
  table => [
    index('legal_holds_user').on(table.userId),
    index('legal_holds_household').on(table.householdId),
    check('legal_holds_of_one_owner', sql`num_nonnulls(${table.userId}, ${table.householdId}) = 1`),
  ],
)

export const retentionRunStatuses = ['running', 'success', 'partial', 'failed'] as const

/** One execution of a policy. An unfinished one is continued by the next firing, with the same cutoff. */
export const retentionRuns = operations.table(
  'retention_runs',
  {
    id: id(),
    policyId: uuid('policy_id')
      .notNull()
      .references(() => retentionPolicies.id, { onDelete: 'cascade' }),
    scheduledFor: instant('scheduled_for').notNull(),
    /** Rows before this instant are processed. */
    cutoff: instant('cutoff').notNull(),
    status: text('status', { enum: retentionRunStatuses }).notNull().default('running'),
    startedAt: instant('started_at').notNull().default(sql`now()`),
    finishedAt: instant('finished_at'),
    recordsProcessed: bigint('records_processed', { mode: 'number' }).notNull().default(0),
    batches: integer('batches').notNull().default(0),
    partitionsDropped: integer('partitions_dropped').notNull().default(0),
    error: text('error'),
  },
  table => [
    uniqueIndex('retention_runs_policy_time_key').on(table.policyId, table.scheduledFor),
    check('retention_runs_status_known', oneOf(table.status, retentionRunStatuses)),
  ],
)

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** The manifest of an archive file. A file without a row here does not count: the removal of its rows was rolled back. */
export const retentionArchives = operations.table(
  'retention_archives',
  {
    id: id(),
    runId: uuid('run_id').notNull(),
    policyName: text('policy_name').notNull(),
    tableName: text('table_name').notNull(),
    objectKey: text('object_key').notNull(),
    /** The file is encrypted with it. Without this row it can never be read again. */
    dataKey: bytes('data_key').notNull(),
    rowCount: bigint('row_count', { mode: 'number' }).notNull(),
    /** Of the rows as JSON lines. */
    contentBytes: bigint('content_bytes', { mode: 'number' }).notNull(),
    contentSha256: text('content_sha256').notNull(),
    /** Of the file. */
    objectSha256: text('object_sha256').notNull(),
    createdAt: instant('created_at').notNull().default(sql`now()`),
    restoredAt: instant('restored_at'),
  },
  table => [uniqueIndex('retention_archives_object_key').on(table.objectKey), index('retention_archives_run').on(table.runId)],
)
