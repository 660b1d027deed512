import { check, date, foreignKey, index, integer, jsonb, numeric, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { type PriceChange, recurringPeriods, transactionCategories } from '../../../domain/wealth/index.ts'
import { between, id, oneOf, stamps } from '../columns.ts'
import { householdId } from '../identity/households.ts'
import { accounts } from './accounts.ts'
import { wealth } from './schema.ts'

export const recurringStatuses = ['detected', 'confirmed', 'dismissed'] as const
export const recurringDirections = ['in', 'out'] as const

const money = (name: string) => numeric(name, { precision: 15, scale: 2 })

/** A payment or an income that repeats. A dismissed one stays, so that it is not found again. */
export const recurringTransactions = wealth.table(
  'recurring_transactions',
  {
    id: id(),
    householdId: householdId(),
    accountId: uuid('account_id').notNull(),
    /** What the texts of its transactions have in common. */
    key: text('key').notNull(),
    direction: text('direction', { enum: recurringDirections }).notNull(),
    name: text('name').notNull(),
    category: text('category', { enum: transactionCategories }).notNull().default('other'),
    period: text('period', { enum: recurringPeriods }).notNull(),
    amountLow: money('amount_low').notNull(),
    amountHigh: money('amount_high').notNull(),
    lastAmount: money('last_amount').notNull(),
    firstDate: date('first_date', { mode: 'string' }).notNull(),
    lastDate: date('last_date', { mode: 'string' }).notNull(),
    nextDate: date('next_date', { mode: 'string' }).notNull(),
    confidence: numeric('confidence', { precision: 3, scale: 2 }).notNull(),
    /** Expected dates without a payment. */
    missed: jsonb('missed').$type<readonly string[]>().notNull().default([]),
    priceChanges: jsonb('price_changes').$type<readonly PriceChange[]>().notNull().default([]),
    status: text('status', { enum: recurringStatuses }).notNull().default('detected'),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('recurring_transactions_id_household_key').on(table.id, table.householdId),
    uniqueIndex('recurring_transactions_key').on(table.accountId, table.key, table.direction),
    index('recurring_transactions_household').on(table.householdId, table.nextDate),
    foreignKey({
      name: 'recurring_transactions_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
    check('recurring_transactions_direction_known', oneOf(table.direction, recurringDirections)),
    check('recurring_transactions_category_known', oneOf(table.category, transactionCategories)),
    check('recurring_transactions_period_known', oneOf(table.period, recurringPeriods)),
    check('recurring_transactions_status_known', oneOf(table.status, recurringStatuses)),
    check('recurring_transactions_confidence', between(table.confidence, { minimum: 0, maximum: 1 })),
  ],
)
