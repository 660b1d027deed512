import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fireJob } from '../../../local/schedules.ts'
import type { Sql } from '../../../db/connections.ts'
import { jobs } from '../../../lambdas/jobs.ts'
import type { TestPlatform, TestUser } from '../../support/platform.ts'
import { makeInstruments, startMarketPlatform } from './market-platform.ts'

let platform: TestPlatform
let admin: TestUser
let user: TestUser
let postgres: Sql

interface Shown {
  readonly symbol: string
  readonly time: string
  readonly open: string
  readonly high: string
  readonly low: string
  readonly close: string
  readonly volume: string
}

/** Weekdays of 2024 and 2025. */
const weekdays = Array.from({ length: 731 }, (_, index) => new Date(Date.UTC(2024, 0, 1 + index)))
  .filter(day => day.getUTCDay() % 6 !== 0)
  .map(day => day.toISOString().slice(0, 10))
const cents = (index: number) => 10_000 + Math.round(2000 * Math.sin(index / 17)) + ((index * 37) % 50)
const barAt = (symbol: string, timeframe: string, time: string, index: number) => ({
  symbol,
  timeframe,
  time,
  open: (cents(index) / 100).toFixed(2),
  high: ((cents(index) + 90) / 100).toFixed(2),
  low: ((cents(index) - 80) / 100).toFixed(2),
  close: ((cents(index) + 31) / 100).toFixed(2),
  volume: String(1000 + index),
  vwap: ((cents(index) + 11) / 100).toFixed(3),
})
/** Six and a half hours of each of the first fifteen weekdays of December 2025, in New York. */
const minutes = weekdays
  .filter(day => day >= '2025-12-01')
  .slice(0, 15)
  .flatMap(day =>
    Array.from({ length: 390 }, (_, index) => new Date(Date.parse(`${day}T14:30:00Z`) + index * 60_000).toISOString().replace('.000', '')),
  )

beforeAll(async () => {
  ;({ platform, admin, user } = await startMarketPlatform())
  postgres = platform.database.connect('postgres')
  await makeInstruments(admin, 'DAY', 'TWO', 'MIN', 'NONE')
  const bars = [
    ...weekdays.map((day, index) => barAt('DAY', '1d', day, index)),
    ...weekdays.slice(0, 30).map((day, index) => barAt('TWO', '1d', day, index)),
    ...minutes.map((time, index) => barAt('MIN', '1m', time, index)),
  ]
  await admin.request('POST', '/v1/market/bars', { body: { bars } })
})
afterAll(() => platform.close())

const get = (path: string, query: Record<string, string | number>) =>
  user.request(
    'GET',
    `/v1/market/${path}?${new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])).toString()}`,
  )

/** All items of all pages. */
const all = async (path: string, query: Record<string, string | number>): Promise<Shown[]> => {
  const items: Shown[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { body, status } = await get(path, { ...query, ...(cursor ? { cursor } : {}) })
    expect(status).toBe(200)
    expect(body.items.length).toBeLessThanOrEqual(Number(query['limit'] ?? 1000))
    items.push(...body.items)
    cursor = body.nextCursor
  }
  return items
}

const queries = [
  ['a range', 'bars', { symbols: 'DAY', timeframe: '1d', from: '2024-03-01', until: '2024-07-01', limit: 40 }],
  ['several symbols', 'bars', { symbols: 'TWO,DAY,NONE', timeframe: '1d', limit: 70 }],
  ['several symbols at once', 'bars', { symbols: 'NONE,TWO,DAY', timeframe: '1d', from: '2024-01-10', until: '2024-02-01', limit: 60 }],
  ['pages that end with a symbol', 'bars', { symbols: 'TWO,DAY', timeframe: '1d', until: '2024-02-10', limit: 30 }],
  ['minutes', 'bars', { symbols: 'MIN', timeframe: '1m', limit: 999 }],
  ['a quarter of an hour', 'bars', { symbols: 'MIN', timeframe: '1m', resample: '15m', limit: 50 }],
  ['days of minutes', 'bars', { symbols: 'MIN', timeframe: '1m', resample: '1d', limit: 4 }],
  ['weeks of days', 'bars', { symbols: 'DAY', timeframe: '1d', resample: '1w', limit: 7 }],
  ['months of days, a page each', 'bars', { symbols: 'DAY', timeframe: '1d', resample: '1mo', limit: 1 }],
  ['split-adjusted days', 'bars', { symbols: 'DAY', timeframe: '1d', adjustment: 'splits', limit: 100 }],
  ['split-adjusted weeks', 'bars', { symbols: 'DAY', timeframe: '1d', adjustment: 'total', resample: '1w', limit: 10 }],
  [
    'monthly rollups',
    'rollups',
    { symbols: 'DAY,MIN', timeframe: '1d', period: 'month', from: '2024-01-01', until: '2026-01-01', limit: 5 },
  ],
  ['weekly rollups', 'rollups', { symbols: 'DAY', timeframe: '1d', period: 'week', from: '2024-02-01', until: '2025-01-01', limit: 9 }],
  [
    'daily rollups of minutes',
    'rollups',
    { symbols: 'MIN', timeframe: '1m', period: 'day', from: '2025-01-01', until: '2026-01-01', limit: 9 },
  ],
  ['the latest', 'latest-bars', { timeframe: '1d', limit: 1 }],
] as const

