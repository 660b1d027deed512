import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, numeric, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { id, instant, stamps } from '../columns.ts'
import { market } from './schema.ts'
import { barFields, series } from './series.ts'

/** A price file that changed bars or corporate actions. It can be undone while its row is kept. */
export const priceFiles = market.table(
  'price_files',
  {
    id: id(),
    /** The name of the file; null for pasted rows. */
    fileName: text('file_name'),
    /** How many bars the file has. */
    receivedCount: integer('received_count').notNull(),
    /** How many of them were new or changed. */
    storedCount: integer('stored_count').notNull(),
    /** How many of these took the place of other prices. */
    replacedCount: integer('replaced_count').notNull(),
    /** The rows of dividends and splits that the file added, and those that it removed for them. */
    actions: jsonb('actions').$type<unknown>().notNull(),
    actionCount: integer('action_count').notNull(),
    undoneAt: instant('undone_at'),
    ...stamps(),
  },
  table => [
    index('price_files_created').on(table.createdAt),
    check('price_files_counts', sql`${table.receivedCount} >= ${table.storedCount} and ${table.storedCount} >= ${table.replacedCount}`),
  ],
)

const fileId = () =>
  uuid('file_id')
    .notNull()
    .references(() => priceFiles.id, { onDelete: 'cascade' })
const seriesId = () =>
  integer('series_id')
    .notNull()
    .references(() => series.id, { onDelete: 'cascade' })

/** Which bars of a series a price file stored. Its rows go when the file is undone. */
export const priceFileSeries = market.table(
  'price_file_series',
  {
    fileId: fileId(),
    seriesId: seriesId(),
    barCount: integer('bar_count').notNull(),
    // Apart from `times`, which can be megabytes: a condition that read its ends would unpack all of it for each bar.
    firstTime: instant('first_time').notNull(),
    lastTime: instant('last_time').notNull(),
    /** In ascending order. */
    times: timestamp('times', { withTimezone: true, mode: 'string' }).array().notNull(),
    /** The sum of market.bar_hash of the bars as they were stored. */
    checksum: numeric('checksum').notNull(),
  },
  table => [
    primaryKey({ name: 'price_file_series_pkey', columns: [table.fileId, table.seriesId] }),
    index('price_file_series_series').on(table.seriesId),
  ],
)

/** The bars that a price file replaced, as they were before it. */
export const replacedBars = market.table(
  'replaced_bars',
  {
    fileId: fileId(),
    seriesId: seriesId(),
    ...barFields(),
  },
  table => [
    primaryKey({ name: 'replaced_bars_pkey', columns: [table.fileId, table.seriesId, table.time] }),
    index('replaced_bars_series').on(table.seriesId),
  ],
)
