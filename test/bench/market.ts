import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Sql } from '../../db/connections.ts'
import { openDatabase } from '../../db/database.ts'
import { readBarsFromCsv } from '../../domain/market/index.ts'
import { asCsv, asJson, type BenchBar, minuteBars } from './market-store/bars.ts'
import { grouped, median, medianMilliseconds, milliseconds, perSecond } from './measure.ts'
import type { BenchPlatform } from './platform.ts'
import { compressBars } from '../db/market-store.ts'

const INGESTED = 300_000
const BATCH = 10_000
const ROUNDS = 3
const SYMBOLS = 5000
/** Symbols that have minute bars. */
const MINUTE_SYMBOLS = 50

/** Ingest, compression, latest bars and rollups, each against plain COPY or plain GROUP BY on an unpartitioned table in the same run. */
export async function run(): Promise<void> {
  const total = Number(process.argv[3] ?? 10_000_000)
  // The handlers read this when they are loaded.
  Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_TRACE_ENABLED: 'false' })
  const { startBenchPlatform } = await import('./platform.ts')
  const platform = await startBenchPlatform()
  try {
    await prepare(platform)
    await benchIngest(platform)
    await benchStore(platform, total)
  } finally {
    await platform.close()
  }
}

async function prepare({ administrator, ask }: BenchPlatform): Promise<void> {
  const exchange = { name: 'New York', timezone: 'America/New_York', opensAt: '09:30', closesAt: '16:00' }
  await ask('PUT', '/v1/market/exchanges/XNYS', { body: JSON.stringify(exchange), mediaType: 'application/json' })
  await administrator`insert into market.instruments (symbol, name, type, exchange_code, currency)
    select 'S' || n, 'An instrument', 'stock', 'XNYS', 'USD' from generate_series(0, ${SYMBOLS - 1}::int) as n`
  await administrator`insert into market.series (instrument_id, timeframe)
    select i.id, t.timeframe from market.instruments i, (values ('1d'), ('1m')) as t (timeframe)
    where t.timeframe = '1d' or substr(i.symbol, 2)::int < ${MINUTE_SYMBOLS}`
  await administrator`select market.make_bar_partition(month) from generate_series('2025-01-15'::timestamptz, '2026-12-15', interval '1 month') as month`
  await administrator`create table public.plain (like market.bars including defaults, primary key (series_id, time))`
}

const empty = (administrator: Sql) =>
  administrator`truncate market.price_files, market.price_file_series, market.replaced_bars, market.bars, market.compressed_bars, market.latest_bars, market.bar_rollups, market.stale_ranges`

async function plainCopy(administrator: Sql, lines: readonly string[]): Promise<void> {
  await administrator.begin(async transaction => {
    const target = await transaction`copy public.plain (series_id, time, open, high, low, close, volume) from stdin`.writable()
    await pipeline(Readable.from(lines), target)
  })
}

async function send(ask: BenchPlatform['ask'], bodies: readonly string[], mediaType: string, inFlight: number): Promise<void> {
  const queue = [...bodies]
  const worker = async () => {
    for (let body = queue.shift(); body !== undefined; body = queue.shift()) await ask('POST', '/v1/market/bars', { body, mediaType })
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
}

const chunksOf = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, index * size + size))

