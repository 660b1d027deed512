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
import { closingKinds, holdingTerms, lotMethods, lotOrigins, lotProblemKinds, standingMethods } from '../../../domain/wealth/index.ts'
import { id, oneOf, stamps } from '../columns.ts'
import { householdId } from '../identity/households.ts'
import { accounts } from './accounts.ts'
import { wealth } from './schema.ts'
import { transactions } from './transactions.ts'

const quantity = () => numeric('quantity', { precision: 33, scale: 18 }).notNull()
/** In US dollars. */
const dollars = (name: string) => numeric(name, { precision: 15, scale: 2 })

/** Shares that a transaction has opened and that none has closed. Calculated from the ledger. */
export const taxLots = wealth.table(
  'tax_lots',
  {
    /** The transaction that opened it. */
    openingId: uuid('opening_id').notNull(),
    /** Among the lots of the transaction, from 0. */
    position: integer('position').notNull(),
    householdId: uuid('household_id').notNull(),
    accountId: uuid('account_id').notNull(),
    symbol: text('symbol').notNull(),
    origin: text('origin', { enum: lotOrigins }).notNull(),
    acquiredOn: date('acquired_on', { mode: 'string' }).notNull(),
    /** The day after which the holding period begins. Earlier than `acquiredOn` where the law adds another period. */
    holdingFrom: date('holding_from', { mode: 'string' }).notNull(),
    /** The first day on which a sale is long-term. */
    longTermOn: date('long_term_on', { mode: 'string' }).notNull(),
    quantity: quantity(),
    /** With `washAdjustment`. Of a short lot, its proceeds. Null: not known. */
    costBasis: dollars('cost_basis'),
    /** Losses that wash sales have added to the basis. */
    washAdjustment: dollars('wash_adjustment').notNull(),
    /** Basis for a loss on a gift that was worth less than the giver's basis. */
    lossBasis: dollars('loss_basis'),
  },
  table => [
    primaryKey({ name: 'tax_lots_pkey', columns: [table.openingId, table.position] }),
    index('tax_lots_household').on(table.householdId, table.symbol),
    index('tax_lots_account').on(table.accountId, table.symbol),
    foreignKey({
      name: 'tax_lots_opening_id_fk',
      columns: [table.openingId, table.householdId],
      foreignColumns: [transactions.id, transactions.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'tax_lots_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
    check('tax_lots_origin_known', oneOf(table.origin, lotOrigins)),
  ],
)

/** A part of a lot that a transaction has closed, with its gain, or a gain without a sale of shares. Calculated from the ledger. */
export const lotClosings = wealth.table(
  'lot_closings',
  {
    transactionId: uuid('transaction_id').notNull(),
    /** Among the closings of the transaction, from 0. */
    position: integer('position').notNull(),
    householdId: uuid('household_id').notNull(),
    accountId: uuid('account_id').notNull(),
    symbol: text('symbol').notNull(),
    kind: text('kind', { enum: closingKinds }).notNull(),
    /** The transaction that opened the lot; null if none was held. */
    openingId: uuid('opening_id'),
    origin: text('origin', { enum: lotOrigins }),
    quantity: quantity(),
    acquiredOn: date('acquired_on', { mode: 'string' }),
    holdingFrom: date('holding_from', { mode: 'string' }),
    closedOn: date('closed_on', { mode: 'string' }).notNull(),
    taxYear: smallint('tax_year')
      .notNull()
      .generatedAlwaysAs((): SQL => sql`extract(year from closed_on)`),
    term: text('term', { enum: holdingTerms }).notNull(),
    proceeds: dollars('proceeds'),
    costBasis: dollars('cost_basis'),
    /** The part of the loss that a wash sale disallows. */
    disallowedLoss: dollars('disallowed_loss').notNull(),
    /** Gain or loss that counts: proceeds less basis, with what is disallowed. Null if one of them is not known. */
    gain: dollars('gain').generatedAlwaysAs((): SQL => sql`proceeds - cost_basis + disallowed_loss`),
  },
  table => [
    primaryKey({ name: 'lot_closings_pkey', columns: [table.transactionId, table.position] }),
    uniqueIndex('lot_closings_household_key').on(table.transactionId, table.position, table.householdId),
    index('lot_closings_year').on(table.householdId, table.taxYear, table.closedOn, table.transactionId, table.position),
    index('lot_closings_symbol').on(table.householdId, table.symbol),
    index('lot_closings_account').on(table.accountId, table.closedOn),
    index('lot_closings_opening_id').on(table.openingId),
    foreignKey({
      name: 'lot_closings_transaction_fk',
      columns: [table.transactionId, table.householdId],
      foreignColumns: [transactions.id, transactions.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'lot_closings_opening_id_fk',
      columns: [table.openingId, table.householdId],
      foreignColumns: [transactions.id, transactions.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'lot_closings_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
    check('lot_closings_kind_known', oneOf(table.kind, closingKinds)),
    check('lot_closings_term_known', oneOf(table.term, holdingTerms)),
    check('lot_closings_origin_known', oneOf(table.origin, lotOrigins)),
    check(
      'lot_closings_disallowed_within_loss',
      sql`${table.disallowedLoss} between 0 and greatest(0, ${table.costBasis} - ${table.proceeds})`,
    ),
  ],
)

/** The shares that replaced those of a loss, and the part of the loss that is disallowed for them. Calculated from the ledger. */
export const washSales = wealth.table(
  'wash_sales',
  {
    /** The loss. */
    transactionId: uuid('transaction_id').notNull(),
    closingPosition: integer('closing_position').notNull(),
    position: integer('position').notNull(),
    householdId: uuid('household_id').notNull(),
    /** The transaction that opened the replacement shares. */
    replacementId: uuid('replacement_id').notNull(),
    /** The account of the replacement shares. */
    accountId: uuid('account_id').notNull(),
    symbol: text('symbol').notNull(),
    replacedOn: date('replaced_on', { mode: 'string' }).notNull(),
    quantity: quantity(),
    disallowedLoss: dollars('disallowed_loss').notNull(),
    /** Lost for good: the replacement is in a tax-advantaged account. */
    isLost: boolean('is_lost').notNull(),
  },
  table => [
    primaryKey({ name: 'wash_sales_pkey', columns: [table.transactionId, table.closingPosition, table.position] }),
    index('wash_sales_household').on(table.householdId, table.symbol),
    index('wash_sales_replacement_id').on(table.replacementId),
    index('wash_sales_account').on(table.accountId),
    foreignKey({
      name: 'wash_sales_closing_fk',
      columns: [table.transactionId, table.closingPosition, table.householdId],
      foreignColumns: [lotClosings.transactionId, lotClosings.position, lotClosings.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'wash_sales_replacement_id_fk',
      columns: [table.replacementId, table.householdId],
      foreignColumns: [transactions.id, transactions.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'wash_sales_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
  ],
)

/** What the lots of a security lack. Calculated from the ledger. */
export const lotProblems = wealth.table(
  'lot_problems',
  {
    transactionId: uuid('transaction_id').notNull(),
    kind: text('kind', { enum: lotProblemKinds }).notNull(),
    householdId: uuid('household_id').notNull(),
    accountId: uuid('account_id').notNull(),
    symbol: text('symbol').notNull(),
    quantity: quantity(),
  },
  table => [
    primaryKey({ name: 'lot_problems_pkey', columns: [table.transactionId, table.kind] }),
    index('lot_problems_household').on(table.householdId, table.symbol),
    index('lot_problems_account').on(table.accountId),
    foreignKey({
      name: 'lot_problems_transaction_fk',
      columns: [table.transactionId, table.householdId],
      foreignColumns: [transactions.id, transactions.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'lot_problems_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
    check('lot_problems_kind_known', oneOf(table.kind, lotProblemKinds)),
  ],
)

/** Securities of which the ledger has changed since their lots were calculated. Triggers add rows, and the calculation removes those that it has seen. */
export const lotChanges = wealth.table(
  'lot_changes',
  {
    id: id(),
    householdId: householdId(),
    symbol: text('symbol').notNull(),
  },
  table => [index('lot_changes_household').on(table.householdId, table.symbol)],
)

/** How lots are chosen from a day on: in an account, or of one security in it. */
export const lotElections = wealth.table(
  'lot_elections',
  {
    id: id(),
    householdId: uuid('household_id').notNull(),
    accountId: uuid('account_id').notNull(),
    /** Null: every security of the account without an election of its own. */
    symbol: text('symbol'),
    method: text('method', { enum: standingMethods }).notNull(),
    effectiveOn: date('effective_on', { mode: 'string' }).notNull(),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('lot_elections_day_key').on(table.accountId, sql`coalesce(${table.symbol}, '')`, table.effectiveOn),
    index('lot_elections_household').on(table.householdId, table.id),
    foreignKey({
      name: 'lot_elections_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
    check('lot_elections_method_known', oneOf(table.method, standingMethods)),
  ],
)

/** A lot that was chosen for a sale. */
export interface ChosenLot {
  /** The transaction that opened it. */
  readonly openedBy: string
  /** Decimal text. */
  readonly quantity: string
}

/** How the lots of one sale are chosen. It can change until the sale is settled. */
export const lotChoices = wealth.table(
  'lot_choices',
  {
    transactionId: uuid('transaction_id').notNull(),
    householdId: uuid('household_id').notNull(),
    method: text('method', { enum: lotMethods }).notNull(),
    /** Of the method `specific`. They sum to the quantity of the sale. */
    lots: jsonb('lots').$type<readonly ChosenLot[]>().notNull().default([]),
    /** When the broker was given the choice: at the latest on the day of settlement, 26 CFR 1.1012-1(c). */
    identifiedOn: date('identified_on', { mode: 'string' }).notNull(),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    primaryKey({ name: 'lot_choices_pkey', columns: [table.transactionId] }),
    index('lot_choices_household').on(table.householdId),
    foreignKey({
      name: 'lot_choices_transaction_fk',
      columns: [table.transactionId, table.householdId],
      foreignColumns: [transactions.id, transactions.householdId],
    }).onDelete('cascade'),
    check('lot_choices_method_known', oneOf(table.method, lotMethods)),
    check('lot_choices_specific_has_lots', sql`(${table.method} = 'specific') = (jsonb_array_length(${table.lots}) > 0)`),
  ],
)

/** Two securities that a person takes for substantially identical: one replaces the other in a wash sale. */
export const identicalSecurities = wealth.table(
  'identical_securities',
  {
    id: id(),
    householdId: householdId(),
    /** The lesser text of the two. */
    symbol: text('symbol').notNull(),
    otherSymbol: text('other_symbol').notNull(),
    reason: text('reason'),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('identical_securities_pair_key').on(table.householdId, table.symbol, table.otherSymbol),
    index('identical_securities_household').on(table.householdId, table.id),
    check('identical_securities_ordered', sql`${table.symbol} < ${table.otherSymbol}`),
  ],
)
