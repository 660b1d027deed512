import { sql } from 'drizzle-orm'
import { boolean, char, check, date, index, integer, jsonb, numeric, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, oneOf, stamps } from '../columns.ts'
import { exchanges } from './exchanges.ts'
import { market, price } from './schema.ts'

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
  'index',
  'fx',
  'other',
] as const

/** A security, fund, coin or other asset that can be held or followed. Its symbol may change, its id never does. */
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
    currentPrice: price('current_price'),
    priceDate: date('price_date', { mode: 'string' }),
    marketCap: numeric('market_cap', { precision: 20, scale: 2 }),
    peRatio: numeric('pe_ratio', { precision: 14, scale: 4 }),
    /** A fraction per year. */
    dividendYield: numeric('dividend_yield', { precision: 9, scale: 6 }),
    /** A fraction per year. */
    expenseRatio: numeric('expense_ratio', { precision: 9, scale: 6 }),
    /** Of a fund: the asset classes in it and their weights. What is missing to 1 is not known. */
    composition: jsonb('composition').$type<readonly { readonly key: string; readonly weight: string }[]>().notNull().default([]),
    /** The day for which the composition was published. */
    compositionDate: date('composition_date', { mode: 'string' }),
    fundamentals: jsonb('fundamentals').$type<Record<string, unknown>>().notNull().default({}),
    /** Prices of zero or less are possible, as of an oil future in April 2020. */
    allowsNegativePrices: boolean('allows_negative_prices').notNull().default(false),
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
    check('instruments_symbol_form', sql`${table.symbol} ~ '^[A-Z0-9^][A-Z0-9.^=/_&!:-]{0,31}$'`),
    check('instruments_type_known', oneOf(table.type, instrumentTypes)),
    check('instruments_currency_iso', sql`${table.currency} ~ '^[A-Z]{3}$'`),
    check('instruments_country_iso', sql`${table.country} ~ '^[A-Z]{2}$'`),
    check('instruments_current_price_positive', sql`${table.currentPrice} > 0 or ${table.allowsNegativePrices}`),
    check('instruments_market_cap_not_negative', sql`${table.marketCap} >= 0`),
    check('instruments_dividend_yield_not_negative', sql`${table.dividendYield} >= 0`),
    check('instruments_composition_is_list', sql`jsonb_typeof(${table.composition}) = 'array'`),
    check('instruments_expense_ratio', sql`${table.expenseRatio} >= 0 and ${table.expenseRatio} < 1`),
  ],
)

/** The symbols that an instrument has had, each from `validFrom` to the day before `validUntil`. */
export const symbolHistory = market.table(
  'symbol_history',
  {
    instrumentId: uuid('instrument_id')
      .notNull()
      .references(() => instruments.id, { onDelete: 'cascade' }),
    symbol: text('symbol').notNull(),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    /** The first day on which the symbol was no longer valid; null for the current symbol. */
    validUntil: date('valid_until', { mode: 'string' }),
  },
  table => [
    primaryKey({ name: 'symbol_history_pkey', columns: [table.instrumentId, table.validFrom] }),
    index('symbol_history_symbol').on(table.symbol, table.validFrom),
    uniqueIndex('symbol_history_current_key').on(table.instrumentId).where(sql`${table.validUntil} is null`),
    check('symbol_history_period', sql`${table.validUntil} > ${table.validFrom}`),
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
