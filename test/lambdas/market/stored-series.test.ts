import { afterAll, beforeAll, expect, test } from 'vitest'
import { compressBars } from '../../db/market-store.ts'
import { makeInstruments, type MarketPlatform, startMarketPlatform } from './market-platform.ts'

let market: MarketPlatform

beforeAll(async () => {
  market = await startMarketPlatform()
  await makeInstruments(market.admin, 'AAPL', 'NONE')
})
afterAll(() => market.platform.close())

const bar = (time: string) => ({ time, open: '1', high: '2', low: '1', close: '2', volume: '1' })
const store = (timeframe: string, ...times: string[]) =>
  market.admin.request('POST', `/v1/market/bars?symbol=AAPL&timeframe=${timeframe}`, { body: { bars: times.map(bar) } })
const seriesOf = async (symbol: string) => (await market.user.request('GET', `/v1/market/instruments/${symbol}`)).body.series

test('an instrument names its stored series with their first and newest bars, plain and compressed', async () => {
  await store('1d', '2024-03-04', '2024-03-05', '2026-03-31')
  await store('5m', '2026-03-31T14:30:00Z', '2026-03-31T14:35:00Z')
  const expected = [
    { timeframe: '5m', firstTime: '2026-03-31T14:30:00Z', lastTime: '2026-03-31T14:35:00Z' },
    { timeframe: '1d', firstTime: '2024-03-04T00:00:00Z', lastTime: '2026-03-31T00:00:00Z' },
  ]
  expect(await seriesOf('AAPL')).toEqual(expected)
  await compressBars(market.platform.database.connect('postgres'), '2026-01-01')
  expect(await seriesOf('AAPL')).toEqual(expected)
  await compressBars(market.platform.database.connect('postgres'), '2026-10-01')
  expect(await seriesOf('AAPL')).toEqual(expected)
  expect(await seriesOf('NONE')).toEqual([])
})