describe('the list of bars', () => {
  const before = new Map<string, Shown[]>()
  beforeAll(async () => {
    await admin.request('PUT', '/v1/market/instruments/DAY/splits', {
      body: { items: [{ exDate: '2025-06-11', numerator: 3, denominator: 2 }] },
    })
    await admin.request('PUT', '/v1/market/instruments/DAY/dividends', { body: { items: [{ exDate: '2024-09-05', amount: '1.25' }] } })
    for (const [name, path, query] of queries) before.set(name, await all(path, query))
  })

  test('has every bar, as it was sent', async () => {
    const items = await all('bars', { symbols: 'DAY', timeframe: '1d', limit: 100 })
    expect(items).toHaveLength(weekdays.length)
    expect(items[0]).toEqual({
      symbol: 'DAY',
      time: '2024-01-01T00:00:00Z',
      open: '100',
      high: '100.9',
      low: '99.2',
      close: '100.31',
      volume: '1000',
      vwap: '100.11',
      tradeCount: null,
      bid: null,
      ask: null,
      spread: null,
      additionalData: null,
    })
    expect(items.map(item => item.time.slice(0, 10))).toEqual(weekdays)
  })

  test('has the order of the requested symbols', () => {
    const symbols = before.get('several symbols')!.map(item => item.symbol)
    expect(symbols).toEqual([...Array<string>(30).fill('TWO'), ...Array<string>(weekdays.length).fill('DAY')])
  })

  test('of several symbols at once equals the lists of each', async () => {
    const each = await Promise.all(
      ['TWO', 'DAY'].map(symbols => all('bars', { symbols, timeframe: '1d', from: '2024-01-10', until: '2024-02-01' })),
    )
    expect(before.get('several symbols at once')).toEqual(each.flat())
    expect(each.map(items => items.length)).toEqual([16, 16])
  })

  test('resampled is the first open, the highest high, the lowest low, the last close and the whole volume', () => {
    const days = before.get('days of minutes')!
    expect(days).toHaveLength(15)
    for (const [index, day] of days.entries()) {
      const own = minutes.slice(index * 390, index * 390 + 390).map((time, offset) => barAt('MIN', '1m', time, index * 390 + offset))
      expect([day.time, Number(day.open), Number(day.high), Number(day.low), Number(day.close), Number(day.volume)]).toEqual([
        `${own[0]!.time.slice(0, 10)}T00:00:00Z`,
        Number(own[0]!.open),
        Math.max(...own.map(bar => Number(bar.high))),
        Math.min(...own.map(bar => Number(bar.low))),
        Number(own.at(-1)!.close),
        own.reduce((sum, bar) => sum + Number(bar.volume), 0),
      ])
    }
    const quarters = before.get('a quarter of an hour')!
    expect(quarters).toHaveLength(15 * 26)
    expect(quarters[1]!.time).toBe('2025-12-01T14:45:00Z')
    expect(before.get('weeks of days')!.every(week => new Date(week.time).getUTCDay() === 1)).toBe(true)
    expect(before.get('months of days, a page each')!.map(month => month.time.slice(0, 7))).toHaveLength(24)
  })

  test('rolled up equals the resampled one', async () => {
    const bare = (items: Shown[]) => items.map(({ close, high, low, open, symbol, volume }) => ({ symbol, open, high, low, close, volume }))
    expect(bare(before.get('monthly rollups')!)).toEqual(bare(before.get('months of days, a page each')!))
    expect(bare(before.get('daily rollups of minutes')!)).toEqual(bare(before.get('days of minutes')!))
  })

  test('adjusted divides prices before a split and multiplies volumes', () => {
    const adjusted = before.get('split-adjusted days')!
    const index = weekdays.indexOf('2025-06-11')
    const raw = (place: number) => barAt('DAY', '1d', weekdays[place]!, place)
    expect(Number(adjusted[index - 1]!.close)).toBeCloseTo((Number(raw(index - 1).close) * 2) / 3, 8)
    expect(Number(adjusted[index - 1]!.volume)).toBe(Number(raw(index - 1).volume) * 1.5)
    expect(adjusted[index]).toMatchObject({ volume: raw(index).volume, close: String(Number(raw(index).close)) })
  })

  test('adjusted for dividends is a total return, within a week too', async () => {
    const index = weekdays.indexOf('2024-09-05')
    const factor = 1 - 1.25 / Number(barAt('DAY', '1d', '', index - 1).close)
    const { body } = await get('bars', { symbols: 'DAY', timeframe: '1d', adjustment: 'total', from: '2024-09-02', until: '2024-09-07' })
    for (const [offset, item] of (body.items as Shown[]).entries()) {
      const place = weekdays.indexOf('2024-09-02') + offset
      expect(Number(item.low)).toBeCloseTo(((Number(barAt('DAY', '1d', '', place).low) * 2) / 3) * (place < index ? factor : 1), 7)
    }
    const week = before.get('split-adjusted weeks')!.find(item => item.time.startsWith('2024-09-02'))!
    expect(week.low).toBe(body.items.map((item: Shown) => item.low).toSorted((a: string, b: string) => Number(a) - Number(b))[0])
    expect(week.close).toBe(body.items.at(-1).close)
  })

  test('is the same after the nightly jobs compressed closed months and made the rollups', async () => {
    const fire = (name: string) => fireJob(jobs.find(job => job.name === name)!, '2026-03-01T04:00:00Z')
    expect(await fire('refresh-rollups')).toMatchObject({ result: { settled: 3 } })
    expect(await fire('compress-bars')).toMatchObject({ result: { moved: weekdays.length + 30 + minutes.length } })
    expect(await fire('apply-bar-retention')).toMatchObject({ result: { removed: {}, dropped: [] } })
    expect(await fire('make-bar-partitions')).toMatchObject({ status: 'succeeded' })
    expect(await postgres`select from market.bars`).toHaveLength(0)
    for (const [name, path, query] of queries) expect(await all(path, query), name).toEqual(before.get(name))
  })

  test('is always up to date: a late bar is in every answer at once', async () => {
    const late = barAt('DAY', '1d', '2024-01-06', 500)
    await admin.request('POST', '/v1/market/bars', { body: { bars: [late] } })
    const rollups = await all('rollups', { symbols: 'DAY', timeframe: '1d', period: 'month', from: '2024-01-01', until: '2024-02-01' })
    const raw = await all('bars', { symbols: 'DAY', timeframe: '1d', until: '2024-02-01' })
    expect(raw).toHaveLength(24)
    expect(Number(rollups[0]!.volume)).toBe(raw.reduce((sum, item) => sum + Number(item.volume), 0))
    const removed = await admin.request('DELETE', '/v1/market/bars?symbol=DAY&timeframe=1d&from=2024-01-06&until=2024-01-07')
    expect(removed.body).toEqual({ removed: 1 })
    expect(await all('rollups', { symbols: 'DAY', timeframe: '1d', period: 'month', from: '2024-01-01', until: '2024-02-01' })).toEqual(
      before.get('monthly rollups')!.slice(0, 1),
    )
  })
})

