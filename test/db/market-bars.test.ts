import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { applyBarRetention } from '../../db/queries/market/bar-store.ts'
import { partitionIntervals } from '../../db/schema/market/series.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { barOf, dates, instants, newYorkBoundaries, oldDates, sydneyBoundaries } from './market-arbitraries.ts'
import { compressBars, makeSeries, storeBars, type StoredBar } from './market-store.ts'

const database = await createTestDatabase()
const operator = database.connect('nestegg_operator')
const client = openDatabase(operator)
const owner = database.connect('nestegg_owner')
const administrator = database.connect('postgres')
afterAll(() => database.drop())

let minutes: number
let days: number
let sydney: number
beforeAll(async () => {
  ;[minutes, days] = (await makeSeries(operator, [
    { symbol: 'MIN', timeframe: '1m' },
    { symbol: 'DAY', timeframe: '1d' },
  ])) as [number, number]
  ;[sydney] = (await makeSeries(operator, [{ symbol: 'SYD', timeframe: '1h' }], {
    code: 'XASX',
    timezone: 'Australia/Sydney',
    weekStartsOn: 7,
  })) as [number]
})
beforeEach(async () => {
  await administrator`truncate market.bars, market.compressed_bars, market.latest_bars, market.bar_rollups, market.stale_ranges`
})

const everyBar = (connection = operator) => connection`
  select series_id, time::text, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data
  from market.all_bars order by series_id, time`

const unique = (bars: readonly StoredBar[]) => [...new Map(bars.map(bar => [`${bar.seriesId} ${bar.time}`, bar])).values()]
const manyBars = () =>
  fc
    .tuple(
      fc.array(barOf(minutes, fc.oneof(instants('2024-01-01', '2024-05-01'), newYorkBoundaries)), { maxLength: 25 }),
      fc.array(barOf(days, fc.oneof(dates('2022-01-01', '2024-06-01'), oldDates)), { maxLength: 25 }),
      fc.array(barOf(sydney, fc.oneof(instants('2024-01-20', '2024-04-10'), sydneyBoundaries)), { maxLength: 25 }),
    )
    .map(lists => unique(lists.flat()))

describe('compression', () => {
  it('is lossless over random months, also when later bars are compressed', async () => {
    await fc.assert(
      fc.asyncProperty(manyBars(), manyBars(), async (first, second) => {
        await administrator`truncate market.bars, market.compressed_bars, market.latest_bars, market.bar_rollups, market.stale_ranges`
        if (first.length > 0) await storeBars(operator, first)
        const before = await everyBar()
        await compressBars(operator, '2024-04-01')
        expect(await everyBar()).toEqual(before)
        if (second.length > 0) await storeBars(operator, second)
        const all = await everyBar()
        expect(all).toHaveLength(unique([...first, ...second]).length)
        await compressBars(operator, '2025-01-01')
        expect(await everyBar()).toEqual(all)
        expect(await operator`select from market.bars`).toHaveLength(0)
      }),
      { numRuns: 40 },
    )
  })

  it('holds a month of minutes and a year of days in one row each', async () => {
    const bar = { open: '10', high: '11', low: '9.5', close: '10.25', volume: '100' }
    await storeBars(operator, [
      ...['2024-01-02T14:30:00Z', '2024-01-31T23:59:00Z', '2024-02-01T00:00:00Z'].map(time => ({ seriesId: minutes, time, ...bar })),
      ...['2023-12-29T00:00:00Z', '2024-01-02T00:00:00Z', '2024-02-01T00:00:00Z'].map(time => ({ seriesId: days, time, ...bar })),
    ])
    expect(await compressBars(operator, '2024-03-01')).toBe(6)
    const rows = await operator`
      select series_id, chunk_start::text, bar_count from market.compressed_bars order by series_id, chunk_start`
    expect(rows).toEqual([
      { series_id: minutes, chunk_start: '2024-01-01', bar_count: 2 },
      { series_id: minutes, chunk_start: '2024-02-01', bar_count: 1 },
      { series_id: days, chunk_start: '2023-01-01', bar_count: 1 },
      { series_id: days, chunk_start: '2024-01-01', bar_count: 2 },
    ])
  })

  it('is undone for the month of a late bar only', async () => {
    const bar = { open: '10', high: '11', low: '9.5', close: '10.25', volume: '100' }
    const times = ['2024-01-02T14:30:00Z', '2024-01-02T14:31:00Z', '2024-02-02T14:30:00Z']
    await storeBars(
      operator,
      times.map(time => ({ seriesId: minutes, time, ...bar })),
    )
    await compressBars(operator, '2024-03-01')
    await storeBars(operator, [{ seriesId: minutes, time: '2024-01-02T14:31:00Z', ...bar, close: '10.5' }])
    expect(await operator`select chunk_start::text from market.compressed_bars`).toEqual([{ chunk_start: '2024-02-01' }])
    expect((await everyBar()).map(row => [row['time'], row['close']])).toEqual([
      ['2024-01-02 14:30:00+00', '10.25000000'],
      ['2024-01-02 14:31:00+00', '10.50000000'],
      ['2024-02-02 14:30:00+00', '10.25000000'],
    ])
    await compressBars(operator, '2024-03-01')
    expect(await operator`select from market.bars`).toHaveLength(0)
    expect(await everyBar()).toHaveLength(3)
  })

  it('keeps newer bars of its month or year plain until their month closes', async () => {
    const bar = { open: '10', high: '11', low: '9.5', close: '10.25', volume: '100' }
    const store = (...times: string[]) =>
      storeBars(
        operator,
        times.map(time => ({ seriesId: days, time, ...bar })),
      )
    const chunks = () => operator`select bar_count from market.compressed_bars`
    await store('2024-01-02', '2024-01-03')
    await compressBars(operator, '2024-02-01')
    await store('2024-01-04', '2024-02-01')
    expect(await chunks()).toEqual([{ bar_count: 2 }])
    expect(await everyBar()).toHaveLength(4)
    await compressBars(operator, '2024-02-01')
    expect(await chunks()).toEqual([{ bar_count: 3 }])
    await compressBars(operator, '2024-03-01')
    expect(await chunks()).toEqual([{ bar_count: 4 }])
    expect((await everyBar()).map(row => row['time'].slice(0, 10))).toEqual(['2024-01-02', '2024-01-03', '2024-01-04', '2024-02-01'])
  })
})

