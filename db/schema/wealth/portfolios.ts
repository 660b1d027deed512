import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, integer, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { type Bands, portfolioChanges, portfolioTypes, targetKinds, type TargetWeight } from '../../../domain/wealth/index.ts'
import { id, oneOf, stamps } from '../columns.ts'
import { householdId } from '../identity/households.ts'
import { benchmarks } from '../market/benchmarks.ts'
import { planning } from '../planning/schema.ts'
import { accounts } from './accounts.ts'
import { wealth } from './schema.ts'

/** Only its key: the whole table would bring the simulation into every function of this domain. */
const portfolioModels = planning.table('portfolio_models', { id: id() })

/** Accounts that a household looks at as one, with a target. Its holdings are calculated from the ledger, the tax lots and the prices. */
export const portfolios = wealth.table(
  'portfolios',
  {
    id: id(),
    householdId: householdId(),
    name: text('name').notNull(),
    description: text('description'),
    portfolioType: text('portfolio_type', { enum: portfolioTypes }).notNull().default('live'),
    /** ISO 4217. Its values are in it. */
    currency: text('currency').notNull(),
    /** The one that is shown first. A household has at most one. */
    isDefault: boolean('is_default').notNull().default(false),
    targetKind: text('target_kind', { enum: targetKinds }).notNull().default('none'),
    targetAllocation: jsonb('target_allocation').$type<readonly TargetWeight[]>().notNull().default([]),
    /** Of the household, or published. */
    portfolioModelId: uuid('portfolio_model_id').references(() => portfolioModels.id),
    rebalancing: jsonb('rebalancing').$type<Bands>().notNull(),
    benchmarkId: uuid('benchmark_id').references(() => benchmarks.id),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('portfolios_id_household_key').on(table.id, table.householdId),
    uniqueIndex('portfolios_default_key').on(table.householdId).where(sql`${table.isDefault}`),
    index('portfolios_household').on(table.householdId, table.id),
    index('portfolios_model').on(table.portfolioModelId),
    index('portfolios_benchmark').on(table.benchmarkId),
    check('portfolios_type_known', oneOf(table.portfolioType, portfolioTypes)),
    check('portfolios_target_known', oneOf(table.targetKind, targetKinds)),
    check('portfolios_currency_iso', sql`${table.currency} ~ '^[A-Z]{3}$'`),
    check('portfolios_model_is_target', sql`(${table.targetKind} = 'model') = (${table.portfolioModelId} is not null)`),
  ],
)

/** The accounts of a portfolio. An account can be in several. */
export const portfolioAccounts = wealth.table(
  'portfolio_accounts',
  {
    portfolioId: uuid('portfolio_id').notNull(),
    accountId: uuid('account_id').notNull(),
    householdId: uuid('household_id').notNull(),
  },
  table => [
    primaryKey({ name: 'portfolio_accounts_pkey', columns: [table.portfolioId, table.accountId] }),
    index('portfolio_accounts_account').on(table.accountId),
    index('portfolio_accounts_household').on(table.householdId),
    foreignKey({
      name: 'portfolio_accounts_portfolio_fk',
      columns: [table.portfolioId, table.householdId],
      foreignColumns: [portfolios.id, portfolios.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'portfolio_accounts_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
  ],
)

/** A portfolio as it was after each change of its settings, so that any past state can be read, compared and restored. Never changed. */
export const portfolioVersions = wealth.table(
  'portfolio_versions',
  {
    id: id(),
    householdId: uuid('household_id').notNull(),
    portfolioId: uuid('portfolio_id').notNull(),
    version: integer('version').notNull(),
    change: text('change', { enum: portfolioChanges }).notNull(),
    /** The version that was restored. */
    fromVersion: integer('from_version'),
    state: jsonb('state').$type<unknown>().notNull(),
    ...stamps(),
  },
  table => [
    uniqueIndex('portfolio_versions_version_key').on(table.portfolioId, table.version),
    index('portfolio_versions_household').on(table.householdId),
    foreignKey({
      name: 'portfolio_versions_portfolio_fk',
      columns: [table.portfolioId, table.householdId],
      foreignColumns: [portfolios.id, portfolios.householdId],
    }).onDelete('cascade'),
    check('portfolio_versions_change_known', oneOf(table.change, portfolioChanges)),
  ],
)

/** The asset classes of a security, as the household sees them. They count more than what the market data say. */
export const securityClasses = wealth.table(
  'security_classes',
  {
    id: id(),
    householdId: householdId(),
    symbol: text('symbol').notNull(),
    /** Weights that sum to 1. */
    classes: jsonb('classes').$type<readonly TargetWeight[]>().notNull(),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('security_classes_symbol_key').on(table.householdId, table.symbol),
    index('security_classes_household').on(table.householdId, table.id),
    check('security_classes_list', sql`jsonb_typeof(${table.classes}) = 'array' and jsonb_array_length(${table.classes}) > 0`),
  ],
)
