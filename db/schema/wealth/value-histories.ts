import { sql } from 'drizzle-orm'
import { date, doublePrecision, foreignKey, index, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { HistoryState, ValueGap } from '../../../domain/wealth/index.ts'
import { id, instant } from '../columns.ts'
import { householdId } from '../identity/households.ts'
import { accounts } from './accounts.ts'
import { wealth } from './schema.ts'

/** Where the prices of a value history came from, and at which of their revisions. Null: the market data did not know the security. */
export interface HistoryPrice {
  /** Null: the exchange rates. */
  readonly symbol: string | null
  readonly source: string | null
  readonly currency: string | null
  readonly revision: number
}

/** What is known of a value history beside the numbers of its days. */
export interface HistoryMetrics {
  readonly unpriced: readonly ValueGap[]
  readonly unconverted: readonly ValueGap[]
}

/** Days from which on the value history of a household has to be calculated again. Triggers add rows, and the calculation removes those that it has seen. */
export const valueChanges = wealth.table(
  'value_changes',
  {
    id: id(),
    householdId: householdId(),
    fromDay: date('from_day', { mode: 'string' }).notNull(),
  },
  table => [index('value_changes_household').on(table.householdId, table.fromDay)],
)

/** The calculated value history of a household, in its currency. It is used only while nothing has changed that it was calculated from. */
export const valueHistories = wealth.table('value_histories', {
  householdId: householdId().primaryKey(),
  currency: text('currency').notNull(),
  firstDay: date('first_day', { mode: 'string' }).notNull(),
  lastDay: date('last_day', { mode: 'string' }).notNull(),
  cachedMetrics: jsonb('cached_metrics').$type<HistoryMetrics>().notNull(),
  prices: jsonb('prices').$type<readonly HistoryPrice[]>().notNull(),
  calculatedAt: instant('calculated_at').notNull().default(sql`now()`),
  /** Then it is calculated from the beginning, whatever has changed. */
  expiresAt: instant('expires_at').notNull(),
})

/** Where a value history stood at the end of a quarter, so that it can be calculated from there. */
export const valueStates = wealth.table(
  'value_states',
  {
    householdId: householdId(),
    day: date('day', { mode: 'string' }).notNull(),
    state: jsonb('state').$type<HistoryState>().notNull(),
  },
  table => [primaryKey({ name: 'value_states_pkey', columns: [table.householdId, table.day] })],
)

const amounts = (name: string) => doublePrecision(name).array().notNull()

/** The value of an account on each day of a quarter; the other numbers are sums from the first day on. Estimates in the currency of the history. */
export const accountValues = wealth.table(
  'account_values',
  {
    id: id(),
    householdId: householdId(),
    /** Null: what is on the way between two accounts. */
    accountId: uuid('account_id'),
    firstDay: date('first_day', { mode: 'string' }).notNull(),
    value: amounts('value'),
    flow: amounts('flow'),
    income: amounts('income'),
    fees: amounts('fees'),
    priceGain: amounts('price_gain'),
    currencyGain: amounts('currency_gain'),
  },
  table => [
    uniqueIndex('account_values_household').on(table.householdId, table.firstDay, table.accountId),
    index('account_values_account').on(table.accountId),
    foreignKey({
      name: 'account_values_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
  ],
)
