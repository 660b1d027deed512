import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, type Transaction } from '../../db/database.ts'
import { readDividendEvents } from '../../db/queries/market/adjustments.ts'
import { refreshRollups, removeBars } from '../../db/queries/market/bar-store.ts'
import { readBars, readBarsOfMany, readResampledBars } from '../../db/queries/market/bars.ts'
import { readColumns } from '../../db/queries/market/columns.ts'
import { findGaps } from '../../db/queries/market/gaps.ts'
import { readLatestBars } from '../../db/queries/market/latest-bars.ts'
import { readRollups } from '../../db/queries/market/rollups.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { compressBars, makeSeries, storeBars } from './market-store.ts'

const database = await createTestDatabase()
const operator = database.connect('nestegg_operator')
const administrator = database.connect('postgres')
const reader = openDatabase(database.connect('nestegg_operator'))
afterAll(() => database.drop())

/** The middle of each month of 2016 to 2025. */
const months = Array.from({ length: 120 }, (_, index) => new Date(Date.UTC(2016, index, 15)).toISOString())
const bar = { open: '10', high: '11', low: '9.5', close: '10.25', volume: '100' }

let [minutes, days]: [number, number] = [0, 0]
beforeAll(async () => {
  ;[minutes, days] = (await makeSeries(operator, [
    { symbol: 'MIN', timeframe: '1m' },
    { symbol: 'DAY', timeframe: '1d' },
  ])) as [number, number]
  await makeSeries(
    operator,
    Array.from({ length: 60 }, (_, index) => ({ symbol: `OTHER${index}`, timeframe: '1m' })),
  )
  await operator`insert into market.dividends (instrument_id, ex_date, amount) select id, '2021-04-20', 0.1 from market.instruments where symbol = 'DAY'`
})

const fill = async (compressedUntil: string | undefined) => {
  await administrator`truncate market.bars, market.compressed_bars, market.latest_bars, market.bar_rollups, market.stale_ranges`
  await operator`select market.make_bar_partition(month) from unnest(${`{${months.join()}}`}::timestamptz[]) as month`
  await storeBars(
    operator,
    months.flatMap(time => [minutes, days].map(seriesId => ({ seriesId, time, ...bar }))),
  )
  if (compressedUntil) await compressBars(operator, compressedUntil)
  // Bars of other series, so that PostgreSQL does not choose to read the whole table.
  await administrator`
    insert into market.compressed_bars
    select (jsonb_populate_record(c, jsonb_build_object('series_id', s.id))).* from market.compressed_bars c, market.series s
    where c.series_id = ${minutes} and s.id not in (${minutes}, ${days})`
  await administrator`analyze market.bars`
  await administrator`analyze market.compressed_bars`
}

interface Touched {
  /** The months of the partitions read, `YYYY-MM`; without the default partition, which is always read. */
  readonly months: string[]
  readonly chunks: number
}

/** By table: how often this session has scanned it, also within functions, and how many rows it read. */
const counts = async (transaction: Transaction) => {
  const rows = await transaction.execute<{ name: string; scans: number; fetched: number }>(sql`
    select relname as name, (seq_scan + coalesce(idx_scan, 0))::integer as scans, (seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as fetched
    from pg_stat_xact_all_tables where schemaname = 'market'`)
  return new Map(rows.map(row => [row.name, row]))
}

/** The tables and rows that PostgreSQL read while `work` ran. */
const touchedBy = (work: (transaction: Transaction) => Promise<unknown>): Promise<Touched> =>
  reader.transaction(async transaction => {
    const before = await counts(transaction)
    await work(transaction)
    const after = await counts(transaction)
    const scanned = [...after.values()].filter(({ name, scans }) => scans > (before.get(name)?.scans ?? 0)).map(({ name }) => name)
    const fetched = (of: typeof before) => of.get('compressed_bars')?.fetched ?? 0
    return {
      months: scanned.flatMap(name => /^bars_(\d{4})(\d\d)01$/.exec(name)?.slice(1).join('-') ?? []).toSorted(),
      chunks: fetched(after) - fetched(before),
    }
  })

/** Rows at the ends of an index, which the planner reads for its estimates. */
const plannersLooks = 2

const [from, until] = ['2021-04-01T00:00:00Z', '2021-06-01T00:00:00Z']
const range = (seriesId: number) => ({ seriesId, from, until })
const rollupsOf = (seriesId: number) => ({
  seriesIds: [seriesId],
  period: 'month' as const,
  from: '2021-04-01',
  until: '2021-06-01',
  limit: 100,
  after: undefined,
})

