import { bigint, date, primaryKey, text } from 'drizzle-orm/pg-core'
import { market } from './schema.ts'

const revision = () => bigint('revision', { mode: 'number' }).notNull()

/** How often the daily bars of a series, or the exchange rates, have changed. One transaction at a time changes a row, so a higher number is committed later. */
export const priceRevisions = market.table('price_revisions', {
  /** `series` and its id, or `rates`. */
  source: text('source').primaryKey(),
  revision: revision(),
})

/** The first day that each of the latest revisions has changed. */
export const priceChanges = market.table(
  'price_changes',
  {
    source: text('source').notNull(),
    revision: revision(),
    firstDay: date('first_day', { mode: 'string' }).notNull(),
  },
  table => [primaryKey({ name: 'price_changes_pkey', columns: [table.source, table.revision] })],
)
