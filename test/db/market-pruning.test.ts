import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { type InStep, makeBarPartitions } from '../../db/queries/market/bar-store.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { compressBars, makeSeries, storeBars } from './market-store.ts'

const database = await createTestDatabase()
const operator = database.connect('nestegg_operator')
afterAll(() => database.drop())

let [minutes, days]: number[] = []
beforeAll(async () => {
  ;[minutes, days] = await makeSeries(operator, [
    { symbol: 'MIN', timeframe: '1m' },
    { symbol: 'DAY', timeframe: '1d' },
  ])
  const bar = { open: '10', high: '11', low: '9.5', close: '10.25', volume: '100' }
  const months = Array.from({ length: 36 }, (_, index) => new Date(Date.UTC(2023, index, 15)).toISOString())
  await operator`select market.make_bar_partition(month) from unnest(${`{${months.join()}}`}::timestamptz[]) as month`
  await storeBars(
    operator,
    months.flatMap(time => [minutes!, days!].map(seriesId => ({ seriesId, time, ...bar }))),
  )
  await database.connect('postgres')`analyze market.bars`
})

/** The tables that PostgreSQL reads, and how many rows of compressed_bars it reads. */
const plan = async (query: string): Promise<{ partitions: string[]; chunks: number }> => {
  interface Node {
    readonly 'Relation Name'?: string
    readonly 'Actual Rows': number
    readonly 'Actual Loops': number
    readonly Plans?: readonly Node[]
  }
  const walk = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(walk)]
  const [row] = await operator.unsafe<{ 'QUERY PLAN': { Plan: Node }[] }[]>(`explain (analyze, format json) ${query}`)
  const nodes = walk(row!['QUERY PLAN'][0]!.Plan).filter(node => node['Actual Loops'] > 0)
  const named = nodes.map(node => node['Relation Name'] ?? '')
  return {
    partitions: [...new Set(named.filter(name => name.startsWith('bars_')))].toSorted(),
    chunks: nodes
      .filter(node => node['Relation Name'] === 'compressed_bars')
      .reduce((sum, node) => sum + node['Actual Rows'] * node['Actual Loops'], 0),
  }
}

const range = (series: number, from: string, until: string) =>
  `select * from market.all_bars where series_id = ${series} and time >= '${from}' and time < '${until}' and chunk_start < '${until}' and chunk_end > '${from}'`

describe('a query for some months', () => {
  it('reads only the partitions of those months', async () => {
    expect(await plan(range(minutes!, '2024-02-01', '2024-04-01'))).toEqual({
      partitions: ['bars_20240201', 'bars_20240301'],
      chunks: 0,
    })
  })

  it('through the rollups of changed ranges does the same', async () => {
    await operator`select market.refresh_rollups()`
    const bar = { open: '10', high: '11', low: '9.5', close: '10.25', volume: '100' }
    await storeBars(operator, [{ seriesId: minutes!, time: '2024-05-20T12:00:00Z', ...bar }])
    // The plan of a query does not show what its functions read, so the query of the function is repeated here.
    const spans = await operator`select * from market.fresh_rollups(${`{${minutes}}`}::integer[], 'month', '2023-01-01', '2026-01-01')`
    expect(spans.map(span => span['bar_count'])).toEqual([2])
    const settled = await plan(`select * from market.settled_rollups where period = 'month' and series_id = ${minutes}`)
    expect(settled.partitions).toEqual([])
  })

  it('decompresses only the chunks of those months', async () => {
    await compressBars(operator, '2026-01-01')
    expect(await plan(range(minutes!, '2024-02-01', '2024-04-01'))).toEqual({ partitions: ['bars_20240201', 'bars_20240301'], chunks: 2 })
    expect(await plan(range(days!, '2024-02-01', '2025-04-01'))).toMatchObject({ chunks: 2 })
  })

  it('no longer reads partitions that compression emptied', async () => {
    const [row] = await operator`select market.make_bar_partitions() as result`
    expect(row!['result'].dropped).toHaveLength(36)
    const rows = await operator`select name from market.bar_partitions where upper_bound < '2026-01-01'`
    expect(rows).toEqual([])
  })
})

