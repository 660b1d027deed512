import { sql } from 'drizzle-orm'
import { check, date, doublePrecision, foreignKey, index, integer, jsonb, numeric, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { PlanVersusActual } from '../../../domain/planning/index.ts'
import { id, oneOf, stamps } from '../columns.ts'
import { plans } from './plans.ts'
import { runs } from './runs.ts'
import { planning } from './schema.ts'

export const monthEndStatuses = ['followed', 'not_followed'] as const

/** The end of a month of a plan that follows its accounts: what the plan said then with the real balances, or why it could not be followed. */
export const planMonthEnds = planning.table(
  'plan_month_ends',
  {
    id: id(),
    householdId: uuid('household_id').notNull(),
    planId: uuid('plan_id').notNull(),
    /** The last day of the month, in the timezone of the household. */
    monthEnd: date('month_end', { mode: 'string' }).notNull(),
    status: text('status', { enum: monthEndStatuses }).notNull(),
    /** Why the plan could not be followed, for the person. Null where it was. */
    reason: text('reason'),
    /** The run with the balances of this day. Null also when the run was removed later. */
    runId: uuid('run_id'),
    /** The version of the plan that was rolled forward to this day. */
    planVersion: integer('plan_version'),
    successProbability: doublePrecision('success_probability'),
    /** The sum of the accounts of the plan, in dollars. */
    accountsBalance: numeric('accounts_balance', { precision: 20, scale: 2 }),
    /** The accounts and properties, less the debts, of the inputs that are linked. */
    netWorth: numeric('net_worth', { precision: 20, scale: 2 }),
    /** The balances among the paths of the run before; null where there was none, or where its accounts have no balances. */
    report: jsonb('report').$type<{ readonly runId: string; readonly found: PlanVersusActual }>(),
    ...stamps(),
  },
  table => [
    foreignKey({
      name: 'plan_month_ends_plan_fk',
      columns: [table.planId, table.householdId],
      foreignColumns: [plans.id, plans.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'plan_month_ends_run_fk',
      columns: [table.runId, table.householdId],
      foreignColumns: [runs.id, runs.householdId],
    }).onDelete('set null'),
    uniqueIndex('plan_month_ends_month_key').on(table.planId, table.monthEnd),
    index('plan_month_ends_run').on(table.runId),
    index('plan_month_ends_household').on(table.householdId),
    check('plan_month_ends_status_known', oneOf(table.status, monthEndStatuses)),
    check('plan_month_ends_reason_if_not_followed', sql`(${table.status} = 'not_followed') = (${table.reason} is not null)`),
    check('plan_month_ends_figures_if_followed', sql`(${table.status} = 'followed') = (${table.successProbability} is not null)`),
  ],
)
