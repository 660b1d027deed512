import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  numeric,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant, oneOf } from '../columns.ts'
import { instruments } from './instruments.ts'
import { market, price } from './schema.ts'

const wide = (name: string) => bigint(name, { mode: 'bigint' })
/** Volumes of indices exceed ten billion; those of coins have 8 decimals. */
export const volume = (name: string) => numeric(name, { precision: 24, scale: 8 })

/** The possible lengths of a bar, and how long bars of each length are kept. */
export const timeframes = market.table(
  'timeframes',
  {
    timeframe: text('timeframe').primaryKey(),
    seconds: integer('seconds').notNull(),
    /** True for a day or longer: the time of a bar is the exchange's date at 00:00 UTC. */
    isDated: boolean('is_dated').notNull(),
    /** Calendar months in one compressed row: a row per month would be wasteful for few bars. */
    chunkMonths: smallint('chunk_months').notNull(),
    /** Null: forever. */
    retainMonths: integer('retain_months'),
  },
  table => [
    check('timeframes_chunk_months', sql`${table.chunkMonths} in (1, 12)`),
    check('timeframes_retain_months', sql`${table.retainMonths} > 0`),
  ],
)

export const partitionIntervals = ['week', 'month', 'quarter', 'year'] as const

/** The one row of settings of the bar store. */
export const barSettings = market.table(
  'bar_settings',
  {
    isOnly: boolean('is_only').primaryKey().default(true),
    partitionInterval: text('partition_interval', { enum: partitionIntervals }).notNull().default('month'),
    partitionsAhead: smallint('partitions_ahead').notNull().default(3),
    /** How many full months before the current one stay uncompressed. */
    compressAfterMonths: smallint('compress_after_months').notNull().default(1),
  },
  table => [
    check('bar_settings_one_row', sql`${table.isOnly}`),
    check('bar_settings_interval_known', oneOf(table.partitionInterval, partitionIntervals)),
    check('bar_settings_partitions_ahead', sql`${table.partitionsAhead} between 1 and 120`),
    check('bar_settings_compress_after_months', sql`${table.compressAfterMonths} between 0 and 1200`),
  ],
)

/** The bars of one instrument in one timeframe. Each bar refers to both with one id of four bytes. */
export const series = market.table(
  'series',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    instrumentId: uuid('instrument_id')
      .notNull()
      .references(() => instruments.id),
    timeframe: text('timeframe')
      .notNull()
      .references(() => timeframes.timeframe),
  },
  table => [
    uniqueIndex('series_instrument_timeframe_key').on(table.instrumentId, table.timeframe),
    index('series_timeframe').on(table.timeframe),
  ],
)

const seriesId = () => integer('series_id').notNull()

/**
 * The closed months of a series: one row per month, or per year for bars of a day or longer. Values are integers scaled by a power of
 * ten, stored as differences from a nearby value, which PostgreSQL then compresses well. The view market.uncompressed_bars reads them.
 */
export const compressedBars = market.table(
  'compressed_bars',
  {
    seriesId: seriesId().references(() => series.id),
    chunkStart: date('chunk_start', { mode: 'string' }).notNull(),
    chunkEnd: date('chunk_end', { mode: 'string' }).notNull(),
    barCount: integer('bar_count').notNull(),
    firstTime: instant('first_time').notNull(),
    lastTime: instant('last_time').notNull(),
    priceScale: smallint('price_scale').notNull(),
    volumeScale: smallint('volume_scale').notNull(),
    steps: wide('steps').array().notNull(),
    gaps: smallint('gaps').array().notNull(),
    bodies: smallint('bodies').array().notNull(),
    uppers: smallint('uppers').array().notNull(),
    lowers: smallint('lowers').array().notNull(),
    volumes: smallint('volumes').array(),
    /** The parts beyond 16 bits of gaps, bodies, uppers, lowers and volumes, one after another; null if all are zero. */
    highParts: wide('high_parts').array(),
    /** Used instead of `volumes` if a volume needs more than 18 digits. */
    wideVolumes: numeric('wide_volumes').array(),
    vwaps: wide('vwaps').array(),
    tradeCounts: wide('trade_counts').array(),
    bids: wide('bids').array(),
    asks: wide('asks').array(),
    spreads: wide('spreads').array(),
    additionalData: jsonb('additional_data').array(),
  },
  table => [
    // The key includes the chunk's end, so that the index alone finds the chunks of a range of time.
    primaryKey({ name: 'compressed_bars_pkey', columns: [table.seriesId, table.chunkStart, table.chunkEnd] }),
    index('compressed_bars_chunk_end').on(table.chunkEnd),
  ],
)

/** The columns of a bar without its series. Types are those of market.bars. */
export const barFields = () => ({
  time: instant('time').notNull(),
  open: price('open').notNull(),
  high: price('high').notNull(),
  low: price('low').notNull(),
  close: price('close').notNull(),
  volume: volume('volume'),
  vwap: price('vwap'),
  tradeCount: wide('trade_count'),
  bid: price('bid'),
  ask: price('ask'),
  spread: price('spread'),
  additionalData: jsonb('additional_data').$type<Record<string, unknown>>(),
})

/** The newest bar of each series, updated by triggers, so that thousands of symbols can be read at once without reading any partition. */
export const latestBars = market.table('latest_bars', {
  seriesId: integer('series_id')
    .primaryKey()
    .references(() => series.id),
  ...barFields(),
})

export const rollupPeriods = ['day', 'week', 'month'] as const

/** Bars of a day, week or month of the exchange's calendar, computed from the bars of a series. Up to date except in stale_ranges. */
export const barRollups = market.table(
  'bar_rollups',
  {
    seriesId: seriesId().references(() => series.id),
    period: text('period', { enum: rollupPeriods }).notNull(),
    /** The period's first day. */
    periodStart: date('period_start', { mode: 'string' }).notNull(),
    open: price('open').notNull(),
    high: price('high').notNull(),
    low: price('low').notNull(),
    close: price('close').notNull(),
    /** The sum of the volumes that are known; null if none is. */
    volume: numeric('volume'),
    /** The volume-weighted mean of the bars that have a VWAP. */
    vwap: price('vwap'),
    tradeCount: numeric('trade_count'),
    barCount: integer('bar_count').notNull(),
  },
  table => [
    primaryKey({ name: 'bar_rollups_pkey', columns: [table.period, table.seriesId, table.periodStart] }),
    check('bar_rollups_period_known', oneOf(table.period, rollupPeriods)),
  ],
)

/** The ranges of a series that changed since its rollups were computed: written with each change, deleted by the refresh. */
export const staleRanges = market.table(
  'stale_ranges',
  {
    id: wide('id').primaryKey().generatedAlwaysAsIdentity(),
    seriesId: seriesId().references(() => series.id),
    firstTime: instant('first_time').notNull(),
    lastTime: instant('last_time').notNull(),
  },
  table => [index('stale_ranges_series').on(table.seriesId)],
)
