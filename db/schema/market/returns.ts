import { sql } from 'drizzle-orm'
import { char, check, integer, numeric, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, stamps } from '../columns.ts'
import { market } from './schema.ts'

/** One imported dataset of historical annual returns. It is never changed: a corrected file becomes a new version. */
export const returnDatasets = market.table(
  'return_datasets',
  {
    id: id(),
    name: text('name').notNull(),
    version: integer('version').notNull(),
    source: text('source').notNull(),
    series: text('series').array().notNull(),
    firstYear: smallint('first_year').notNull(),
    lastYear: smallint('last_year').notNull(),
    /** SHA-256 of the canonical content, so that the same file is imported once. */
    contentHash: char('content_hash', { length: 64 }).notNull(),
    ...stamps(),
  },
  table => [
    uniqueIndex('return_datasets_name_version_key').on(table.name, table.version),
    uniqueIndex('return_datasets_name_content_key').on(table.name, table.contentHash),
    check('return_datasets_years', sql`${table.firstYear} between 1600 and 2200 and ${table.lastYear} between ${table.firstYear} and 2200`),
  ],
)

/** Total returns (or inflation) by calendar year, as fractions: 0.05 is five percent. */
export const annualReturns = market.table(
  'annual_returns',
  {
    datasetId: uuid('dataset_id')
      .notNull()
      .references(() => returnDatasets.id, { onDelete: 'cascade' }),
    series: text('series').notNull(),
    year: smallint('year').notNull(),
    value: numeric('value', { precision: 18, scale: 14 }).notNull(),
  },
  table => [
    primaryKey({ name: 'annual_returns_pkey', columns: [table.datasetId, table.series, table.year] }),
    check('annual_returns_above_total_loss', sql`${table.value} > -1`),
  ],
)
