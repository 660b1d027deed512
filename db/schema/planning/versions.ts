import { foreignKey, index, integer, jsonb, text, uniqueIndex, uuid, check } from 'drizzle-orm/pg-core'
import { id, oneOf, stamps } from '../columns.ts'
import { plans } from './plans.ts'
import { planning } from './schema.ts'

export const planChanges = [
  'created',
  'updated',
  'input_added',
  'input_replaced',
  'input_removed',
  'restored',
  'rolled_forward',
  'branched',
] as const

/** A plan and its inputs as they were after each change, so that any past state can be read, compared and restored. Never changed. */
export const planVersions = planning.table(
  'plan_versions',
  {
    id: id(),
    householdId: uuid('household_id').notNull(),
    planId: uuid('plan_id').notNull(),
    version: integer('version').notNull(),
    change: text('change', { enum: planChanges }).notNull(),
    /** The version that was restored, or from which the plan was branched. */
    fromVersion: integer('from_version'),
    state: jsonb('state').$type<unknown>().notNull(),
    ...stamps(),
  },
  table => [
    foreignKey({
      name: 'plan_versions_plan_fk',
      columns: [table.planId, table.householdId],
      foreignColumns: [plans.id, plans.householdId],
    }).onDelete('cascade'),
    uniqueIndex('plan_versions_version_key').on(table.planId, table.version),
    index('plan_versions_household').on(table.householdId),
    check('plan_versions_change_known', oneOf(table.change, planChanges)),
  ],
)
