import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { PLAN_LIMITS } from '../../../domain/planning/index.ts'
import { between, id, instant, oneOf, stamps } from '../columns.ts'
import { householdId } from '../identity/households.ts'
import { capitalMarketAssumptions, portfolioModels } from './assumptions.ts'
import { planning } from './schema.ts'

export const planStatuses = ['draft', 'active', 'archived'] as const

/** A retirement plan of a household: its assumption set and the settings of its simulation. Inputs and runs belong to a plan. */
export const plans = planning.table(
  'plans',
  {
    id: id(),
    householdId: householdId(),
    name: text('name').notNull(),
    description: text('description'),
    status: text('status', { enum: planStatuses }).notNull().default('draft'),
    version: integer('version').notNull().default(1),
    parentPlanId: uuid('parent_plan_id'),
    cmaId: uuid('cma_id')
      .notNull()
      .references(() => capitalMarketAssumptions.id),
    portfolioModelId: uuid('portfolio_model_id')
      .notNull()
      .references(() => portfolioModels.id),
    monteCarloIterations: integer('monte_carlo_iterations').notNull().default(10_000),
    randomSeed: bigint('random_seed', { mode: 'bigint' }).notNull(),
    planningHorizonYears: smallint('planning_horizon_years').notNull(),
    stepsPerYear: smallint('steps_per_year').notNull().default(1),
    /** The day on which the plan's first year begins. It is an input, so that the same plan gives the same result next year. */
    asOfDate: date('as_of_date', { mode: 'string' }).notNull(),
    confidenceLevel: numeric('confidence_level', { precision: 3, scale: 2 }).notNull().default('0.95'),
    lastRunAt: instant('last_run_at'),
    completedAt: instant('completed_at'),
    tags: jsonb('tags').$type<string[]>().notNull().default([]),
    category: text('category'),
    /** Whether the plan is rolled forward with the real balances of its accounts, and simulated, at the end of each month. */
    followsAccounts: boolean('follows_accounts').notNull().default(false),
    ...stamps(),
  },
  table => [
    uniqueIndex('plans_id_household_key').on(table.id, table.householdId),
    foreignKey({
      name: 'plans_parent_fk',
      columns: [table.parentPlanId, table.householdId],
      foreignColumns: [table.id, table.householdId],
    }),
    index('plans_household_status').on(table.householdId, table.status),
    index('plans_household').on(table.householdId, table.id),
    index('plans_parent').on(table.parentPlanId),
    index('plans_cma').on(table.cmaId),
    index('plans_portfolio_model').on(table.portfolioModelId),
    index('plans_last_run').on(table.lastRunAt),
    index('plans_random_seed').on(table.randomSeed),
    check('plans_status_known', oneOf(table.status, planStatuses)),
    check('plans_horizon', between(table.planningHorizonYears, PLAN_LIMITS.horizonYears)),
    check('plans_steps', sql`${table.stepsPerYear} in (1, 12)`),
    check('plans_iterations', between(table.monteCarloIterations, PLAN_LIMITS.iterations)),
    check('plans_confidence', between(table.confidenceLevel, PLAN_LIMITS.confidenceLevel)),
    check('plans_not_its_own_parent', sql`${table.parentPlanId} is distinct from ${table.id}`),
  ],
)