test('gaps are trading days of the exchange with missing bars', async () => {
  await admin.request('PUT', '/v1/market/exchanges/XNYS', {
    body: {
      name: 'New York',
      timezone: 'America/New_York',
      opensAt: '09:30',
      closesAt: '16:00',
      holidays: [
        { date: '2024-02-19', name: 'Presidents’ Day' },
        { date: '2025-12-05', name: 'A short day', closesAt: '13:00' },
      ],
    },
  })
  const remove = (symbol: string, timeframe: string, from: string, until: string) =>
    admin.request('DELETE', `/v1/market/bars?${new URLSearchParams({ symbol, timeframe, from, until }).toString()}`)
  await remove('TWO', '1d', '2024-01-15', '2024-01-17')
  expect((await get('bar-gaps', { symbol: 'TWO', timeframe: '1d', from: '2024-01-01', until: '2025-01-01' })).body.items).toEqual([
    { date: '2024-01-15', expected: 1, found: 0 },
    { date: '2024-01-16', expected: 1, found: 0 },
  ])
  const range = { symbol: 'TWO', timeframe: '1d', from: '2024-01-01', until: '2025-01-01', limit: '1' }
  const { body } = await get('bar-gaps', range)
  expect(body.items).toEqual([{ date: '2024-01-15', expected: 1, found: 0 }])
  const second = (await get('bar-gaps', { ...range, cursor: body.nextCursor })).body
  expect(second).toEqual({ items: [{ date: '2024-01-16', expected: 1, found: 0 }], nextCursor: null })
  await remove('MIN', '1m', '2025-12-03T15:00:00Z', '2025-12-03T15:10:00Z')
  await remove('MIN', '1m', '2025-12-05T18:00:00Z', '2025-12-06T00:00:00Z')
  expect((await get('bar-gaps', { symbol: 'MIN', timeframe: '1m', from: '2025-12-01', until: '2026-01-01' })).body.items).toEqual([
    { date: '2025-12-03', expected: 390, found: 380 },
  ])
})