async function benchIngest({ administrator, ask, operator }: BenchPlatform): Promise<void> {
  const { storeByCopy } = await import('../../bin/admin/load-bars.ts')
  const bars = minuteBars(MINUTE_SYMBOLS, INGESTED)
  const ids = new Map(
    (
      await administrator<
        { symbol: string; id: number }[]
      >`select symbol, series_id as id from market.series_calendars where timeframe = '1m'`
    ).map(row => [row.symbol, row.id]),
  )
  const batches = chunksOf(bars, BATCH)
  const line = ([symbol, ...rest]: BenchBar) => `${ids.get(symbol)}\t${rest.join('\t')}\n`
  const lines = batches.map(batch => batch.map(line).join(''))
  const [json, csv] = [batches.map(asJson), batches.map(asCsv)]
  const file = asCsv(bars)
  const ways: Record<string, () => Promise<unknown>> = {
    'plain COPY, unpartitioned, same key': () => plainCopy(administrator, lines),
    'API, JSON, one call at a time': () => send(ask, json, 'application/json', 1),
    'API, JSON, three at a time': () => send(ask, json, 'application/json', 3),
    'API, CSV, one call at a time': () => send(ask, csv, 'text/csv', 1),
    'API, CSV, three at a time': () => send(ask, csv, 'text/csv', 3),
    'API, CSV, the same again': () => send(ask, csv, 'text/csv', 1),
    'operator: file read, checked, COPY': async () => {
      const batch = readBarsFromCsv(file)
      const seriesIds = batch.keys.map(key => ids.get(key.symbol)!)
      await openDatabase(operator).transaction(transaction => storeByCopy(transaction, { batch, name: 'bars.csv', seriesIds }))
    },
  }
  const times = new Map<string, number[]>(Object.keys(ways).map(name => [name, []]))
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, work] of Object.entries(ways)) {
      if (!name.endsWith('again')) {
        await empty(administrator)
        await administrator`truncate public.plain`
      }
      const took = await milliseconds(work)
      if (round > 0) times.get(name)!.push(took)
    }
  }
  const baseline = median(times.get('plain COPY, unpartitioned, same key')!)
  console.log(
    `Ingest of ${grouped(INGESTED)} minute bars of ${MINUTE_SYMBOLS} symbols, ${grouped(BATCH)} a call; median of ${ROUNDS} rounds by turns`,
  )
  console.table(
    Object.fromEntries(
      [...times].map(([name, samples]) => [
        name,
        { 'rows/s': grouped(perSecond(INGESTED, median(samples))), 'of plain COPY': `${Math.round((baseline / median(samples)) * 100)} %` },
      ]),
    ),
  )
  await empty(administrator)
  await administrator`truncate public.plain`
}

/** One random-walk price per row, rounded to cents, computed by PostgreSQL. */
async function fill(administrator: Sql, total: number): Promise<void> {
  const perSymbol = Math.floor(total / MINUTE_SYMBOLS)
  await administrator`select setseed(0.5)`
  await administrator`
    insert into public.plain (series_id, time, open, high, low, close, volume)
    select c.series_id, '2025-01-06 14:30+00'::timestamptz + (n / 390 % 450 + n / 390 % 450 / 5 * 2) * interval '1 day' + (n % 390) * interval '1 minute' + n / 175500 * interval '20 seconds',
      p, p + (random() * 8)::int / 100.0 + 0.1, p - (random() * 8)::int / 100.0, p + (random() * 10)::int / 100.0, (random() * random() * 50000)::int
    from market.series_calendars c, generate_series(0, ${perSymbol - 1}::int) as n,
      lateral (select (150 + 40 * sin(c.series_id + n / 3000.0) + random() * 0.1)::numeric(18, 2) as p) as prices
    where c.timeframe = '1m'`
  await administrator`
    insert into public.plain (series_id, time, open, high, low, close, volume)
    select c.series_id, day, p, p + 0.7 + (random() * 80)::int / 100.0, p - (random() * 80)::int / 100.0, p + (random() * 70)::int / 100.0, (random() * random() * 5000000)::int
    from market.series_calendars c, generate_series('2025-11-03'::timestamptz, '2026-10-30', interval '1 day') as day,
      lateral (select (100 + 20 * sin(c.series_id + extract(doy from day) / 9.0) + random())::numeric(18, 2) as p) as prices
    where c.timeframe = '1d' and extract(isodow from day) < 6`
}

const sizes = async (administrator: Sql): Promise<{ plain: number; compressed: number }> => {
  const [row] = await administrator<{ plain: string; compressed: string }[]>`
    select (select sum(size_bytes) from market.bar_partitions) as plain, pg_total_relation_size('market.compressed_bars') as compressed`
  return { plain: Number(row!.plain), compressed: Number(row!.compressed) }
}

const aggregate = (table: string, timeframe: string) => `
  select series_id, date_trunc('month', time at time zone '${timeframe === '1m' ? 'America/New_York' : 'UTC'}') as month, (array_agg(open order by time))[1] as open,
    max(high) as high, min(low) as low, (array_agg(close order by time))[count(*)] as close, sum(volume) as volume, count(*) as bars
  from ${table} where series_id = any ($1::int[]) group by 1, 2`

