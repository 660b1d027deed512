import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  char,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { RunResult, Specification } from '../../../domain/planning/index.ts'
import { id, instant, oneOf, stamps } from '../columns.ts'
import { plans } from './plans.ts'
import { planning } from './schema.ts'

export const runStatuses = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const

/** One simulation: everything that it read under one hash, its result under another. */
export const runs = planning.table(
  'runs',
  {
    id: id(),
    householdId: uuid('household_id').notNull(),
    planId: uuid('plan_id').notNull(),
    planVersion: integer('plan_version').notNull(),
    status: text('status', { enum: runStatuses }).notNull(),
    /** The complete specification given to the engine, sufficient to run it again. */
    specification: jsonb('specification').$type<Specification>().notNull(),
    /** The source of each part of the specification: plan version, input ids, assumption set, portfolio model, dataset. */
    provenance: jsonb('provenance').$type<unknown>().notNull(),
    engineVersion: text('engine_version').notNull(),
    randomSeed: bigint('random_seed', { mode: 'bigint' }).notNull(),
    pathCount: integer('path_count').notNull(),
    shardCount: integer('shard_count').notNull(),
    inputHash: char('input_hash', { length: 64 }).notNull(),
    /** This, the result and the computation time are null until the run has succeeded. */
    outputHash: char('output_hash', { length: 64 }),
    result: jsonb('result').$type<RunResult>(),
    /** The sum for all shards, including the time to merge them. */
    computationTimeMs: integer('computation_time_ms'),
    /** The reason for a failure, shown to the members of the household. */
    error: text('error'),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
    lastVerifiedAt: instant('last_verified_at'),
    lastVerificationMatched: boolean('last_verification_matched'),
    /** SHA-256 of the row's facts when the run succeeded. A trigger sets it; verification compares it. */
    recordHash: char('record_hash', { length: 64 }),
    /** The run of which this one is the queued verification: the same specification, simulated again. */
    verifiesRunId: uuid('verifies_run_id'),
    ...stamps(),
  },
  table => [
    uniqueIndex('runs_id_household_key').on(table.id, table.householdId),
    foreignKey({
      name: 'runs_plan_fk',
      columns: [table.planId, table.householdId],
      foreignColumns: [plans.id, plans.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'runs_verified_run_fk',
      columns: [table.verifiesRunId, table.householdId],
      foreignColumns: [table.id, table.householdId],
    }).onDelete('cascade'),
    index('runs_verifies').on(table.verifiesRunId),
    index('runs_plan').on(table.planId, table.id),
    index('runs_household').on(table.householdId),
    check('runs_status_known', oneOf(table.status, runStatuses)),
    check(
      'runs_result_of_success',
      sql`(${table.status} = 'succeeded') = (${table.outputHash} is not null and ${table.result} is not null and ${table.computationTimeMs} is not null)`,
    ),
    check('runs_finished_at_end', sql`(${table.status} in ('queued', 'running')) = (${table.finishedAt} is null)`),
  ],
)

export const shardStatuses = ['queued', 'running', 'succeeded'] as const

/** A part of a run that is simulated separately. Only the functions that distribute runs over shards write it. */
export const runShards = planning.table(
  'run_shards',
  {
    householdId: uuid('household_id').notNull(),
    runId: uuid('run_id').notNull(),
    shardIndex: integer('shard_index').notNull(),
    /** The shard's paths: from `fromPath` (included) to `toPath` (not included). */
    fromPath: integer('from_path').notNull(),
    toPath: integer('to_path').notNull(),
    status: text('status', { enum: shardStatuses }).notNull().default('queued'),
    attempts: integer('attempts').notNull().default(0),
    /** SHA-256 of the bytes of the shard's result. */
    checksum: char('checksum', { length: 64 }),
    computationTimeMs: integer('computation_time_ms'),
    finishedAt: instant('finished_at'),
    ...stamps(),
  },
  table => [
    primaryKey({ name: 'run_shards_pkey', columns: [table.runId, table.shardIndex] }),
    foreignKey({
      name: 'run_shards_run_fk',
      columns: [table.runId, table.householdId],
      foreignColumns: [runs.id, runs.householdId],
    }).onDelete('cascade'),
    index('run_shards_household').on(table.householdId),
    check('run_shards_status_known', oneOf(table.status, shardStatuses)),
    check('run_shards_paths', sql`${table.fromPath} < ${table.toPath}`),
    check(
      'run_shards_result_of_success',
      sql`(${table.status} = 'succeeded') = (${table.checksum} is not null and ${table.computationTimeMs} is not null and ${table.finishedAt} is not null)`,
    ),
  ],
)

/** A single figure of a run, with its uncertainty and the inputs on which it depends. */
export const planOutputs = planning.table(
  'plan_outputs',
  {
    id: id(),
    householdId: uuid('household_id').notNull(),
    planId: uuid('plan_id').notNull(),
    runId: uuid('run_id').notNull(),
    outputType: text('output_type').notNull(),
    outputName: text('output_name').notNull(),
    outputValue: jsonb('output_value').$type<unknown>().notNull(),
    computationTimeMs: integer('computation_time_ms'),
    algorithmVersion: text('algorithm_version').notNull(),
    confidenceIntervalLower: numeric('confidence_interval_lower', { precision: 20, scale: 6 }),
    confidenceIntervalUpper: numeric('confidence_interval_upper', { precision: 20, scale: 6 }),
    standardDeviation: numeric('standard_deviation', { precision: 20, scale: 6 }),
    version: integer('version').notNull().default(1),
    dependsOnInputs: jsonb('depends_on_inputs').$type<string[]>().notNull().default([]),
    dependsOnOutputs: jsonb('depends_on_outputs').$type<string[]>().notNull().default([]),
    /** SHA-256 of the row when it was stored. A trigger sets it; the verification of its run compares it. */
    recordHash: char('record_hash', { length: 64 }),
    ...stamps(),
  },
  table => [
    foreignKey({
      name: 'plan_outputs_plan_fk',
      columns: [table.planId, table.householdId],
      foreignColumns: [plans.id, plans.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'plan_outputs_run_fk',
      columns: [table.runId, table.householdId],
      foreignColumns: [runs.id, runs.householdId],
    }).onDelete('cascade'),
    index('plan_outputs_type').on(table.planId, table.outputType),
    index('plan_outputs_run').on(table.runId),
    index('plan_outputs_household').on(table.householdId),
  ],
)
