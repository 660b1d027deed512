import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { storeByCopy } from '../../bin/admin/load-bars.ts'
import { openDatabase } from '../../db/database.ts'
import { readBarFile } from '../../domain/market/index.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { compressBars, makeSeries, storeBars, type StoredBar } from './market-store.ts'

const database = await createTestDatabase()
const operator = database.connect('nestegg_operator')
const owner = database.connect('nestegg_owner')
const administrator = database.connect('postgres')
afterAll(() => database.drop())

let [days, minutes]: number[] = []
beforeAll(async () => {
  ;[days, minutes] = await makeSeries(administrator, [
    { symbol: 'DAY', timeframe: '1d' },
    { symbol: 'MIN', timeframe: '1m' },
  ])
})

const prices = { open: '10', high: '11', low: '9.5', close: '10.25', volume: '100' }
const batch = (): StoredBar[] => [
  { seriesId: days!, time: '2024-01-08', ...prices, additionalData: { sentiment: 0.5 } },
  { seriesId: days!, time: '2024-01-09', ...prices, vwap: '10.1', tradeCount: '7' },
  { seriesId: days!, time: '2024-03-04', ...prices },
  { seriesId: minutes!, time: '2024-01-09T14:30:00Z', ...prices },
  { seriesId: minutes!, time: '2024-02-09T14:30:00Z', ...prices },
]
const chunks = () => administrator`select series_id, chunk_start::text, bar_count from market.compressed_bars order by 1, 2`
const plainBars = async () => (await administrator`select from market.bars`).length
const closes = async () => {
  const rows =
    await administrator`select time::date::text as day, close::float8 from market.all_bars where series_id = ${days!} order by time`
  return rows.map(row => `${row['day']} ${row['close']}`)
}

beforeEach(async () => {
  await administrator`truncate market.bars, market.compressed_bars, market.latest_bars, market.bar_rollups, market.stale_ranges`
  await storeBars(operator, batch())
  await compressBars(operator, '2025-01-01')
  await operator`select market.refresh_rollups()`
})

describe('a batch that is stored again after its bars were compressed', () => {
  it('changes nothing', async () => {
    const before = await chunks()
    expect(await storeBars(operator, batch())).toBe(0)
    expect(await chunks()).toEqual(before)
    expect(await plainBars()).toBe(0)
    expect(await administrator`select from market.stale_ranges`).toHaveLength(0)
  })

  it('counts only its new and changed bars, and reopens only their chunk', async () => {
    const changed = batch().map(bar => (bar.time === '2024-01-09' ? { ...bar, close: '10.5' } : bar))
    expect(await storeBars(operator, [...changed, { seriesId: days!, time: '2024-03-05', ...prices }])).toBe(2)
    expect((await chunks()).map(row => row['series_id'])).toEqual([minutes, minutes])
    expect(await closes()).toEqual(['2024-01-08 10.25', '2024-01-09 10.5', '2024-03-04 10.25', '2024-03-05 10.25'])
  })

  it('is compared with the precision of stored bars', async () => {
    expect(await storeBars(operator, [{ ...batch()[0]!, close: '10.2500000000', volume: '1e2' }])).toBe(0)
  })

  it('changes nothing through COPY either', async () => {
    const file = Buffer.from('time,open,high,low,close,volume\n2024-03-04,10,11,9.5,10.25,100\n2024-03-05,10,11,9.5,10.25,100\n')
    const load = () =>
      openDatabase(operator).transaction(transaction =>
        storeByCopy(transaction, { batch: readBarFile(file, { symbol: 'DAY', timeframe: '1d' }), name: null, seriesIds: [days!] }),
      )
    expect(await load()).toMatchObject({ stored: 1, replaced: 0 })
    await compressBars(operator, '2025-01-01')
    const before = await chunks()
    expect(await load()).toEqual({ fileId: null, stored: 0, replaced: 0 })
    expect(await chunks()).toEqual(before)
  })
})

describe('SQL that changes bars', () => {
  it('reaches compressed bars through the view of all bars', async () => {
    expect(
      await owner`update market.all_bars set close = 10.75 where series_id = ${days!} and time < '2024-02-01' returning 1`,
    ).toHaveLength(2)
    expect(await owner`delete from market.all_bars where series_id = ${days!} and time = '2024-01-08' returning 1`).toHaveLength(1)
    expect(await closes()).toEqual(['2024-01-09 10.75', '2024-03-04 10.25'])
    expect(
      await administrator`select close::float8 from market.rollups where series_id = ${days!} and period = 'month' order by period_start`,
    ).toEqual([{ close: 10.75 }, { close: 10.25 }])
  })

  it('raises an error on the table of plain bars, where it would miss the compressed ones', async () => {
    await expect(administrator`update market.bars set close = 10.75 where series_id = ${days!}`).rejects.toThrow(/market\.all_bars/)
    await expect(administrator`delete from market.bars where series_id = ${days!}`).rejects.toThrow(/market\.all_bars/)
  })

  it('is refused to the operator, who stores and removes bars by functions', async () => {
    await expect(operator`update market.bars set close = 10.75 where series_id = ${days!}`).rejects.toThrow(/permission denied/)
    await expect(operator`delete from market.bars where series_id = ${days!}`).rejects.toThrow(/permission denied/)
  })
})

it('an instrument that moves to another exchange keeps its bars, and their days follow the new calendar', async () => {
  await makeSeries(administrator, [], { code: 'XTKS', timezone: 'Asia/Tokyo', weekStartsOn: 1 })
  await operator`insert into market.exchanges (code, name, timezone) values ('XTKS', 'Tokyo', 'Asia/Tokyo') on conflict do nothing`
  const day = () =>
    operator`select period_start::text as day from market.rollups where series_id = ${minutes!} and period = 'day' order by 1 limit 1`
  expect(await day()).toEqual([{ day: '2024-01-09' }])
  await operator`update market.instruments set exchange_code = 'XTKS' where symbol = 'MIN'`
  expect(await day()).toEqual([{ day: '2024-01-09' }])
  await storeBars(operator, [{ seriesId: minutes!, time: '2024-01-08T16:00:00Z', ...prices }])
  await operator`update market.instruments set exchange_code = 'XNYS' where symbol = 'MIN'`
  expect(await day()).toEqual([{ day: '2024-01-08' }])
})
