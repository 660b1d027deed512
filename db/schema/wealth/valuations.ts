import { sql } from 'drizzle-orm'
import { check, date, foreignKey, index, integer, numeric, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { valuationSources } from '../../../domain/wealth/index.ts'
import { id, instant, oneOf, stamps } from '../columns.ts'
import { accounts } from './accounts.ts'
import { wealth } from './schema.ts'

const money = (name: string) => numeric(name, { precision: 15, scale: 2 })

/** What an account with a stated balance was worth on a day. The latest one up to today is its balance. */
export const accountValuations = wealth.table(
  'account_valuations',
  {
    id: id(),
    householdId: uuid('household_id').notNull(),
    accountId: uuid('account_id').notNull(),
    date: date('date', { mode: 'string' }).notNull(),
    balance: money('balance').notNull(),
    available: money('available'),
    vested: money('vested'),
    unvested: money('unvested'),
    /** On one day, what a person has entered counts more than what an institution stated. */
    source: text('source', { enum: valuationSources }).notNull().default('person'),
    note: text('note'),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('account_valuations_date_key').on(table.accountId, table.date, table.source),
    index('account_valuations_household').on(table.householdId),
    foreignKey({
      name: 'account_valuations_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
    check('account_valuations_source_known', oneOf(table.source, valuationSources)),
  ],
)

/** The balance of an account as it was known at the end of a day of the household. It never changes, not even after a back-dated entry. */
export const balanceSnapshots = wealth.table(
  'balance_snapshots',
  {
    accountId: uuid('account_id').notNull(),
    householdId: uuid('household_id').notNull(),
    date: date('date', { mode: 'string' }).notNull(),
    balance: money('balance').notNull(),
    availableBalance: money('available_balance'),
    currency: text('currency').notNull(),
    takenAt: instant('taken_at').notNull().default(sql`now()`),
  },
  table => [
    primaryKey({ name: 'balance_snapshots_pkey', columns: [table.accountId, table.date] }),
    foreignKey({
      name: 'balance_snapshots_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
    index('balance_snapshots_household').on(table.householdId, table.date),
    index('balance_snapshots_taken').on(table.takenAt),
  ],
)
