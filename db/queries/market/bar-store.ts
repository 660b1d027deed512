import { sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import type { BarRange } from './bars.ts'

/** Drizzle returns JSON as text. */
const parsed = <Document>(document: Document | string): Document =>
  typeof document === 'string' ? (JSON.parse(document) as Document) : document

interface BarPartitions {
  readonly made: string[]
  readonly dropped: string[]
}

/** Runs work in a transaction of its own. */
export type InStep = <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>

/**
 * Makes partitions in advance and for bars in the default partition; drops empty ones. Works in many short transactions, because queries of
 * bars wait for the end of each. Begins no further one when `goesOn` returns false. Returns the names of the partitions made and dropped.
 */
export const makeBarPartitions = async (inStep: InStep, goesOn = () => true): Promise<BarPartitions> => {
  const all: BarPartitions = { made: [], dropped: [] }
  while (goesOn()) {
    const [row] = await inStep(transaction =>
      transaction.execute<{ result: BarPartitions | string }>(
        sql`select market.make_bar_partitions('200 milliseconds') as result, pg_stat_force_next_flush()`,
      ),
    )
    const { dropped, made } = parsed(row!.result)
    if (made.length + dropped.length === 0) break
    all.made.push(...made)
    all.dropped.push(...dropped)
  }
  return all
}

export interface Compression {
  /** How many bars were compressed. */
  readonly moved: number
  /** How many parts of the work were not begun. */
  readonly left: number
}

/**
 * Compresses bars before the month of a date, by default before the months that the settings keep uncompressed; oldest first. Each part,
 * about 250,000 bars of a month or year, has its own transaction, which `record` may write to. Begins no further part when `goesOn` returns
 * false.
 */
export const compressBars = async (
  inStep: InStep,
  options: {
    readonly before?: string | undefined
    readonly goesOn?: () => boolean
    readonly record: (transaction: Transaction, soFar: Compression) => Promise<void>
  },
): Promise<Compression> => {
  const { before, goesOn = () => true, record } = options
  const spans = await inStep(transaction =>
    transaction.execute<{ first: string; end: string; series: string; before: string }>(sql`
      select first_moment::text as first, chunk_end::text as "end", of_series::text as series, before::text
      from (select coalesce(${before ?? null}::date, (date_trunc('month', now() at time zone 'UTC') - make_interval(months => compress_after_months))::date) as before
        from market.bar_settings) settings cross join lateral market.compressible_spans(before)`),
  )
  let soFar: Compression = { moved: 0, left: spans.length }
  for (const span of spans) {
    if (!goesOn()) break
    soFar = await inStep(async transaction => {
      const [row] = await transaction.execute<{ moved: string }>(
        sql`select market.compress_span(${span.first}::timestamptz, ${span.end}::date, ${span.series}::integer[], ${span.before}::date) as moved`,
      )
      const next = { moved: soFar.moved + Number(row!.moved), left: soFar.left - 1 }
      await record(transaction, next)
      return next
    })
  }
  return soFar
}

/** No further part of the work begins after this: a function is stopped after 15 minutes, and its transaction is rolled back. */
const deadline = sql`now() + interval '5 minutes'`

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

interface RemovedBars {
  readonly removed: Record<string, number>
  readonly dropped: string[]
}

/**
 * Removes bars that have expired, each step in a transaction of its own: a partition, or the bars of a timeframe. Begins no further step when
 * `goesOn` returns false. Returns how many bars it removed, by timeframe, and the names of the partitions dropped.
 */
export const applyBarRetention = async (inStep: InStep, goesOn = () => true): Promise<RemovedBars> => {
  const all: RemovedBars = { removed: {}, dropped: [] }
  while (goesOn()) {
    const [row] = await inStep(transaction =>
      transaction.execute<{ result: RemovedBars | string }>(sql`select market.apply_bar_retention() as result`),
    )
    const { dropped, removed } = parsed(row!.result)
    if (Object.keys(removed).length + dropped.length === 0) break
    for (const [timeframe, bars] of Object.entries(removed)) all.removed[timeframe] = (all.removed[timeframe] ?? 0) + bars
    all.dropped.push(...dropped)
  }
  return all
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
