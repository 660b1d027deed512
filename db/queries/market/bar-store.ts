import { sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import type { BarRange } from './bars.ts'

/** Drizzle returns JSON as text. */
const parsed = <Document>(document: Document | string): Document =>
  typeof document === 'string' ? (JSON.parse(document) as Document) : document

/** Makes partitions in advance and for bars in the default partition; drops empty ones. Returns the names of those made and dropped. */
export const makeBarPartitions = async (transaction: Transaction): Promise<{ made: string[]; dropped: string[] }> => {
  const [row] = await transaction.execute<{ result: { made: string[]; dropped: string[] } | string }>(
    sql`select market.make_bar_partitions() as result`,
  )
  return parsed(row!.result)
}

/** No further part of the work begins after this: a function is stopped after 15 minutes, and its transaction is rolled back. */
const deadline = sql`now() + interval '5 minutes'`

/**
 * Compresses bars before the month of a date, by default before the months that the settings keep uncompressed; oldest first, and only
 * a part if there is much to do. Returns how many bars moved.
 */
export const compressBars = async (transaction: Transaction, before?: string): Promise<number> => {
  const [row] = await transaction.execute<{ moved: string }>(sql`
    select market.compress_bars(coalesce(${before ?? null}::date,
      (date_trunc('month', now() at time zone 'UTC') - make_interval(months => compress_after_months))::date), ${deadline}) as moved
    from market.bar_settings`)
  return Number(row!.moved)
}

/** Refreshes the rollups of changed ranges, or of some of them if there are many. Returns how many changed ranges it settled. */
export const refreshRollups = async (transaction: Transaction): Promise<number> => {
  const [row] = await transaction.execute<{ settled: number }>(sql`select market.refresh_rollups(${deadline}) as settled`)
  return row!.settled
}

export interface ExpiredBars {
  readonly timeframe: string
  /** Older bars are not kept. */
  readonly cutoff: string
  readonly bars: number
}

/** How many bars retention would remove now, by timeframe. Timeframes that are kept forever are left out. */
export const readExpiredBars = async (transaction: Transaction): Promise<ExpiredBars[]> => {
  const rows = await transaction.execute<{ timeframe: string; cutoff: string; bars: string }>(
    sql`select timeframe, cutoff::date::text as cutoff, bar_count as bars from market.expired_bars()`,
  )
  return rows.map(row => ({ ...row, bars: Number(row.bars) }))
}

/** Removes bars that have expired. Returns how many, by timeframe, and the names of the partitions dropped. */
export const applyBarRetention = async (transaction: Transaction): Promise<{ removed: Record<string, number>; dropped: string[] }> => {
  const [row] = await transaction.execute<{ result: { removed: Record<string, number>; dropped: string[] } | string }>(
    sql`select market.apply_bar_retention() as result`,
  )
  return parsed(row!.result)
}

/** Removes the bars of a range. Returns how many. */
export const removeBars = async (transaction: Transaction, { from, seriesId, until }: BarRange): Promise<number> => {
  const [row] = await transaction.execute<{ removed: number }>(
    sql`select market.remove_bars(${seriesId}, ${from}::timestamptz, ${until}::timestamptz) as removed`,
  )
  return row!.removed
}

export interface BarStoreStatus {
  readonly plainBars: number
  readonly plainBytes: number
  readonly partitions: number
  readonly strayBars: number
  readonly compressedBars: number
  readonly compressedBytes: number
  readonly chunks: number
  readonly rollups: number
  readonly rollupBytes: number
  readonly staleRanges: number
}

/** How many bars are stored, and their size in bytes, including indexes. */
export const readBarStoreStatus = async (transaction: Transaction): Promise<BarStoreStatus> => {
  const [row] = await transaction.execute<Record<keyof BarStoreStatus, string>>(sql`
    select (select count(*) from market.bars) as "plainBars", (select sum(size_bytes) from market.bar_partitions) as "plainBytes",
      (select count(*) from market.bar_partitions where lower_bound is not null) as partitions,
      (select count(*) from market.bars where tableoid = (select oid from market.bar_partitions where lower_bound is null)) as "strayBars",
      (select coalesce(sum(bar_count), 0) from market.compressed_bars) as "compressedBars",
      pg_total_relation_size('market.compressed_bars') as "compressedBytes", (select count(*) from market.compressed_bars) as chunks,
      (select count(*) from market.bar_rollups) as rollups, pg_total_relation_size('market.bar_rollups') as "rollupBytes",
      (select count(*) from market.stale_ranges) as "staleRanges"`)
  return Object.fromEntries(Object.entries(row!).map(([name, value]) => [name, Number(value)])) as unknown as BarStoreStatus
}
