import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import type { Sql } from '../../../db/connections.ts'
import type { TestPlatform, TestUser } from '../../support/platform.ts'
import { makeInstruments, startMarketPlatform } from './market-platform.ts'
import { compressBars } from '../../db/market-store.ts'

let platform: TestPlatform
let admin: TestUser
let user: TestUser
let postgres: Sql
beforeAll(async () => {
  ;({ platform, admin, user } = await startMarketPlatform())
  postgres = platform.database.connect('postgres')
  await makeInstruments(admin, 'DAY')
})
afterAll(() => platform.close())

const bar = (symbol: string, timeframe: string, time: string, close = '10') => ({
  symbol,
  timeframe,
  time,
  open: close,
  high: close,
  low: close,
  close,
  volume: 1,
})
const store = (symbol: string, timeframe: string, times: readonly string[]) =>
  admin.request('POST', '/v1/market/bars', { body: { bars: times.map(time => bar(symbol, timeframe, time)) } })
const get = async (path: string, query: Record<string, string>) =>
  (await user.request('GET', `/v1/market/${path}?${new URLSearchParams(query).toString()}`)).body.items
const steps = (first: string, count: number, minutes: number) =>
  Array.from({ length: count }, (_, index) => new Date(Date.parse(first) + index * minutes * 60_000).toISOString())

describe('gaps', () => {
  const gaps = (timeframe: string, from: string, until: string) => get('bar-gaps', { symbol: 'DAY', timeframe, from, until })
  const dates = async (...request: Parameters<typeof gaps>) => (await gaps(...request)).map(({ date }: { date: string }) => date)

  test.each(['plain', 'compressed'])('of days are found at the edges of the range, from the first to the last of %s bars', async form => {
    // Monday 1 to Friday 12 September 2025, without 3, 4, 8 and 9.
    await store('DAY', '1d', ['2025-09-01', '2025-09-02', '2025-09-05', '2025-09-10', '2025-09-11', '2025-09-12'])
    if (form === 'compressed') await compressBars(postgres, '2026-01-01')
    expect(await dates('1d', '2025-01-01', '2027-01-01')).toEqual(['2025-09-03', '2025-09-04', '2025-09-08', '2025-09-09'])
    expect(await dates('1d', '2025-09-04', '2025-09-09')).toEqual(['2025-09-04', '2025-09-08'])
    expect(await dates('1d', '2025-09-08', '2025-09-10')).toEqual(['2025-09-08', '2025-09-09'])
    expect(await dates('1d', '2025-08-01', '2025-09-01')).toEqual([])
    expect(await dates('1d', '2025-09-15', '2025-10-01')).toEqual([])
  })

  it('of the future are none, even if a bar has a time in the future', async () => {
    await store('DAY', '1d', ['2098-01-06'])
    expect(await dates('1d', '2097-12-01', '2098-02-01')).toEqual([])
    await admin.request('DELETE', '/v1/market/bars?symbol=DAY&timeframe=1d&from=2098-01-01&until=2098-02-01')
  })

  it('of minutes begin with the first bar, end with the last one, and count the session only', async () => {
    // Tuesday from 15:00 and Wednesday until 10:00 in New York, without ten minutes of the opening, but with bars before it.
    await store('DAY', '1m', [
      ...steps('2025-09-02T19:00:00Z', 60, 1),
      ...steps('2025-09-03T13:00:00Z', 20, 1),
      ...steps('2025-09-03T13:40:00Z', 20, 1),
    ])
    expect(await gaps('1m', '2025-09-01', '2025-10-01')).toEqual([{ date: '2025-09-03', expected: 30, found: 20 }])
    await store('DAY', '1m', steps('2025-09-03T13:30:00Z', 10, 1))
    expect(await gaps('1m', '2025-09-01', '2025-10-01')).toEqual([])
  })
})

