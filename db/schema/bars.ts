import { bigint, integer, jsonb } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { price } from './instruments.ts'
import { market } from './market.ts'
import { volume } from './series.ts'

/**
 * Bars as they come in, partitioned by time, which drizzle-kit cannot express: the table is made by a hand-written migration, and
 * declared here for queries. Closed months move to compressed_bars; market.all_bars reads both.
 */
export const bars = market.table('bars', {
  seriesId: integer('series_id').notNull(),
  time: instant('time').notNull(),
  open: price('open').notNull(),
  high: price('high').notNull(),
  low: price('low').notNull(),
  close: price('close').notNull(),
  volume: volume('volume').notNull(),
  vwap: price('vwap'),
  tradeCount: bigint('trade_count', { mode: 'bigint' }),
  bid: price('bid'),
  ask: price('ask'),
  spread: price('spread'),
  additionalData: jsonb('additional_data').$type<Record<string, unknown>>(),
})
