import { type SQL, sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  cashlessTypes,
  contributionSources,
  type Provenance,
  transactionCategories,
  transactionSources,
  transactionTypes,
  transferOrigins,
} from '../../../domain/wealth/index.ts'
import { id, oneOf, stamps } from '../columns.ts'
import { people } from '../identity/people.ts'
import { accounts } from './accounts.ts'
import { transactionCategories as ownCategories } from './categories.ts'
import { imports } from './imports.ts'
import { recurringTransactions } from './recurring.ts'
import { wealth } from './schema.ts'

/**
 * Every movement of an account: the ledger. Account, date and amount of a posted transaction never change; a correction is a reversing
 * transaction and a new one. Labels (category, merchant, notes, tags) can change.
 */
export const transactions = wealth.table(
  'transactions',
  {
    id: id(),
    householdId: uuid('household_id').notNull(),
    accountId: uuid('account_id').notNull(),
    type: text('type', { enum: transactionTypes }).notNull().default('cash'),
    /** When it counts in the balance: the day of posting, of an investment the day of the trade. */
    date: date('date', { mode: 'string' }).notNull(),
    /** In the currency of the account. Positive: money in; negative: money out. */
    amount: numeric('amount', { precision: 15, scale: 2 }).notNull(),
    /** As the institution wrote it. */
    description: text('description').notNull(),
    merchantName: text('merchant_name'),
    category: text('category', { enum: transactionCategories }).notNull().default('other'),
    /** The household's own category, below `category`. */
    categoryId: uuid('category_id'),
    notes: text('notes'),
    tags: text('tags').array().notNull().default(sql`'{}'::text[]`),
    /** Names of files that are kept elsewhere. */
    attachments: text('attachments').array().notNull().default(sql`'{}'::text[]`),
    checkNumber: text('check_number'),
    isPending: boolean('is_pending').notNull().default(false),
    source: text('source', { enum: transactionSources }).notNull(),
    plaidTransactionId: text('plaid_transaction_id'),
    /** The institution's id. Institutions repeat ids, so it is not unique. */
    externalId: text('external_id'),
    /** What makes it equal to another: a hash of date, amount and description. */
    fingerprint: text('fingerprint').notNull(),
    /** The place among transactions of the account with the same fingerprint, from 1. */
    occurrence: integer('occurrence').notNull().default(1),
    importId: uuid('import_id'),
    /** The payment or income that repeats, of which it is one. */
    recurringId: uuid('recurring_id'),
    isRecurring: boolean('is_recurring')
      .notNull()
      .generatedAlwaysAs((): SQL => sql`recurring_id is not null`),
    /** The other account of a transfer, where a rule or a person has named it. */
    transferAccountId: uuid('transfer_account_id'),
    /** The transaction that this one cancels. */
    reversesId: uuid('reverses_id'),
    /** Who has set a label: see `Provenance`. */
    provenance: jsonb('provenance').$type<Partial<Record<string, Provenance>>>().notNull().default({}),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('transactions_id_household_key').on(table.id, table.householdId),
    uniqueIndex('transactions_fingerprint_key').on(table.accountId, table.fingerprint, table.occurrence),
    uniqueIndex('transactions_plaid_key').on(table.plaidTransactionId).where(sql`${table.plaidTransactionId} is not null`),
    uniqueIndex('transactions_reverses_key').on(table.reversesId).where(sql`${table.reversesId} is not null`),
    // Read backwards for the newest first.
    index('transactions_register').on(table.accountId, table.date, table.id),
    index('transactions_household_register').on(table.householdId, table.date, table.id),
    index('transactions_external').on(table.accountId, table.externalId).where(sql`${table.externalId} is not null`),
    index('transactions_import').on(table.importId).where(sql`${table.importId} is not null`),
    index('transactions_own_category').on(table.categoryId).where(sql`${table.categoryId} is not null`),
    foreignKey({
      name: 'transactions_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'transactions_reverses_fk',
      columns: [table.reversesId, table.householdId],
      foreignColumns: [table.id, table.householdId],
    }),
    foreignKey({
      name: 'transactions_import_fk',
      columns: [table.importId, table.householdId],
      foreignColumns: [imports.id, imports.householdId],
    }),
    // What can be half of a transfer.
    index('transactions_transfer_halves')
      .on(table.accountId)
      .where(sql`${table.transferAccountId} is not null or ${table.type} in ('transfer_in', 'transfer_out')`),
    index('transactions_recurring').on(table.recurringId).where(sql`${table.recurringId} is not null`),
    index('transactions_transfer_account').on(table.transferAccountId).where(sql`${table.transferAccountId} is not null`),
    foreignKey({
      name: 'transactions_recurring_fk',
      columns: [table.recurringId, table.householdId],
      foreignColumns: [recurringTransactions.id, recurringTransactions.householdId],
    }).onDelete('set null'),
    foreignKey({
      name: 'transactions_transfer_account_fk',
      columns: [table.transferAccountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('set null'),
    foreignKey({
      name: 'transactions_own_category_fk',
      columns: [table.categoryId, table.householdId],
      foreignColumns: [ownCategories.id, ownCategories.householdId],
    }),
    check('transactions_type_known', oneOf(table.type, transactionTypes)),
    check('transactions_category_known', oneOf(table.category, transactionCategories)),
    check('transactions_source_known', oneOf(table.source, transactionSources)),
    check('transactions_amount_not_zero', sql`${table.amount} <> 0 or ${oneOf(table.type, cashlessTypes)}`),
    check('transactions_date_usual', sql`${table.date} between '1900-01-01' and '2199-12-31'`),
    check('transactions_description_length', sql`length(${table.description}) <= 500`),
  ],
)

/** A transaction divided among categories. The amounts of its parts add up exactly to its amount. */
export const transactionSplits = wealth.table(
  'transaction_splits',
  {
    id: id(),
    householdId: uuid('household_id').notNull(),
    transactionId: uuid('transaction_id').notNull(),
    /** From 0. */
    position: smallint('position').notNull(),
    /** With the sign of the transaction. */
    amount: numeric('amount', { precision: 15, scale: 2 }).notNull(),
    category: text('category', { enum: transactionCategories }).notNull(),
    categoryId: uuid('category_id'),
    notes: text('notes'),
  },
  table => [
    uniqueIndex('transaction_splits_position_key').on(table.transactionId, table.position),
    index('transaction_splits_household').on(table.householdId),
    index('transaction_splits_own_category').on(table.categoryId).where(sql`${table.categoryId} is not null`),
    foreignKey({
      name: 'transaction_splits_transaction_fk',
      columns: [table.transactionId, table.householdId],
      foreignColumns: [transactions.id, transactions.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'transaction_splits_own_category_fk',
      columns: [table.categoryId, table.householdId],
      foreignColumns: [ownCategories.id, ownCategories.householdId],
    }),
    check('transaction_splits_category_known', oneOf(table.category, transactionCategories)),
    check('transaction_splits_amount_not_zero', sql`${table.amount} <> 0`),
    check('transaction_splits_position', sql`${table.position} between 0 and 99`),
  ],
)

/** What an investment transaction has more than a movement of cash: its security, quantity, price and fees. */
export const investmentTransactions = wealth.table(
  'investment_transactions',
  {
    transactionId: uuid('transaction_id').notNull(),
    householdId: uuid('household_id').notNull(),
    accountId: uuid('account_id').notNull(),
    tradeDate: date('trade_date', { mode: 'string' }).notNull(),
    settlementDate: date('settlement_date', { mode: 'string' }),
    symbol: text('symbol'),
    securityName: text('security_name'),
    /** CUSIP, ISIN or the institution's id. */
    securityId: text('security_id'),
    /** Units moved; never negative: the type says the direction. */
    quantity: numeric('quantity', { precision: 33, scale: 18 }),
    price: numeric('price', { precision: 33, scale: 18 }),
    commission: numeric('commission', { precision: 15, scale: 2 }),
    regulatoryFees: numeric('regulatory_fees', { precision: 15, scale: 2 }),
    otherFees: numeric('other_fees', { precision: 15, scale: 2 }),
    /** Sales charge of a fund. */
    load: numeric('load', { precision: 15, scale: 2 }),
    penalty: numeric('penalty', { precision: 15, scale: 2 }),
    /** On the trade itself. */
    taxes: numeric('taxes', { precision: 15, scale: 2 }),
    /** Federal, or of an unknown authority. */
    taxWithheld: numeric('tax_withheld', { precision: 15, scale: 2 }),
    stateTaxWithheld: numeric('state_tax_withheld', { precision: 15, scale: 2 }),
    /** Worth of the units that change hands without money. */
    value: numeric('value', { precision: 15, scale: 2 }),
    /** When units that are transferred were bought. */
    acquiredDate: date('acquired_date', { mode: 'string' }),
    /** How units that are transferred in from outside were acquired. */
    lotOrigin: text('lot_origin', { enum: transferOrigins }),
    /** Of units that are transferred in: their cost basis, of a gift that of the giver. In the currency of the account. */
    costBasis: numeric('cost_basis', { precision: 15, scale: 2 }),
    /** Of a spin-off: the part of the cost basis that goes to the new security, from 0 to 1. */
    basisShare: numeric('basis_share', { precision: 11, scale: 10 }),
    /** Of a dividend. */
    isQualified: boolean('is_qualified'),
    /** Of a contribution: the year for which it counts. Of a withdrawal: the year of the contributions that it returns. */
    taxYear: smallint('tax_year'),
    /** Of a contribution: who put it in, and with what tax. Null: the usual source of the tax type of the account. */
    contributionSource: text('contribution_source', { enum: contributionSources }),
    /** The person who gave a contribution. Null: the owner of the account. */
    contributorId: uuid('contributor_id'),
    taxCategory: text('tax_category'),
    /** A split of 3 for 2 has the numerator 3. */
    splitNumerator: integer('split_numerator'),
    splitDenominator: integer('split_denominator'),
    /** Of a merger, spin-off or symbol change. */
    newSymbol: text('new_symbol'),
    dataQualityScore: numeric('data_quality_score', { precision: 3, scale: 2 }),
    confidenceScore: numeric('confidence_score', { precision: 3, scale: 2 }),
  },
  table => [
    primaryKey({ name: 'investment_transactions_pkey', columns: [table.transactionId] }),
    foreignKey({
      name: 'investment_transactions_transaction_fk',
      columns: [table.transactionId, table.householdId],
      foreignColumns: [transactions.id, transactions.householdId],
    }).onDelete('cascade'),
    index('investment_transactions_analysis').on(table.accountId, table.tradeDate, table.symbol),
    index('investment_transactions_tax').on(table.taxYear, table.taxCategory, table.accountId),
    index('investment_transactions_wash_sales').on(table.accountId, table.symbol, table.tradeDate),
    // The name under which tax lots are kept. PostgreSQL does not use an index on a `coalesce` below row-level security.
    index('investment_transactions_household').on(
      table.householdId,
      sql`(case when ${table.symbol} is not null then ${table.symbol} when ${table.securityId} is not null then ${table.securityId} else ${table.securityName} end)`,
    ),
    index('investment_transactions_links').on(table.householdId).where(sql`${table.newSymbol} is not null`),
    index('investment_transactions_contributor').on(table.contributorId).where(sql`${table.contributorId} is not null`),
    foreignKey({
      name: 'investment_transactions_contributor_fk',
      columns: [table.contributorId, table.householdId],
      foreignColumns: [people.id, people.householdId],
    }),
    check('investment_transactions_contribution_source', oneOf(table.contributionSource, contributionSources)),
    check('investment_transactions_quantity_not_negative', sql`${table.quantity} >= 0`),
    check('investment_transactions_price_not_negative', sql`${table.price} >= 0`),
    check(
      'investment_transactions_fees_not_negative',
      sql`least(${table.commission}, ${table.regulatoryFees}, ${table.otherFees}, ${table.load}, ${table.penalty}, ${table.taxes}, ${table.taxWithheld}, ${table.stateTaxWithheld}, ${table.value}, ${table.costBasis}) >= 0`,
    ),
    check('investment_transactions_split_whole', sql`(${table.splitNumerator} is null) = (${table.splitDenominator} is null)`),
    check('investment_transactions_split_positive', sql`${table.splitNumerator} > 0 and ${table.splitDenominator} > 0`),
    check('investment_transactions_tax_year', sql`${table.taxYear} between 1900 and 2199`),
    check('investment_transactions_lot_origin_known', oneOf(table.lotOrigin, transferOrigins)),
    check('investment_transactions_basis_share', sql`${table.basisShare} between 0 and 1`),
    check('investment_transactions_scores', sql`${table.dataQualityScore} between 0 and 1 and ${table.confidenceScore} between 0 and 1`),
  ],
)