test('a range ends before a moment with a fraction of a second, and begins at one', async () => {
  await store('DAY', '5m', ['2025-09-02T14:30:00Z', '2025-09-02T14:35:00Z', '2025-09-02T14:35:00.000500Z'])
  const times = async (query: Record<string, string>) =>
    (await get('bars', { symbols: 'DAY', timeframe: '5m', ...query })).map(({ time }: { time: string }) => time)
  expect(await times({ from: '2025-09-02T14:35:00Z', until: '2025-09-02T14:35:00.0001Z' })).toEqual(['2025-09-02T14:35:00Z'])
  expect(await times({ until: '2025-09-02T14:35:00.5Z' })).toHaveLength(3)
  expect(await times({ from: '2025-09-02T14:35:00.0004Z' })).toEqual(['2025-09-02T14:35:00.0005Z'])
  expect(await times({ from: '2025-09-02T14:35:00.0005001Z' })).toEqual([])
  expect(await times({ until: '2025-09-02T14:35:00.0005001Z' })).toHaveLength(3)
  expect(await times({ until: '2025-09-02T14:35:00.5Z', resample: '10m' })).toHaveLength(1)
  expect(await times({ limit: '1', from: '2025-09-02T14:35:00Z', until: '2025-09-02T14:35:00.0001Z' })).toHaveLength(1)
})

describe.each([
  // In both zones clocks go back from 01:00 to 00:00, so that this day has two midnights and 25 hours.
  ['America/Havana', 'XHAV', '2025-11-01T04:00:00Z', '2025-11-02'],
  ['Atlantic/Azores', 'XAZO', '2025-10-25T00:00:00Z', '2025-10-26'],
])('in %s', (timezone, exchangeCode, first, longDay) => {
  const dayBefore = new Date(Date.parse(longDay) - 86_400_000).toISOString().slice(0, 10)
  const symbol = exchangeCode.slice(1)
  beforeEach(async () => {
    await admin.request('PUT', `/v1/market/exchanges/${exchangeCode}`, {
      body: { name: timezone, timezone, tradingDays: [1, 2, 3, 4, 5, 6, 7] },
    })
    await admin.request('PUT', `/v1/market/instruments/${symbol}`, { body: { name: symbol, type: 'stock', exchangeCode, currency: 'USD' } })
    await store(symbol, '1h', steps(first, 24 + 25 + 24, 60))
  })
  const days = async () =>
    (await get('rollups', { symbols: symbol, timeframe: '1h', period: 'day', from: dayBefore, until: '2026-01-01' })).map(
      ({ barCount, close, periodStart }: { barCount: number; close: string; periodStart: string }) => [periodStart, barCount, close],
    )

  it('a day with two midnights keeps all its hours, also after a correction', async () => {
    const counted = [
      [dayBefore, 24, '10'],
      [longDay, 25, '10'],
    ]
    expect((await days()).slice(0, 2)).toEqual(counted)
    await postgres`select market.refresh_rollups()`
    expect((await days()).slice(0, 2)).toEqual(counted)
    const last = steps(first, 49, 60).at(-1)!
    await admin.request('POST', '/v1/market/bars', { body: { bars: [bar(symbol, '1h', last, '11')] } })
    expect((await days()).slice(0, 2)).toEqual([
      [dayBefore, 24, '10'],
      [longDay, 25, '11'],
    ])
    await postgres`select market.refresh_rollups()`
    expect((await days())[1]).toEqual([longDay, 25, '11'])
  })

  it('hours are combined from the first midnight on, and no gap is found', async () => {
    const starts = (await get('bars', { symbols: symbol, timeframe: '1h', resample: '6h' })).map(({ time }: { time: string }) => time)
    const midnight = steps(first, 25, 60).at(-1)!
    expect(starts.slice(4, 9)).toEqual(steps(midnight, 5, 360).map(time => time.replace('.000', '')))
    expect(await get('bar-gaps', { symbol, timeframe: '1h', from: dayBefore, until: '2026-01-01' })).toEqual([])
  })
})