async function benchStore({ administrator, ask, operator }: BenchPlatform, total: number): Promise<void> {
  await fill(administrator, total)
  const rows: Record<string, Record<string, string>> = {}
  const filled = await milliseconds(() => administrator`insert into market.bars select * from public.plain order by time`)
  await administrator`vacuum analyze market.bars`
  await administrator`vacuum analyze public.plain`
  const [count] = await administrator<{ bars: number }[]>`select count(*)::int as bars from public.plain`
  rows['insert … select into the store'] = { result: `${grouped(perSecond(count!.bars, filled))} rows/s` }
  const settling = await milliseconds(() => operator`select market.refresh_rollups()`)
  rows['rollups of everything made'] = { result: `${(settling / 1000).toFixed(1)} s, ${grouped(perSecond(count!.bars, settling))} bars/s` }
  await administrator`vacuum analyze market.bar_rollups`

  const idsOf = async (timeframe: string) =>
    `{${(await administrator<{ id: number }[]>`select series_id as id from market.series_calendars where timeframe = ${timeframe}`).map(row => row.id).join()}}`
  for (const timeframe of ['1m', '1d']) {
    const ids = await idsOf(timeframe)
    const [found] = await administrator<{ n: number }[]>`select count(*)::int as n from public.plain where series_id = any (${ids}::int[])`
    const groupBy = await medianMilliseconds(3, () => administrator.unsafe(aggregate('public.plain', timeframe), [ids]))
    const rollup = await medianMilliseconds(9, () =>
      administrator.unsafe(`select * from market.rollups where period = 'month' and series_id = any ($1::int[])`, [ids]),
    )
    rows[`months of ${grouped(found!.n)} bars of ${timeframe}: GROUP BY`] = { result: `${groupBy.toFixed(0)} ms` }
    rows[`months of ${grouped(found!.n)} bars of ${timeframe}: rollups`] = {
      result: `${rollup.toFixed(1)} ms`,
      'against GROUP BY': `${(groupBy / rollup).toFixed(0)} times as fast`,
    }
  }

  const symbols = Array.from({ length: 50 }, (_, index) => `S${index}`).join()
  const dailies = await idsOf('1d')
  const reads: Record<string, () => Promise<unknown>> = {
    'a year of daily bars of 50 symbols, SQL': () =>
      administrator.unsafe(
        `select * from market.all_bars where series_id = any (($1::int[])[1:50]) and time >= '2025-11-03' and time < '2026-11-01' and chunk_start < '2026-11-01' and chunk_end > '2025-11-03'`,
        [dailies],
      ),
    'a year of daily bars of 50 symbols, API': () =>
      ask('GET', `/v1/market/bars?symbols=${symbols}&timeframe=1d&from=2025-11-03&until=2026-11-01&limit=10000`),
    'the latest bar of 5,000 symbols, SQL': () => operator`
      select i.symbol, l.* from market.latest_bars l join market.series s on s.id = l.series_id join market.instruments i on i.id = s.instrument_id
      where s.timeframe = '1d' order by i.symbol`,
    'the latest bar of 5,000 symbols, API': () => ask('GET', '/v1/market/latest-bars?timeframe=1d&limit=5000'),
    'a month of minutes of one symbol, SQL': () =>
      administrator.unsafe(
        `select * from market.all_bars where series_id = (select series_id from market.series_calendars where symbol = 'S7' and timeframe = '1m')
        and time >= '2025-06-01' and time < '2025-07-01' and chunk_start < '2025-07-01' and chunk_end > '2025-06-01'`,
      ),
  }
  const measureReads = async (column: string) => {
    for (const [name, work] of Object.entries(reads)) (rows[name] ??= {})[column] = `${(await medianMilliseconds(9, work)).toFixed(1)} ms`
  }
  await measureReads('result')

  const before = await sizes(administrator)
  const compressing = await milliseconds(() => compressBars(operator, '2026-11-01'))
  await operator`select market.make_bar_partitions()`
  await administrator`vacuum analyze market.compressed_bars`
  const after = await sizes(administrator)
  const bytes = (size: number) => `${(size / 1_048_576).toFixed(0)} MB`
  rows['compressed'] = {
    result: `${bytes(before.plain)} to ${bytes(after.plain + after.compressed)}: ${(before.plain / (after.plain + after.compressed)).toFixed(1)} times smaller`,
    'against GROUP BY': `${grouped(perSecond(count!.bars, compressing))} bars/s`,
  }
  for (const timeframe of ['1m', '1d']) {
    const [size] = await administrator<{ bytes: string; bars: string }[]>`
      select sum(pg_column_size(c.*)) as bytes, sum(bar_count) as bars from market.compressed_bars c join market.series s on s.id = c.series_id where s.timeframe = ${timeframe}`
    rows[`a compressed bar of ${timeframe}`] = {
      result: `${(Number(size!.bytes) / Number(size!.bars)).toFixed(1)} bytes; plain ${(before.plain / count!.bars).toFixed(0)}`,
    }
  }
  await measureReads('compressed')
  console.log(
    `${grouped(count!.bars)} bars: ${MINUTE_SYMBOLS} symbols by the minute, ${grouped(SYMBOLS)} by the day; ours under "result", medians`,
  )
  console.table(rows)
}