describe('partitions', () => {
  it('have the length in the settings, and never overlap existing partitions', async () => {
    const other = await createTestDatabase()
    const sql = other.connect('nestegg_operator')
    await sql`select market.make_bar_partition('2030-02-10')`
    await sql`update market.bar_settings set partition_interval = 'week'`
    await sql`select market.make_bar_partition('2030-03-01')`
    await sql`update market.bar_settings set partition_interval = 'year'`
    expect(await sql`select market.make_bar_partition('2030-12-31') as made`).toEqual([{ made: 'bars_20300304' }])
    expect(await sql`select market.make_bar_partition('2030-12-31') as made`).toEqual([{ made: null }])
    const rows = await sql`
      select name, lower_bound::date::text as first, upper_bound::date::text as next from market.bar_partitions where lower_bound >= '2030-01-01' order by lower_bound`
    expect(rows).toEqual([
      { name: 'bars_20300201', first: '2030-02-01', next: '2030-03-01' },
      { name: 'bars_20300301', first: '2030-03-01', next: '2030-03-04' },
      { name: 'bars_20300304', first: '2030-03-04', next: '2031-01-01' },
    ])
    await other.drop()
  })

  it('get the bars of the default partition in parts of at most 50,000, or of one day', async () => {
    const other = await createTestDatabase()
    const administrator = other.connect('postgres')
    const [series] = await makeSeries(administrator, [{ symbol: 'MIN', timeframe: '1m' }])
    const fill = (day: string, bars: number) => administrator`
      insert into market.bars_default (series_id, time, open, high, low, close, volume)
      select ${series!}, ${day}::date + place * interval '1 second', 1, 1, 1, 1, 1 from generate_series(0, ${bars - 1}::integer) as place`
    const sql = other.connect('nestegg_operator')
    await fill('1990-05-10', 30_000)
    await fill('1990-05-12', 30_000)
    await sql`select market.make_bar_partitions()`
    const rows = await sql`select tableoid::regclass::text as partition, count(*)::int as bars from market.bars group by 1 order by 1`
    expect(rows).toEqual([
      { partition: 'market.bars_19900501', bars: 30_000 },
      { partition: 'market.bars_19900511', bars: 30_000 },
    ])
    await fill('1990-07-10', 50_001)
    await fill('1990-07-11', 1)
    expect((await sql`select market.make_bar_partitions() as result`)[0]!['result'].made).toEqual(['bars_19900701', 'bars_19900711'])
    await other.drop()
  })

  it('are made in steps, until none is left', async () => {
    const other = await createTestDatabase()
    const administrator = other.connect('postgres')
    const [series] = await makeSeries(administrator, [{ symbol: 'DAY', timeframe: '1d' }])
    const bar = { open: '10', high: '11', low: '9.5', close: '10.25', volume: '100' }
    await storeBars(
      administrator,
      ['1955-06-07', '1955-07-07', '1999-01-04'].map(time => ({ seriesId: series!, time, ...bar })),
    )
    const client = openDatabase(other.connect('nestegg_operator'))
    const inStep: InStep = work => client.transaction(work)
    const [one] = await administrator`select market.make_bar_partitions('0 seconds') as result`
    expect(one!['result']).toEqual({ made: ['bars_19550601'], dropped: [] })
    expect(await makeBarPartitions(inStep)).toEqual({ made: ['bars_19550701', 'bars_19990101'], dropped: [] })
    await compressBars(administrator, '2000-01-01')
    expect(await makeBarPartitions(inStep)).toEqual({ made: [], dropped: ['bars_19550601', 'bars_19550701', 'bars_19990101'] })
    expect(await makeBarPartitions(inStep, () => false)).toEqual({ made: [], dropped: [] })
    await other.drop()
  })

  it('are made in advance, and for bars of the default partition, which move there', async () => {
    const bar = { open: '10', high: '11', low: '9.5', close: '10.25', volume: '100' }
    await storeBars(
      operator,
      ['1955-06-07', '2088-01-01'].map(time => ({ seriesId: days!, time, ...bar })),
    )
    const [row] = await operator`select market.make_bar_partitions() as result`
    expect(row!['result'].made).toEqual(['bars_19550601', 'bars_20880101'])
    expect(
      await operator`select time::date::text as day, tableoid::regclass::text as partition from market.bars where series_id = ${days!} order by 1`,
    ).toEqual([
      { day: '1955-06-07', partition: 'market.bars_19550601' },
      { day: '2088-01-01', partition: 'market.bars_20880101' },
    ])
    const [ahead] =
      await operator`select count(*)::int as months from market.bar_partitions where upper_bound > now() and lower_bound < now() + interval '1 year'`
    expect(ahead).toEqual({ months: 4 })
  })
})
