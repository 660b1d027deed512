import { sql } from 'drizzle-orm'
import { check, date, foreignKey, index, integer, numeric, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { accountTypes, balanceSources, taxTypes } from '../../../domain/wealth/index.ts'
import { id, instant, oneOf, stamps } from '../columns.ts'
import { householdId } from '../identity/households.ts'
import { people } from '../identity/people.ts'
import { wealth } from './schema.ts'

const money = (name: string) => numeric(name, { precision: 15, scale: 2 })

/** An account at an institution, or a property, vehicle or private asset. What is owed is a negative balance. */
export const accounts = wealth.table(
  'accounts',
  {
    id: id(),
    householdId: householdId(),
    /** The person who owns it; null if the household owns it jointly. */
    ownerId: uuid('owner_id'),
    /** Of a 529 account: the person for whom it saves. */
    designatedBeneficiaryId: uuid('designated_beneficiary_id'),
    name: text('name').notNull(),
    type: text('type', { enum: accountTypes }).notNull(),
    taxType: text('tax_type', { enum: taxTypes }),
    institutionName: text('institution_name'),
    /** ISO 4217. */
    currency: text('currency').notNull().default('USD'),
    /** The last characters of its number. The whole number is never stored. */
    mask: text('mask'),
    /** SHA-256 of its number, in hexadecimal, to recognise the account in a file. */
    numberHash: text('number_hash'),
    openedOn: date('opened_on', { mode: 'string' }),
    /** A closed account keeps its history. */
    closedOn: date('closed_on', { mode: 'string' }),
    balanceSource: text('balance_source', { enum: balanceSources }).notNull(),
    /** The balance before the first transaction. */
    openingBalance: money('opening_balance').notNull().default('0'),
    /** What was stated last, by the institution or by a person. */
    currentBalance: money('current_balance'),
    availableBalance: money('available_balance'),
    vestedBalance: money('vested_balance'),
    unvestedBalance: money('unvested_balance'),
    balanceStatedAt: instant('balance_stated_at'),
    /** How far a checking account may be below zero, or how much a card may owe. */
    creditLimit: money('credit_limit'),
    plaidAccountId: text('plaid_account_id'),
    plaidConnectionId: uuid('plaid_connection_id'),
    notes: text('notes'),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('accounts_id_household_key').on(table.id, table.householdId),
    uniqueIndex('accounts_plaid_account_key').on(table.plaidAccountId),
    index('accounts_household').on(table.householdId, table.id),
    index('accounts_owner').on(table.ownerId),
    index('accounts_plaid_connection').on(table.plaidConnectionId),
    foreignKey({ name: 'accounts_owner_fk', columns: [table.ownerId, table.householdId], foreignColumns: [people.id, people.householdId] }),
    index('accounts_designated_beneficiary').on(table.designatedBeneficiaryId),
    foreignKey({
      name: 'accounts_designated_beneficiary_fk',
      columns: [table.designatedBeneficiaryId, table.householdId],
      foreignColumns: [people.id, people.householdId],
    }),
    check('accounts_type_known', oneOf(table.type, accountTypes)),
    check('accounts_tax_type_known', oneOf(table.taxType, taxTypes)),
    check('accounts_balance_source_known', oneOf(table.balanceSource, balanceSources)),
    check('accounts_currency_iso', sql`${table.currency} ~ '^[A-Z]{3}$'`),
    check('accounts_mask_short', sql`length(${table.mask}) between 1 and 4`),
    check('accounts_dates_ordered', sql`${table.closedOn} >= ${table.openedOn}`),
    check('accounts_credit_limit_not_negative', sql`${table.creditLimit} >= 0`),
    check('accounts_vested_not_negative', sql`${table.vestedBalance} >= 0`),
    check('accounts_unvested_not_negative', sql`${table.unvestedBalance} >= 0`),
    check(
      'accounts_balance_by_type',
      sql`case ${table.type}
        when 'checking' then ${table.currentBalance} >= -coalesce(${table.creditLimit}, 0)
        when 'loan' then ${table.currentBalance} <= 0
        when 'mortgage' then ${table.currentBalance} <= 0
        when 'credit_card' then true
        when 'other' then true
        else ${table.currentBalance} >= 0 end`,
    ),
  ],
)

export const totalPeriods = ['day', 'month'] as const

/** The sum of the posted transactions of an account by day and by month. A trigger keeps it. A balance at any date is a short sum of it. */
export const accountTotals = wealth.table(
  'account_totals',
  {
    accountId: uuid('account_id').notNull(),
    householdId: uuid('household_id').notNull(),
    period: text('period', { enum: totalPeriods }).notNull(),
    /** The day, or the first day of the month. */
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    amount: numeric('amount', { precision: 22, scale: 2 }).notNull(),
    transactionCount: integer('transaction_count').notNull(),
  },
  table => [
    primaryKey({ name: 'account_totals_pkey', columns: [table.accountId, table.period, table.startsOn] }),
    foreignKey({
      name: 'account_totals_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
    index('account_totals_household').on(table.householdId),
    check('account_totals_period_known', oneOf(table.period, totalPeriods)),
  ],
)
