import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Sql } from '../../db/connections.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { compressBars, makeSeries, storeBars } from './market-store.ts'

const database = await createTestDatabase()
const administrator = database.connect('postgres')
const [first, second] = [database.connect('nestegg_operator'), database.connect('nestegg_operator')]
afterAll(() => database.drop())

let days: number
beforeAll(async () => {
  ;[days] = (await makeSeries(administrator, [{ symbol: 'DAY', timeframe: '1d' }])) as [number]
})

const prices = { open: '10', high: '11', low: '9.5', close: '10.25', volume: '100' }
const barsAt = (...times: string[]) => times.map(time => ({ seriesId: days, time, ...prices }))
const read = async () => {
  const rows = await administrator`select time::date::text as day, close from market.all_bars order by time`
  return rows.map(row => `${row['day']} ${Number(row['close'])}`)
}

/** Runs `one` in a transaction that is open when `other` starts, and commits it once `other` waits for it. */
const overlap = async (one: (sql: Sql) => Promise<unknown>, other: (sql: Sql) => Promise<unknown>): Promise<void> => {
  let waiting: Promise<unknown> | undefined
  await first.begin(async transaction => {
    await one(transaction as unknown as Sql)
    const progress = { isOver: false }
    waiting = other(second).finally(() => (progress.isOver = true))
    waiting.catch(() => undefined)
    const blocked = () => administrator`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    while (!progress.isOver && (await blocked()).length === 0) await wait(10)
  })
  await waiting
}

const compress = (before: string) => (sql: Sql) => compressBars(sql, before)
const makePartitions = (sql: Sql) => sql`select market.make_bar_partitions() as result`

beforeEach(async () => {
  await administrator`truncate market.bars, market.compressed_bars, market.latest_bars, market.bar_rollups, market.stale_ranges`
})

describe('a late bar', () => {
  const late = (sql: Sql) => storeBars(sql, [{ ...barsAt('2024-01-09')[0]!, close: '10.75' }])
  const everyDay = ['2024-01-08 10.25', '2024-01-09 10.75', '2024-03-04 10.25']

  beforeEach(async () => {
    await storeBars(administrator, barsAt('2024-01-08', '2024-01-09'))
    await compress('2024-02-01')(administrator)
    await storeBars(administrator, barsAt('2024-03-04'))
  })

  it('neither loses nor duplicates bars while their year is compressed again', async () => {
    await overlap(compress('2024-04-01'), late)
    expect(await read()).toEqual(everyDay)
  })

  it('that reopens a year just before it is compressed again does not either', async () => {
    await overlap(late, compress('2024-04-01'))
    expect(await read()).toEqual(everyDay)
    await compress('2024-05-01')(administrator)
    expect(await read()).toEqual(everyDay)
  })

  it('that changes a bar while it is compressed for the first time is kept', async () => {
    const change = (sql: Sql) => storeBars(sql, [{ ...barsAt('2024-03-04')[0]!, close: '10.5' }])
    for (const [one, other] of [
      [change, compress('2024-04-01')],
      [compress('2024-04-01'), change],
    ] as const) {
      await overlap(one, other)
      expect(await read()).toEqual([...everyDay.slice(0, 1), '2024-01-09 10.25', '2024-03-04 10.5'])
    }
  })
})

describe('partitions', () => {
  it('are not dropped as empty while a late bar is being stored in them', async () => {
    await administrator`select market.make_bar_partition('2024-02-10')`
    await overlap(sql => storeBars(sql, barsAt('2024-02-12')), makePartitions)
    expect(await read()).toEqual(['2024-02-12 10.25'])
  })

  it('are made for bars of the default partition while another bar is being stored there', async () => {
    await storeBars(administrator, barsAt('2031-05-05'))
    await overlap(sql => storeBars(sql, barsAt('2031-05-06')), makePartitions)
    const rows = await administrator`select distinct tableoid::regclass::text as partition from market.bars`
    expect(rows).toEqual([{ partition: 'market.bars_20310501' }])
    expect(await read()).toEqual(['2031-05-05 10.25', '2031-05-06 10.25'])
  })
})

it('the refresh of rollups leaves ranges that change meanwhile for the next refresh', async () => {
  await storeBars(administrator, barsAt('2024-02-05'))
  const refresh = (sql: Sql) => sql`select market.refresh_rollups()`
  await overlap(sql => storeBars(sql, barsAt('2024-02-06')), refresh)
  const months = () => administrator`select volume from market.rollups where period = 'month'`
  expect(await months()).toEqual([{ volume: '200.00000000' }])
  await refresh(administrator)
  expect(await months()).toEqual([{ volume: '200.00000000' }])
})
