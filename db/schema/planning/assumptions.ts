import { sql } from 'drizzle-orm'
import { PLAN_LIMITS, readAssumptions } from '../../../domain/planning/index.ts'
import { between, id, instant, oneOf, parsedJson, stamps } from '../columns.ts'
import { boolean, check, date, index, integer, jsonb, numeric, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { optionalHouseholdId } from '../identity/households.ts'
import { planning } from './schema.ts'

export const assumptionStatuses = ['draft', 'in_review', 'approved', 'retired'] as const

/** A version of an assumption set: arithmetic mean returns, volatilities and correlations of asset classes, and inflation. */
export const capitalMarketAssumptions = planning.table(
  'capital_market_assumptions',
  {
    id: id(),
    householdId: optionalHouseholdId(),
    version: text('version').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    isActive: boolean('is_active').notNull().default(true),
    status: text('status', { enum: assumptionStatuses }).notNull().default('draft'),
    effectiveDate: date('effective_date', { mode: 'string' }).notNull(),
    /** The last day on which the set is in force; null: until it is retired. */
    effectiveUntil: date('effective_until', { mode: 'string' }),
    assumptions: parsedJson('assumptions', readAssumptions).notNull(),
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
      sql`coalesce(${table.householdId}, '00000000-0000-0000-0000-000000000000'::uuid)`,
      table.version,
    ),
    index('capital_market_assumptions_household').on(table.householdId, table.id),
    index('capital_market_assumptions_effective_date').on(table.effectiveDate),
    check('capital_market_assumptions_status_known', oneOf(table.status, assumptionStatuses)),
    check('capital_market_assumptions_effective_in_order', sql`${table.effectiveUntil} >= ${table.effectiveDate}`),
  ],
)

/** An allocation for a level of risk, with its figures under an assumption set. */
export const portfolioModels = planning.table(
  'portfolio_models',
  {
    id: id(),
    householdId: optionalHouseholdId(),
    cmaId: uuid('cma_id')
      .notNull()
      .references(() => capitalMarketAssumptions.id),
    name: text('name').notNull(),
    riskLevel: smallint('risk_level').notNull(),
    description: text('description'),
    isActive: boolean('is_active').notNull().default(true),
    /** As it was stored: lists show a model even if the current schema cannot read this. */
    assetAllocation: jsonb('asset_allocation').notNull(),
    expectedReturn: numeric('expected_return', { precision: 6, scale: 5 }).notNull(),
    volatility: numeric('volatility', { precision: 6, scale: 5 }).notNull(),
    sharpeRatio: numeric('sharpe_ratio', { precision: 7, scale: 4 }),
    rowVersion: integer('row_version').notNull().default(1),
    ...stamps(),
  },
  table => [
    index('portfolio_models_household').on(table.householdId, table.id),
    index('portfolio_models_cma').on(table.cmaId),
    uniqueIndex('portfolio_models_reference_name_key').on(table.cmaId, table.name).where(sql`${table.householdId} is null`),
    check('portfolio_models_risk_level', between(table.riskLevel, PLAN_LIMITS.riskLevel)),
  ],
)
