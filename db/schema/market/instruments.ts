import { sql } from 'drizzle-orm'
import {
  boolean,
  char,
  check,
  date,
  index,
  integer,
  jsonb,
  numeric,
  primaryKey,
  smallint,
  text,
  time,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, stamps } from '../columns.ts'
import { market } from './market.ts'

/** Prices keep 8 decimals, 10 digits before them. */
export const price = (name: string) => numeric(name, { precision: 18, scale: 8 })

/** A trading venue and its calendar: its timezone decides which day, week and month a bar belongs to. */
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
    /** Local time; both null where it trades round the clock. */
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

/** Days on which an exchange is closed, or closes early. */
export const exchangeHolidays = market.table(
  'exchange_holidays',
  {
    exchangeCode: text('exchange_code')
      .notNull()
      .references(() => exchanges.code, { onDelete: 'cascade' }),
    date: date('date', { mode: 'string' }).notNull(),
    name: text('name').notNull(),
    /** Local time of an early close; null where it does not open at all. */
    closesAt: time('closes_at'),
  },
  table => [primaryKey({ name: 'exchange_holidays_pkey', columns: [table.exchangeCode, table.date] })],
)

export const instrumentTypes = [
  'stock',
  'bond',
  'etf',
  'mutual_fund',
  'option',
  'future',
  'crypto',
  'commodity',
  'real_estate',
  'other',
] as const

/** What can be held or followed. Its symbol may change, its id never does. */
export const instruments = market.table(
  'instruments',
  {
    id: id(),
    symbol: text('symbol').notNull(),
    name: text('name').notNull(),
    type: text('type', { enum: instrumentTypes }).notNull(),
    exchangeCode: text('exchange_code')
      .notNull()
      .references(() => exchanges.code),
    /** ISO 4217. */
    currency: char('currency', { length: 3 }).notNull(),
    sector: text('sector'),
    industry: text('industry'),
    /** ISO 3166-1 alpha-2. */
    country: char('country', { length: 2 }),
    price: price('price'),
    priceDate: date('price_date', { mode: 'string' }),
    marketCap: numeric('market_cap', { precision: 20, scale: 2 }),
    priceEarningsRatio: numeric('price_earnings_ratio', { precision: 14, scale: 4 }),
    /** A fraction a year. */
    dividendYield: numeric('dividend_yield', { precision: 9, scale: 6 }),
    /** A fraction a year. */
    expenseRatio: numeric('expense_ratio', { precision: 9, scale: 6 }),
    fundamentals: jsonb('fundamentals').$type<Record<string, unknown>>().notNull().default({}),
    isActive: boolean('is_active').notNull().default(true),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('instruments_symbol_key').on(table.symbol),
    index('instruments_type_exchange').on(table.type, table.exchangeCode),
    index('instruments_sector_industry').on(table.sector, table.industry),
    index('instruments_exchange').on(table.exchangeCode),
    index('instruments_fundamentals').using('gin', table.fundamentals.op('jsonb_path_ops')),
    check('instruments_symbol_form', sql`${table.symbol} ~ '^[A-Z0-9^][A-Z0-9.^=/_-]{0,19}$'`),
    check(
      'instruments_type_known',
      sql`${table.type} in ('stock', 'bond', 'etf', 'mutual_fund', 'option', 'future', 'crypto', 'commodity', 'real_estate', 'other')`,
    ),
    check('instruments_currency_iso', sql`${table.currency} ~ '^[A-Z]{3}$'`),
    check('instruments_country_iso', sql`${table.country} ~ '^[A-Z]{2}$'`),
    check('instruments_price_positive', sql`${table.price} > 0`),
    check('instruments_market_cap_not_negative', sql`${table.marketCap} >= 0`),
    check('instruments_dividend_yield_not_negative', sql`${table.dividendYield} >= 0`),
    check('instruments_expense_ratio', sql`${table.expenseRatio} >= 0 and ${table.expenseRatio} < 1`),
  ],
)

/** Which symbol an instrument had when: from a date on, until the day before another. */
export const symbolHistory = market.table(
  'symbol_history',
  {
    instrumentId: uuid('instrument_id')
      .notNull()
      .references(() => instruments.id, { onDelete: 'cascade' }),
    symbol: text('symbol').notNull(),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    /** The first day on which it no longer held; null for the current symbol. */
    validUntil: date('valid_until', { mode: 'string' }),
  },
  table => [
    primaryKey({ name: 'symbol_history_pkey', columns: [table.instrumentId, table.validFrom] }),
    index('symbol_history_symbol').on(table.symbol, table.validFrom),
    uniqueIndex('symbol_history_current_key').on(table.instrumentId).where(sql`${table.validUntil} is null`),
    check('symbol_history_period', sql`${table.validUntil} > ${table.validFrom}`),
  ],
)

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

/** Cash a share, in the money of the time: not adjusted for later splits. */
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
    check('dividends_kind_known', sql`${table.kind} in ('regular', 'special', 'return_of_capital')`),
    check('dividends_amount_positive', sql`${table.amount} > 0`),
  ],
)

export const marketCaps = market.table(
  'market_caps',
  {
    instrumentId: uuid('instrument_id')
      .notNull()
      .references(() => instruments.id, { onDelete: 'cascade' }),
    date: date('date', { mode: 'string' }).notNull(),
    marketCap: numeric('market_cap', { precision: 20, scale: 2 }).notNull(),
  },
  table => [
    primaryKey({ name: 'market_caps_pkey', columns: [table.instrumentId, table.date] }),
    check('market_caps_not_negative', sql`${table.marketCap} >= 0`),
  ],
)

/** One unit of `base` costs `rate` units of `quote`. */
export const fxRates = market.table(
  'fx_rates',
  {
    base: char('base', { length: 3 }).notNull(),
    quote: char('quote', { length: 3 }).notNull(),
    date: date('date', { mode: 'string' }).notNull(),
    rate: numeric('rate', { precision: 20, scale: 10 }).notNull(),
    source: text('source'),
  },
  table => [
    primaryKey({ name: 'fx_rates_pkey', columns: [table.base, table.quote, table.date] }),
    check('fx_rates_pair', sql`${table.base} ~ '^[A-Z]{3}$' and ${table.quote} ~ '^[A-Z]{3}$' and ${table.base} <> ${table.quote}`),
    check('fx_rates_positive', sql`${table.rate} > 0`),
  ],
)

export const benchmarkTypes = ['index', 'blend', 'peer_group', 'custom'] as const

/** What a portfolio is measured against: an index that is quoted, or a blend of instruments. */
export const benchmarks = market.table(
  'benchmarks',
  {
    id: id(),
    symbol: text('symbol').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    type: text('type', { enum: benchmarkTypes }).notNull(),
    category: text('category').notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    /** Symbols and their shares, which sum to one. */
    composition: jsonb('composition').$type<readonly { readonly symbol: string; readonly weight: string }[]>().notNull().default([]),
    isActive: boolean('is_active').notNull().default(true),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('benchmarks_symbol_key').on(table.symbol),
    index('benchmarks_type_category').on(table.type, table.category),
    check('benchmarks_type_known', sql`${table.type} in ('index', 'blend', 'peer_group', 'custom')`),
    check('benchmarks_currency_iso', sql`${table.currency} ~ '^[A-Z]{3}$'`),
    check('benchmarks_composition_is_list', sql`jsonb_typeof(${table.composition}) = 'array'`),
  ],
)
