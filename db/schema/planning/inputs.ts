import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, jsonb, numeric, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { inputSources } from '../../../domain/planning/index.ts'
import { id, instant, oneOf, stamps } from '../columns.ts'
import { plans } from './plans.ts'
import { planning } from './schema.ts'

/** One input of a plan. A change is a new row; the row it replaces points to it. */
export const planInputs = planning.table(
  'plan_inputs',
  {
    id: id(),
    householdId: uuid('household_id').notNull(),
    planId: uuid('plan_id').notNull(),
    inputType: text('input_type').notNull(),
    inputName: text('input_name').notNull(),
    /** Version of the schema that `input_value` follows. */
    schemaVersion: smallint('schema_version').notNull().default(1),
    inputValue: jsonb('input_value').$type<unknown>().notNull(),
    validationRules: jsonb('validation_rules').$type<unknown>(),
    dataSource: text('data_source', { enum: inputSources }).notNull().default('user_input'),
    confidenceScore: numeric('confidence_score', { precision: 3, scale: 2 }),
    version: integer('version').notNull().default(1),
    supersededBy: uuid('superseded_by'),
    removedAt: instant('removed_at'),
    /** The inputs of a plan are read in the order of this key. A replacement has the key of the input that it replaces. */
    sortKey: uuid('sort_key').notNull().default(sql`operations.uuid_v7()`),
    ...stamps(),
  },
  table => [
    foreignKey({
      name: 'plan_inputs_plan_fk',
      columns: [table.planId, table.householdId],
      foreignColumns: [plans.id, plans.householdId],
    }).onDelete('cascade'),
    uniqueIndex('plan_inputs_id_household_key').on(table.id, table.householdId),
    foreignKey({
      name: 'plan_inputs_superseded_by_fk',
      columns: [table.supersededBy, table.householdId],
      foreignColumns: [table.id, table.householdId],
    }),
    index('plan_inputs_type').on(table.planId, table.inputType),
    index('plan_inputs_household').on(table.householdId),
    index('plan_inputs_superseded_by').on(table.supersededBy),
    uniqueIndex('plan_inputs_current_name_key')
      .on(table.planId, table.inputName)
      .where(sql`${table.supersededBy} is null and ${table.removedAt} is null`),
    check('plan_inputs_confidence', sql`${table.confidenceScore} between 0 and 1`),
    check('plan_inputs_source_known', oneOf(table.dataSource, inputSources)),
  ],
)
