import { sql } from 'drizzle-orm'
import { check, date, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { oneOf } from '../columns.ts'
import { instruments } from './instruments.ts'
import { market, price } from './schema.ts'

/** `numerator` new shares for `denominator` old ones: 4 and 1 for a 4-for-1 split, 1 and 10 for a reverse one. */
export const splits = market.table(
  'splits',
  {
    instrumentId: uuid('instrument_id')
      .notNull()
      .references(() => instruments.id, { onDelete: 'cascade' }),
    exDate: date('ex_date', { mode: 'string' }).notNull(),
    numerator: integer('numerator').notNull(),
    denominator: integer('denominator').notNull(),
  },
  table => [
    primaryKey({ name: 'splits_pkey', columns: [table.instrumentId, table.exDate] }),
    check(
      'splits_ratio',
      sql`${table.numerator} between 1 and 1000000 and ${table.denominator} between 1 and 1000000 and ${table.numerator} <> ${table.denominator}`,
    ),
  ],
)

export const dividendKinds = ['regular', 'special', 'return_of_capital'] as const

/** Cash per share as it was paid: not adjusted for later splits. */
export const dividends = market.table(
  'dividends',
  {
    instrumentId: uuid('instrument_id')
      .notNull()
      .references(() => instruments.id, { onDelete: 'cascade' }),
    exDate: date('ex_date', { mode: 'string' }).notNull(),
    kind: text('kind', { enum: dividendKinds }).notNull().default('regular'),
    amount: price('amount').notNull(),
    recordDate: date('record_date', { mode: 'string' }),
    payDate: date('pay_date', { mode: 'string' }),
  },
  table => [
    primaryKey({ name: 'dividends_pkey', columns: [table.instrumentId, table.exDate, table.kind] }),
    check('dividends_kind_known', oneOf(table.kind, dividendKinds)),
    check('dividends_amount_positive', sql`${table.amount} > 0`),
  ],
)