describe('a request that cannot be served', () => {
  test.each([
    ['bars', { symbols: 'DAY,NOWHERE', timeframe: '1d' }, 404],
    ['bars', { symbols: 'DAY,DAY', timeframe: '1d' }, 400],
    ['bars', { symbols: 'DAY', timeframe: '7m' }, 400],
    ['bars', { symbols: 'DAY', timeframe: '1d', resample: '1h' }, 422],
    ['bars', { symbols: 'DAY', timeframe: '1w', resample: '1mo' }, 422],
    ['bars', { symbols: 'DAY', timeframe: '1mo', resample: '2w' }, 422],
    ['bars', { symbols: 'DAY', timeframe: '15m', resample: '40m' }, 422],
    ['bars', { symbols: 'DAY', timeframe: '1m', resample: '1440m' }, 422],
    ['bars', { symbols: 'DAY', timeframe: '1d', resample: '1d' }, 422],
    ['bars', { symbols: 'DAY', timeframe: '1d', resample: '0d' }, 400],
    ['bars', { symbols: 'DAY', timeframe: '1d', resample: 'fortnight' }, 400],
    ['bars.csv', { symbols: 'DAY,NOWHERE', timeframe: '1d' }, 404],
    ['bars.csv', { symbols: 'DAY', timeframe: '1d', limit: 50_001 }, 400],
    ['bars', { symbols: 'DAY', timeframe: '1d', from: 'yesterday' }, 400],
    ['bars', { symbols: 'DAY', timeframe: '1d', from: '0001-01-01' }, 400],
    ['bars', { symbols: 'DAY', timeframe: '1d', cursor: 'AAAA' }, 400],
    ['bars', { symbols: 'DAY', timeframe: '1d', cursor: Buffer.from('DAY 2024-13-01').toString('base64url') }, 400],
    ['latest-bars', { timeframe: '1d', cursor: 'AAAA' }, 400],
    ['rollups', { symbols: 'DAY', timeframe: '1d', period: 'year', from: '2024-01-01', until: '2025-01-01' }, 400],
    ['bar-gaps', { symbol: 'DAY', timeframe: '1w', from: '2024-01-01', until: '2025-01-01' }, 422],
  ])('%s %j is refused', async (path, query, status) => {
    expect((await get(path, query)).status).toBe(status)
  })

  test('an empty range has no bars', async () => {
    const backwards = { symbols: 'DAY', timeframe: '1d', from: '2025-01-01', until: '2024-01-01' }
    expect((await get('rollups', { ...backwards, period: 'month' })).body).toEqual({ items: [], nextCursor: null })
    expect((await get('bars', backwards)).body).toEqual({
      items: [],
      nextCursor: null,
    })
  })

  test('removing bars is for administrators', async () => {
    expect((await user.request('DELETE', '/v1/market/bars?symbol=DAY&timeframe=1d&from=2024-01-01&until=2024-02-01')).status).toBe(403)
  })
})
