import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sql } from '../../../db/connections.ts'
import type { TestPlatform, TestUser } from '../../support/platform.ts'
import { makeInstruments, startMarketPlatform } from './market-platform.ts'

let platform: TestPlatform
let admin: TestUser
let user: TestUser
let postgres: Sql
beforeAll(async () => {
  ;({ platform, admin, user } = await startMarketPlatform())
  postgres = platform.database.connect('postgres')
  await makeInstruments(admin, 'MERGED', 'HOUR')
})
afterAll(() => platform.close())

interface Shown {
  readonly time: string
  readonly close: string
  readonly volume: string
}
const bar = (symbol: string, timeframe: string, time: string, close: string, volume = '1000') => ({
  symbol,
  timeframe,
  time,
  open: close,
  high: close,
  low: close,
  close,
  volume,
})
const store = (bars: readonly unknown[]) => admin.request('POST', '/v1/market/bars', { body: { bars } })
const closes = async (symbol: string, timeframe: string, adjustment: string) => {
  const { body } = await user.request('GET', `/v1/market/bars?symbols=${symbol}&timeframe=${timeframe}&adjustment=${adjustment}`)
  return (body.items as Shown[]).map(({ close, volume }) => [close, volume])
}
const compress = () => postgres`select market.compress_bars(now()::date)`

test('a reverse split of one for seven loses no share, and prices times volumes stay the same', async () => {
  await store([bar('MERGED', '1d', '2024-03-01', '0.11', '4893'), bar('MERGED', '1d', '2024-03-04', '0.77', '699')])
  await admin.request('PUT', '/v1/market/instruments/MERGED/splits', {
    body: { items: [{ exDate: '2024-03-04', numerator: 1, denominator: 7 }] },
  })
  const adjusted = [
    ['0.77', '699'],
    ['0.77', '699'],
  ]
  expect(await closes('MERGED', '1d', 'splits')).toEqual(adjusted)
  expect(await closes('MERGED', '1d', 'none')).toEqual([['0.11', '4893'], adjusted[1]])
  await compress()
  expect(await closes('MERGED', '1d', 'splits')).toEqual(adjusted)
})

test('a dividend and a split take effect at midnight of the exchange, and hourly bars are used without daily ones', async () => {
  // New York's 5 March 2024 begins at 05:00 UTC; the last close before it is 80, so that a dividend of 2 leaves 39 parts of 40.
  const times = ['2024-03-04T20:00:00Z', '2024-03-05T04:00:00Z', '2024-03-05T05:00:00Z', '2024-03-05T15:00:00Z']
  await store(times.map((time, index) => bar('HOUR', '1h', time, ['100', '80', '78', '40'][index]!)))
  await admin.request('PUT', '/v1/market/instruments/HOUR/dividends', { body: { items: [{ exDate: '2024-03-05', amount: '2' }] } })
  const total = [
    ['97.5', '1000'],
    ['78', '1000'],
    ['78', '1000'],
    ['40', '1000'],
  ]
  expect(await closes('HOUR', '1h', 'total')).toEqual(total)
  await compress()
  expect(await closes('HOUR', '1h', 'total')).toEqual(total)
  await admin.request('PUT', '/v1/market/instruments/HOUR/splits', {
    body: { items: [{ exDate: '2024-03-05', numerator: 2, denominator: 1 }] },
  })
  expect((await closes('HOUR', '1h', 'splits')).slice(0, 3)).toEqual([
    ['50', '2000'],
    ['40', '2000'],
    ['78', '1000'],
  ])
  expect(await closes('HOUR', '1h', 'none')).toEqual(['100', '80', '78', '40'].map(close => [close, '1000']))
})
