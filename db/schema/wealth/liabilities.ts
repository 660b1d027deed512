import { boolean, check, date, foreignKey, index, jsonb, numeric, text, uuid } from 'drizzle-orm/pg-core'
import { type CardRate, type LiabilityDetails, liabilityKinds, liabilitySources } from '../../../domain/wealth/index.ts'
import { oneOf, stamps } from '../columns.ts'
import { accounts } from './accounts.ts'
import { wealth } from './schema.ts'

const money = (name: string) => numeric(name, { precision: 15, scale: 2 })
const day = (name: string) => date(name, { mode: 'string' })

/** The terms of a card, loan or mortgage: rates, and what is due when. */
export const accountLiabilities = wealth.table(
  'account_liabilities',
  {
    accountId: uuid('account_id').primaryKey(),
    householdId: uuid('household_id').notNull(),
    kind: text('kind', { enum: liabilityKinds }).notNull(),
    source: text('source', { enum: liabilitySources }).notNull(),
    /** A fraction of a year. Of a card: that of purchases. */
    interestRate: numeric('interest_rate', { precision: 9, scale: 6 }),
    /** Of a card. */
    aprs: jsonb('aprs').$type<readonly CardRate[]>().notNull().default([]),
    /** What has to be paid next: of a card the minimum, of a loan the payment. */
    minimumPayment: money('minimum_payment'),
    nextPaymentDueOn: day('next_payment_due_on'),
    isOverdue: boolean('is_overdue'),
    lastPaymentAmount: money('last_payment_amount'),
    lastPaymentOn: day('last_payment_on'),
    lastStatementBalance: money('last_statement_balance'),
    lastStatementOn: day('last_statement_on'),
    originalPrincipal: money('original_principal'),
    originatedOn: day('originated_on'),
    maturesOn: day('matures_on'),
    details: jsonb('details').$type<LiabilityDetails>().notNull().default({}),
    ...stamps(),
  },
  table => [
    index('account_liabilities_household').on(table.householdId),
    foreignKey({
      name: 'account_liabilities_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
    check('account_liabilities_kind_known', oneOf(table.kind, liabilityKinds)),
    check('account_liabilities_source_known', oneOf(table.source, liabilitySources)),
  ],
)
