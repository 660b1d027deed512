import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { applyBarRetention } from '../../db/queries/market/bar-store.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { compressBars, makeSeries, storeBars } from './market-store.ts'

const database = await createTestDatabase()
const operator = database.connect('nestegg_operator')
const administrator = database.connect('postgres')
const client = openDatabase(operator)
afterAll(() => database.drop())

let [minutes, hours, days]: number[] = []
beforeAll(async () => {
  ;[minutes, hours, days] = await makeSeries(operator, [
    { symbol: 'MIN', timeframe: '1m' },
    { symbol: 'HOUR', timeframe: '1h' },
    { symbol: 'DAY', timeframe: '1d' },
  ])
})

const bar = { open: '10', high: '11', low: '9.5', close: '10.25', volume: '100' }
const middleOfMonth = (monthsAgo: number) => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo, 15)).toISOString()
}
const store = (seriesId: number, ...monthsAgo: number[]) =>
  storeBars(
    operator,
    monthsAgo.map(count => ({ seriesId, time: middleOfMonth(count), ...bar })),
  )
const partitionOf = (monthsAgo: number) => `bars_${middleOfMonth(monthsAgo).slice(0, 7).replace('-', '')}01`
const keep = (timeframe: string, months: number | null) =>
  operator`update market.timeframes set retain_months = ${months} where timeframe = ${timeframe}`

interface Left {
  readonly bars: number[] | null
  readonly months: number[] | null
  readonly latest: number | null
}

/** By series: the age in months of its bars, its monthly rollups and its latest bar. */
const left = async (): Promise<Map<unknown, Left>> => {
  const ago = (column: string) =>
    `((extract(year from now()) - extract(year from ${column})) * 12 + extract(month from now()) - extract(month from ${column}))::int`
  const rows = await administrator.unsafe(`
    select s.id, (select json_agg(${ago("b.time at time zone 'UTC'")} order by b.time) from market.all_bars b where b.series_id = s.id) as bars,
      (select json_agg(${ago('r.period_start')} order by r.period_start) from market.rollups r where r.series_id = s.id and r.period = 'month') as months,
      (select ${ago("l.time at time zone 'UTC'")} from market.latest_bars l where l.series_id = s.id) as latest
    from market.series s`)
  return new Map(rows.map(row => [row['id'], { bars: row['bars'], months: row['months'], latest: row['latest'] }]))
}
const whole = (...monthsAgo: number[]): Left => ({ bars: monthsAgo, months: monthsAgo, latest: monthsAgo.at(-1) ?? null })
const none: Left = { bars: null, months: null, latest: null }

const retain = async () => {
  const expected = await operator`select timeframe, bar_count::int as bars from market.expired_bars() where bar_count > 0`
  const result = await applyBarRetention(work => client.transaction(work))
  expect(result.removed).toEqual(Object.fromEntries(expected.map(({ bars, timeframe }) => [timeframe, bars])))
  return result
}

beforeEach(async () => {
  await administrator`truncate market.bars, market.compressed_bars, market.latest_bars, market.bar_rollups, market.stale_ranges`
  await operator`update market.timeframes set retain_months = null`
  await operator`select market.make_bar_partition(month) from unnest(${`{${[30, 8, 2].map(middleOfMonth).join()}}`}::timestamptz[]) as month`
})

describe('retention', () => {
  it('removes expired bars, compressed or not, and their rollups', async () => {
    for (const series of [minutes!, days!]) await store(series, 30, 8, 2, 0)
    await compressBars(operator, middleOfMonth(5))
    await operator`select market.refresh_rollups()`
    await keep('1m', 6)
    expect((await retain()).removed).toEqual({ '1m': 2 })
    expect(await left()).toEqual(
      new Map([
        [minutes, whole(2, 0)],
        [hours, none],
        [days, whole(30, 8, 2, 0)],
      ]),
    )
  })

  it('drops partitions in which all bars have expired', async () => {
    for (const series of [minutes!, hours!]) await store(series, 30, 8, 2)
    await store(days!, 8)
    await operator`select market.refresh_rollups()`
    await keep('1m', 6)
    await keep('1h', 12)
    expect(await retain()).toEqual({ removed: { '1m': 2, '1h': 1 }, dropped: [partitionOf(30)] })
    expect(await left()).toEqual(
      new Map([
        [minutes, whole(2)],
        [hours, whole(8, 2)],
        [days, whole(8)],
      ]),
    )
    await keep('1h', 6)
    await keep('1d', 6)
    expect(await retain()).toEqual({ removed: { '1h': 1, '1d': 1 }, dropped: [partitionOf(8)] })
    expect(await left()).toEqual(
      new Map([
        [minutes, whole(2)],
        [hours, whole(2)],
        [days, none],
      ]),
    )
  })

  it('keeps a compressed year as long as any of its bars must be kept', async () => {
    const year = new Date().getUTCFullYear()
    const monthsSince = (month: number) => new Date().getUTCMonth() + 12 * 3 - month
    await storeBars(
      operator,
      [`${year - 3}-01-15`, `${year - 3}-12-15`].map(time => ({ seriesId: days!, time, ...bar })),
    )
    await compressBars(operator, new Date().toISOString())
    await keep('1d', monthsSince(6))
    expect(await retain()).toEqual({ removed: {}, dropped: expect.any(Array) })
    await keep('1d', monthsSince(12))
    expect(await retain()).toMatchObject({ removed: { '1d': 2 } })
    expect((await left()).get(days!)).toEqual(none)
  })

  it('begins no step when its time is over', async () => {
    await store(minutes!, 30)
    await keep('1m', 6)
    expect(
      await applyBarRetention(
        work => client.transaction(work),
        () => false,
      ),
    ).toEqual({ removed: {}, dropped: [] })
    expect((await left()).get(minutes!)).toEqual(whole(30))
  })

  it('is safe to repeat, and removes nothing if all timeframes are kept forever', async () => {
    await store(minutes!, 30, 2)
    expect(await retain()).toEqual({ removed: {}, dropped: [] })
    await keep('1m', 6)
    expect((await retain()).removed).toEqual({ '1m': 1 })
    expect((await retain()).removed).toEqual({})
    expect((await left()).get(minutes!)).toEqual(whole(2))
  })
})
