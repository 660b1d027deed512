import { sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
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
  pgSchema,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { CapitalMarketAssumptions, PlanState } from '../../../domain/planning/index.ts'
import { id, instant, stamps } from '../columns.ts'
import { households, users } from '../identity/identity.ts'

export const planning = pgSchema('planning')

/** Null: published reference data, which everyone reads and nobody changes. */
const optionalOwner = () => uuid('user_id').references(() => users.id, { onDelete: 'cascade' })
export const owner = () => optionalOwner().notNull()

export const assumptionStatuses = ['draft', 'in_review', 'approved', 'retired'] as const

/** What a survey or a house expects of asset classes: arithmetic mean returns, volatilities, correlations, inflation. Versioned. */
export const capitalMarketAssumptions = planning.table(
  'capital_market_assumptions',
  {
    id: id(),
    userId: optionalOwner(),
    version: text('version').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    isActive: boolean('is_active').notNull().default(true),
    status: text('status', { enum: assumptionStatuses }).notNull().default('draft'),
    effectiveDate: date('effective_date', { mode: 'string' }).notNull(),
    /** The last day on which the set is in force; null: until it is retired. */
    effectiveUntil: date('effective_until', { mode: 'string' }),
    assumptions: jsonb('assumptions').$type<CapitalMarketAssumptions>().notNull(),
    source: text('source'),
    methodology: text('methodology'),
    reviewDate: date('review_date', { mode: 'string' }),
    approvedBy: uuid('approved_by'),
    approvedAt: instant('approved_at'),
    rowVersion: integer('row_version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('capital_market_assumptions_version_key').on(
      sql`coalesce(${table.userId}, '00000000-0000-0000-0000-000000000000'::uuid)`,
      table.version,
    ),
    index('capital_market_assumptions_user').on(table.userId, table.id),
    index('capital_market_assumptions_effective_date').on(table.effectiveDate),
    check('capital_market_assumptions_status_known', sql`${table.status} in ('draft', 'in_review', 'approved', 'retired')`),
    check('capital_market_assumptions_effective_in_order', sql`${table.effectiveUntil} >= ${table.effectiveDate}`),
  ],
)

/** An allocation for a level of risk, with the figures that a set of assumptions gives it. */
export const portfolioModels = planning.table(
  'portfolio_models',
  {
    id: id(),
    userId: optionalOwner(),
    cmaId: uuid('cma_id')
      .notNull()
      .references(() => capitalMarketAssumptions.id),
    name: text('name').notNull(),
    riskLevel: smallint('risk_level').notNull(),
    description: text('description'),
    isActive: boolean('is_active').notNull().default(true),
    assetAllocation: jsonb('asset_allocation').$type<Record<string, number>>().notNull(),
    expectedReturn: numeric('expected_return', { precision: 6, scale: 5 }).notNull(),
    volatility: numeric('volatility', { precision: 6, scale: 5 }).notNull(),
    sharpeRatio: numeric('sharpe_ratio', { precision: 7, scale: 4 }),
    rowVersion: integer('row_version').notNull().default(1),
    ...stamps(),
  },
  table => [
    index('portfolio_models_user').on(table.userId, table.id),
    index('portfolio_models_cma').on(table.cmaId),
    uniqueIndex('portfolio_models_reference_name_key').on(table.cmaId, table.name).where(sql`${table.userId} is null`),
    check('portfolio_models_risk_level', sql`${table.riskLevel} between 1 and 10`),
  ],
)

export const planStatuses = ['draft', 'active', 'archived'] as const

/** A retirement plan: what it assumes, how it is simulated, and for whom. Its inputs and runs hang below it. */
export const plans = planning.table(
  'plans',
  {
    id: id(),
    userId: owner(),
    householdId: uuid('household_id').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    status: text('status', { enum: planStatuses }).notNull().default('draft'),
    version: integer('version').notNull().default(1),
    parentPlanId: uuid('parent_plan_id').references((): AnyPgColumn => plans.id, { onDelete: 'set null' }),
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
    /** The day the plan's first year begins: an input, so that the same plan gives the same bits next year. */
    asOfDate: date('as_of_date', { mode: 'string' }).notNull(),
    confidenceLevel: numeric('confidence_level', { precision: 3, scale: 2 }).notNull().default('0.95'),
    lastRunAt: instant('last_run_at'),
    completedAt: instant('completed_at'),
    tags: jsonb('tags').$type<string[]>().notNull().default([]),
    category: text('category'),
    ...stamps(),
  },
  table => [
    uniqueIndex('plans_id_user_key').on(table.id, table.userId),
    foreignKey({
      name: 'plans_household_fk',
      columns: [table.householdId, table.userId],
      foreignColumns: [households.id, households.userId],
    }),
    index('plans_user_status').on(table.userId, table.status),
    index('plans_user_id').on(table.userId, table.id),
    index('plans_household').on(table.householdId),
    index('plans_parent').on(table.parentPlanId),
    index('plans_last_run').on(table.lastRunAt),
    index('plans_random_seed').on(table.randomSeed),
    check('plans_status_known', sql`${table.status} in ('draft', 'active', 'archived')`),
    check('plans_horizon', sql`${table.planningHorizonYears} between 1 and 100`),
    check('plans_steps', sql`${table.stepsPerYear} in (1, 12)`),
    check('plans_iterations', sql`${table.monteCarloIterations} between 1 and 100000`),
    check('plans_confidence', sql`${table.confidenceLevel} between 0.5 and 0.99`),
    check('plans_not_its_own_parent', sql`${table.parentPlanId} is distinct from ${table.id}`),
  ],
)

/** One thing the user told a plan. A change is a new row; the row it replaces points to it. */
export const planInputs = planning.table(
  'plan_inputs',
  {
    id: id(),
    userId: owner(),
    planId: uuid('plan_id').notNull(),
    inputType: text('input_type').notNull(),
    inputName: text('input_name').notNull(),
    inputValue: jsonb('input_value').$type<unknown>().notNull(),
    validationRules: jsonb('validation_rules').$type<unknown>(),
    isValid: boolean('is_valid').notNull().default(true),
    validationErrors: jsonb('validation_errors').$type<unknown>(),
    dataSource: text('data_source', { enum: ['user_input', 'imported', 'calculated'] })
      .notNull()
      .default('user_input'),
    confidenceScore: numeric('confidence_score', { precision: 3, scale: 2 }),
    version: integer('version').notNull().default(1),
    supersededBy: uuid('superseded_by').references((): AnyPgColumn => planInputs.id, { onDelete: 'set null' }),
    removedAt: instant('removed_at'),
    ...stamps(),
  },
  table => [
    foreignKey({ name: 'plan_inputs_plan_fk', columns: [table.planId, table.userId], foreignColumns: [plans.id, plans.userId] }).onDelete(
      'cascade',
    ),
    index('plan_inputs_type').on(table.planId, table.inputType),
    index('plan_inputs_user').on(table.userId),
    index('plan_inputs_superseded_by').on(table.supersededBy),
    uniqueIndex('plan_inputs_current_name_key')
      .on(table.planId, table.inputName)
      .where(sql`${table.supersededBy} is null and ${table.removedAt} is null`),
    check('plan_inputs_confidence', sql`${table.confidenceScore} between 0 and 1`),
    check('plan_inputs_source_known', sql`${table.dataSource} in ('user_input', 'imported', 'calculated')`),
  ],
)

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

/** A plan and its inputs as they were after each change: any past state can be read, compared and restored. Written once, never changed. */
export const planVersions = planning.table(
  'plan_versions',
  {
    id: id(),
    userId: owner(),
    planId: uuid('plan_id').notNull(),
    version: integer('version').notNull(),
    change: text('change', { enum: planChanges }).notNull(),
    /** The version that a restoration brought back, or that a branch was taken from. */
    fromVersion: integer('from_version'),
    state: jsonb('state').$type<PlanState>().notNull(),
    ...stamps(),
  },
  table => [
    foreignKey({ name: 'plan_versions_plan_fk', columns: [table.planId, table.userId], foreignColumns: [plans.id, plans.userId] }).onDelete(
      'cascade',
    ),
    uniqueIndex('plan_versions_version_key').on(table.planId, table.version),
    index('plan_versions_user').on(table.userId),
    check(
      'plan_versions_change_known',
      sql`${table.change} in ('created', 'updated', 'input_added', 'input_replaced', 'input_removed', 'restored', 'rolled_forward', 'branched')`,
    ),
  ],
)