/** By name: a query for April and May 2021, and its series. */
const queries: [string, (transaction: Transaction) => Promise<unknown>, 'minutes' | 'days'][] = [
  ['a page of bars', transaction => readBars(transaction, range(minutes), '1m', 100), 'minutes'],
  ['the same of days', transaction => readBars(transaction, range(days), '1d', 100), 'days'],
  ['several symbols', transaction => readBarsOfMany(transaction, { seriesIds: [minutes], from, until }, 100), 'minutes'],
  [
    'resampled bars',
    transaction => readResampledBars(transaction, range(minutes), { from: '1m', to: { unit: 'day', count: 1 } }, 100),
    'minutes',
  ],
  ['columns for indicators', transaction => readColumns(transaction, range(minutes), 100), 'minutes'],
]

describe.each([
  ['plain', undefined],
  ['compressed', '2026-01-01'],
])('of ten years of %s bars, a query for two months', (_, compressedUntil) => {
  beforeAll(() => fill(compressedUntil))

  it.each(queries)('reads only those months: %s', async (__, work, series) => {
    // The query before it finds how far to read.
    const rounds = 2
    const touched = await touchedBy(work)
    expect(touched.months).toEqual(['2021-04', '2021-05'])
    expect(touched.chunks).toBeLessThanOrEqual(
      compressedUntil === undefined ? 0 : rounds * (plannersLooks + (series === 'minutes' ? 2 : 1)),
    )
  })

  it('for gaps, dividends or rollups reads at most the neighbouring months too, and for gaps the first month', async () => {
    const near = new Set([months[0]!.slice(0, 7), '2021-03', '2021-04', '2021-05', '2021-06'])
    const works = [
      (transaction: Transaction) => findGaps(transaction, { seriesId: minutes, from: '2021-04-01', until: '2021-06-01', limit: 100 }),
      (transaction: Transaction) => readDividendEvents(transaction, days),
      (transaction: Transaction) => readRollups(transaction, rollupsOf(minutes)),
    ]
    for (const work of works) {
      const touched = await touchedBy(work)
      expect(touched.months.filter(month => !near.has(month))).toEqual([])
      // For gaps the first chunk too, for dividends the chunks of both timeframes.
      expect(touched.chunks).toBeLessThanOrEqual(compressedUntil === undefined ? 0 : plannersLooks + 7)
    }
  })

  it('reads no bars for refreshed rollups and for the latest bars', async () => {
    await reader.transaction(refreshRollups)
    const nothing = { months: [], chunks: 0 }
    expect(await touchedBy(transaction => readRollups(transaction, rollupsOf(minutes)))).toEqual(nothing)
    const latest = { timeframe: '1m' as const, symbols: undefined, after: undefined, limit: 10 }
    expect(await touchedBy(transaction => readLatestBars(transaction, latest))).toEqual(nothing)
  })
})

describe('a change within ten years', () => {
  beforeEach(() => fill('2026-01-01'))
  const late = (time: string) =>
    sql`select market.store_bars(${`{${minutes}}`}::int[], ${`{${time}}`}::timestamptz[], '{10}', '{11}', '{9}', '{10}', '{1}', null, null, null, null, null, null)`

  it('reopens the month of a late bar without reading another month', async () => {
    const touched = await touchedBy(transaction => transaction.execute(late('2021-04-15T00:00:00Z')))
    expect(touched.months).toEqual(['2021-04'])
    // The chunk is found, locked, read and removed.
    expect(touched.chunks).toBeLessThanOrEqual(4 * (plannersLooks + 1))
  })

  it('refreshes the rollups of one month from that month only', async () => {
    await reader.transaction(refreshRollups)
    await reader.transaction(transaction => transaction.execute(late('2021-04-15T00:00:00Z')))
    const touched = await touchedBy(refreshRollups)
    expect(touched.months.every(month => ['2021-03', '2021-04', '2021-05'].includes(month))).toBe(true)
    expect(touched.chunks).toBeLessThanOrEqual(plannersLooks + 4)
  })

  it('removes a range by reading only its months', async () => {
    const touched = await touchedBy(transaction => removeBars(transaction, range(minutes)))
    expect(touched.months).toEqual(['2021-04', '2021-05'])
    expect(touched.chunks).toBeLessThanOrEqual(plannersLooks + 2 + 2 * 3 * (plannersLooks + 1))
  })
})
