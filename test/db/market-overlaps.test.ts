import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Sql } from '../../db/connections.ts'
import { openDatabase } from '../../db/database.ts'
import { applyBarRetention } from '../../db/queries/market/bar-store.ts'
import { overlap } from '../support/overlap.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { compressBars, makeSeries, storeBars } from './market-store.ts'

const database = await createTestDatabase()
const administrator = database.connect('postgres')
const [first, second] = [database.connect('nestegg_operator'), database.connect('nestegg_operator')]
afterAll(() => database.drop())

let [days, others]: number[] = []
beforeAll(async () => {
  ;[days, others] = await makeSeries(administrator, [
    { symbol: 'DAY', timeframe: '1d' },
    { symbol: 'OTHER', timeframe: '1d' },
  ])
})

const prices = { open: '10', high: '11', low: '9.5', close: '10.25', volume: '100' }
const barsOf = (seriesId: number, ...times: string[]) => times.map(time => ({ seriesId, time, ...prices }))
const storedDays = async (seriesId = days!) => {
  const rows = await administrator`select time::date::text as day from market.all_bars where series_id = ${seriesId} order by time`
  return rows.map(row => row['day'])
}

/** Runs `work` in an open transaction until `then` waits for it. Returns both results. */
const during = <First, Second>(work: (sql: Sql) => Promise<First>, then: (sql: Sql) => Promise<Second>) =>
  overlap(
    administrator,
    hold =>
      first.begin(async transaction => {
        const result = await work(transaction as unknown as Sql)
        await hold()
        return result
      }) as Promise<First>,
    () => then(second),
  )

const makePartition = async (sql: Sql) => {
  const [row] = await sql`select market.make_bar_partitions() as result`
  return row!['result'] as { made: string[] }
}
const retain = (sql: Sql) => {
  const client = openDatabase(sql)
  return applyBarRetention(work => client.transaction(work))
}
const compress = (sql: Sql) => compressBars(sql, '2025-01-01')

beforeEach(async () => {
  await administrator`truncate market.bars, market.compressed_bars, market.latest_bars, market.bar_rollups, market.stale_ranges`
})

describe('while bars of the default partition move to a new one', () => {
  const month = (sql: Sql, year: number) => sql`
    select count(*)::int as bars from market.all_bars where series_id = ${days!} and time >= ${`${year}-05-01`} and time < ${`${year}-06-01`}
      and chunk_start < ${`${year}-06-01`} and chunk_end > ${`${year}-05-01`}`

  it('a reader finds them', async () => {
    await storeBars(administrator, barsOf(days!, '1971-05-05', '1971-05-06'))
    const [{ made }, read] = await during(makePartition, sql => month(sql, 1971))
    expect(made).toContain('bars_19710501')
    expect(read).toEqual([{ bars: 2 }])
  })

  it('a reader of rollups finds them', async () => {
    await storeBars(administrator, barsOf(days!, '1972-05-05', '1972-05-06'))
    const rollups = (sql: Sql) => sql`select bar_count from market.rollups where period = 'month' and series_id = ${days!}`
    expect((await during(makePartition, rollups))[1]).toEqual([{ bar_count: 2 }])
  })

  it('retention counts them', async () => {
    await storeBars(administrator, barsOf(days!, '1973-05-05', '1973-05-06'))
    await administrator`update market.timeframes set retain_months = 12 where timeframe = '1d'`
    const expired = (sql: Sql) => sql`select bar_count::int as bars from market.expired_bars()`
    expect((await during(makePartition, expired))[1]).toEqual([{ bars: 2 }])
    await administrator`update market.timeframes set retain_months = null`
  })

  it('a batch for the same range is stored', async () => {
    await storeBars(administrator, barsOf(days!, '1974-05-05'))
    const [, stored] = await during(makePartition, sql => storeBars(sql, barsOf(days!, '1974-05-05', '1974-05-06')))
    expect(stored).toBe(1)
    expect(await storedDays()).toEqual(['1974-05-05', '1974-05-06'])
  })
})

describe('while bars are compressed', () => {
  it('a deletion removes them', async () => {
    await storeBars(administrator, barsOf(days!, '2024-01-08', '2024-01-09', '2024-02-01'))
    const remove = (sql: Sql) => sql`select market.remove_bars(${days!}, '2024-01-01', '2024-02-01') as removed`
    expect((await during(compress, remove))[1]).toEqual([{ removed: 2 }])
    expect(await storedDays()).toEqual(['2024-02-01'])
  })

  it('a batch of the same bars changes nothing', async () => {
    const batch = barsOf(days!, '2024-01-08', '2024-01-09')
    await storeBars(administrator, batch)
    expect((await during(compress, sql => storeBars(sql, batch)))[1]).toBe(0)
    expect(await administrator`select from market.bars`).toHaveLength(0)
  })
})

describe('two batches', () => {
  it('with the same series in another order wait for each other once, and both are stored', async () => {
    const one = [...barsOf(days!, '2024-01-08'), ...barsOf(others!, '2024-01-08')]
    const answers = await during(
      async sql => {
        const stored = await storeBars(sql, one)
        await sql`select pg_sleep(0.05)`
        return stored
      },
      sql => storeBars(sql, [...one.toReversed(), ...barsOf(others!, '2024-01-09')]),
    )
    expect(answers).toEqual([2, 1])
  })

  it('of one compressed year do not lock its bars and its chunk in opposite orders', async () => {
    await storeBars(administrator, barsOf(days!, '2024-01-08', '2024-01-10', '2024-01-12'))
    await compress(administrator)
    const [pid] = await second`select pg_backend_pid() as id`
    const waits = () => administrator`select from pg_stat_activity where pid = ${pid!['id']} and wait_event_type = 'Lock'`
    let other: Promise<number> | undefined
    await first.begin(async transaction => {
      const sql = transaction as unknown as Sql
      await storeBars(sql, barsOf(days!, '2024-01-20'))
      other = storeBars(second, barsOf(days!, '2024-01-09', '2024-01-20'))
      other.catch(() => undefined)
      while ((await waits()).length === 0) await sql`select pg_sleep(0.01)`
      await storeBars(sql, barsOf(days!, '2024-01-09'))
    })
    await expect(other).resolves.toBe(0)
    expect(await storedDays()).toEqual(['2024-01-08', '2024-01-09', '2024-01-10', '2024-01-12', '2024-01-20'])
  })
})

it('retention and a store of late bars do not deadlock', async () => {
  await administrator`select market.make_bar_partition('1981-05-05')`
  await storeBars(administrator, barsOf(days!, '1980-01-08', '1980-01-10'))
  await compress(administrator)
  await storeBars(administrator, barsOf(days!, '1981-05-05', new Date().toISOString().slice(0, 10)))
  await administrator`update market.timeframes set retain_months = 12 where timeframe = '1d'`
  const blocked = () => administrator`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  let retention: Promise<unknown> | undefined
  await first.begin(async transaction => {
    const sql = transaction as unknown as Sql
    await storeBars(sql, barsOf(days!, '2024-01-20'))
    retention = retain(second)
    retention.catch(() => undefined)
    while ((await blocked()).length === 0) await sql`select pg_sleep(0.01)`
    await storeBars(sql, barsOf(days!, '1980-01-09'))
  })
  await expect(retention).resolves.toMatchObject({ removed: { '1d': 5 } })
  await administrator`update market.timeframes set retain_months = null`
  expect(await storedDays()).toHaveLength(1)
})