/** The expected rollups, computed independently from the bars alone. */
const grouped = () => administrator`
  with placed as (
    select b.*, (b.time at time zone c.zone)::date as day, c.week_starts_on, c.is_dated
    from market.all_bars b join market.series_calendars c using (series_id)
  ), periods as (
    select *, 'day' as period, day as period_start from placed where not is_dated
    union all
    select *, 'week', (select max(d)::date from generate_series(day - 6, day, interval '1 day') d where extract(isodow from d) = week_starts_on) from placed
    union all
    select *, 'month', make_date(extract(year from day)::int, extract(month from day)::int, 1) from placed
  )
  select series_id, period, period_start::text,
    (select open from market.all_bars f where f.series_id = p.series_id and f.time = min(p.time)) as open, max(high) as high, min(low) as low,
    (select close from market.all_bars l where l.series_id = p.series_id and l.time = max(p.time)) as close,
    sum(volume) as volume, round(sum(vwap * volume) / nullif(sum(case when vwap is not null then volume end), 0), 8) as vwap,
    sum(trade_count) as trade_count, count(*)::int as bar_count
  from periods p group by series_id, period, period_start order by series_id, period, period_start`

const rolledUp = () => operator`
  select series_id, period, period_start::text, open, high, low, close, volume, vwap, trade_count, bar_count
  from market.rollups order by series_id, period, period_start`

const isWithin = (periodStart: string) => periodStart >= '2024-01-20' && periodStart < '2024-03-06'
/** The same for the periods that begin within a range of days, as a query reads them. */
const windowed = () => operator`
  select series_id, period, period_start::text, open, high, low, close, volume, vwap, trade_count, bar_count
  from (
    select * from market.settled_rollups where period_start >= '2024-01-20' and period_start < '2024-03-06'
    union all
    select * from market.fresh_rollups(null, null, '2024-01-20', '2024-03-06')
  ) rollups order by series_id, period, period_start`

const newest = () => administrator`
  select distinct on (series_id) series_id, time::text, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data
  from market.all_bars order by series_id, time desc`
const latest = () => operator`
  select series_id, time::text, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data
  from market.latest_bars order by series_id`

type Step =
  | { readonly kind: 'store'; readonly bars: readonly StoredBar[] }
  | { readonly kind: 'update' | 'delete' | 'remove'; readonly from: string; readonly until: string }
  | { readonly kind: 'compress'; readonly before: string }
  | { readonly kind: 'partition'; readonly interval: string }
  | { readonly kind: 'refresh' | 'reopen' | 'move' | 'retain' }

