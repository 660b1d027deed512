import { sql } from 'drizzle-orm'
import { check, date, integer, primaryKey, smallint, text, time } from 'drizzle-orm/pg-core'
import { stamps } from '../columns.ts'
import { market } from './schema.ts'

/** A trading venue and its calendar. Its timezone decides to which day, week and month a bar belongs. */
export const exchanges = market.table(
  'exchanges',
  {
    /** ISO 10383 market identifier code. */
    code: text('code').primaryKey(),
    name: text('name').notNull(),
    /** IANA name. */
    timezone: text('timezone').notNull(),
    /** ISO 8601 weekday: 1 is Monday. */
    weekStartsOn: smallint('week_starts_on').notNull().default(1),
    /** ISO 8601 weekdays on which it trades. */
    tradingDays: smallint('trading_days').array().notNull().default([1, 2, 3, 4, 5]),
    /** Local time; both are null if it trades around the clock. */
    opensAt: time('opens_at'),
    closesAt: time('closes_at'),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    check('exchanges_code_form', sql`${table.code} ~ '^[A-Z0-9]{4}$'`),
    check('exchanges_week_starts_on', sql`${table.weekStartsOn} between 1 and 7`),
    check('exchanges_session', sql`(${table.opensAt} is null) = (${table.closesAt} is null)`),
  ],
)

/** Days on which an exchange is closed or closes early. */
export const exchangeHolidays = market.table(
  'exchange_holidays',
  {
    exchangeCode: text('exchange_code')
      .notNull()
      .references(() => exchanges.code, { onDelete: 'cascade' }),
    date: date('date', { mode: 'string' }).notNull(),
    name: text('name').notNull(),
    /** Local time of an early close; null if the exchange is closed all day. */
    closesAt: time('closes_at'),
  },
  table => [primaryKey({ name: 'exchange_holidays_pkey', columns: [table.exchangeCode, table.date] })],
)
