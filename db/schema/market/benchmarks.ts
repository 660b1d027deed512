import { sql } from 'drizzle-orm'
import { boolean, char, check, date, index, integer, jsonb, numeric, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, oneOf, stamps } from '../columns.ts'
import { market } from './schema.ts'

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

/** A measure with which a portfolio is compared: a quoted index, or a blend of instruments. */
export const benchmarks = market.table(
  'benchmarks',
  {
    id: id(),
    symbol: text('symbol').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    benchmarkType: text('benchmark_type', { enum: benchmarkTypes }).notNull(),
    category: text('category').notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    /** Symbols and their weights, which add up to one. */
    composition: jsonb('composition').$type<readonly { readonly symbol: string; readonly weight: string }[]>().notNull().default([]),
    isActive: boolean('is_active').notNull().default(true),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('benchmarks_symbol_key').on(table.symbol),
    index('benchmarks_type_category').on(table.benchmarkType, table.category),
    check('benchmarks_type_known', oneOf(table.benchmarkType, benchmarkTypes)),
    check('benchmarks_currency_iso', sql`${table.currency} ~ '^[A-Z]{3}$'`),
    check('benchmarks_composition_is_list', sql`jsonb_typeof(${table.composition}) = 'array'`),
  ],
)