const span = fc
  .tuple(instants('2024-01-01', '2024-05-01'), fc.integer({ min: 1, max: 60 }))
  .map(([from, length]) => ({ from, until: new Date(Date.parse(from) + length * 86_400_000).toISOString() }))

const steps = (): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof(
      { weight: 4, arbitrary: manyBars().map(bars => ({ kind: 'store', bars }) as const) },
      { weight: 1, arbitrary: span.map(range => ({ kind: 'update', ...range }) as const) },
      { weight: 1, arbitrary: span.map(range => ({ kind: 'delete', ...range }) as const) },
      { weight: 1, arbitrary: span.map(range => ({ kind: 'remove', ...range }) as const) },
      {
        weight: 2,
        arbitrary: fc.constantFrom('2024-02-01', '2024-03-01', '2024-06-01').map(before => ({ kind: 'compress', before }) as const),
      },
      { weight: 3, arbitrary: fc.constant({ kind: 'refresh' } as const) },
      { weight: 1, arbitrary: fc.constantFrom(...partitionIntervals).map(interval => ({ kind: 'partition', interval }) as const) },
      { weight: 1, arbitrary: fc.constant({ kind: 'reopen' } as const) },
      { weight: 1, arbitrary: fc.constant({ kind: 'retain' } as const) },
      { weight: 1, arbitrary: fc.constant({ kind: 'move' } as const) },
    ),
    { minLength: 2, maxLength: 10 },
  )

const take = async (step: Step): Promise<void> => {
  switch (step.kind) {
    case 'store':
      if (step.bars.length > 0) await storeBars(operator, step.bars)
      break
    case 'update':
      await owner`update market.all_bars set volume = volume + 1, high = high + 1 where time >= ${step.from} and time < ${step.until}`
      break
    case 'delete':
      await owner`delete from market.all_bars where time >= ${step.from} and time < ${step.until}`
      break
    case 'remove':
      await operator`select market.remove_bars(${minutes}, ${step.from}, ${step.until})`
      break
    case 'compress':
      await compressBars(operator, step.before)
      break
    case 'refresh':
      await operator`select market.refresh_rollups()`
      break
    case 'partition':
      await operator`update market.bar_settings set partition_interval = ${step.interval}`
      await operator`select market.make_bar_partitions()`
      break
    case 'reopen':
      await operator`select market.reopen_chunk(series_id, chunk_start) from market.compressed_bars where series_id <> ${days}`
      break
    case 'retain':
      // Of the minutes, which are of 2024, keeps those from March on; of the days, the last thirty years.
      await operator`update market.timeframes set retain_months = case timeframe
          when '1m' then (extract(year from now()) - 2024) * 12 + extract(month from now()) - 3 when '1d' then 360 end
        where timeframe in ('1m', '1d')`
      await applyBarRetention(work => client.transaction(work))
      await operator`update market.timeframes set retain_months = null`
      break
    case 'move':
      await operator`update market.exchanges set timezone = case timezone when 'Australia/Sydney' then 'Pacific/Honolulu' else 'Australia/Sydney' end,
        week_starts_on = week_starts_on % 7 + 1 where code = 'XASX'`
      break
  }
}

/** Bars with refreshed rollups, which are removed before their exchange's timezone changes. */
const emptiedThenMoved = (): Step[] => {
  const time = '2024-02-19T13:30:00Z'
  const bar = { seriesId: sydney, time, open: '1', high: '1', low: '1', close: '1', volume: '0' }
  return [{ kind: 'store', bars: [bar] }, { kind: 'refresh' }, { kind: 'delete', from: time, until: '2024-02-20' }, { kind: 'move' }]
}

describe('rollups and latest bars', () => {
  it('equal a fresh GROUP BY after any sequence of inserts, updates, deletes, compressions, reopenings, refreshes, upkeep', async () => {
    await fc.assert(
      fc.asyncProperty(steps(), async sequence => {
        await administrator`truncate market.bars, market.compressed_bars, market.latest_bars, market.bar_rollups, market.stale_ranges`
        for (const step of sequence) await take(step)
        expect(await rolledUp()).toEqual([...(await grouped())])
        expect(await latest()).toEqual([...(await newest())])
        expect(await windowed()).toEqual([...(await grouped())].filter(row => isWithin(row['period_start'])))
        await operator`select market.refresh_rollups()`
        expect(await operator`select from market.stale_ranges`).toHaveLength(0)
        expect(await rolledUp()).toEqual([...(await grouped())])
      }),
      { numRuns: 40, examples: [[emptiedThenMoved()]] },
    )
  })
})
