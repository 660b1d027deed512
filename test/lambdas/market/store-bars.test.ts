import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
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
  await makeInstruments(admin, 'VTI', 'BND', 'FB')
})
afterAll(() => platform.close())

beforeEach(async () => {
  await postgres`truncate market.bars, market.compressed_bars, market.latest_bars, market.bar_rollups, market.stale_ranges`
})

const bar = (time: string, close = '10.75', more: Record<string, unknown> = {}) => ({
  symbol: 'VTI',
  timeframe: '1d',
  time,
  open: '10',
  high: '11.5',
  low: '9.25',
  close,
  volume: '1200',
  ...more,
})
const store = (bars: readonly unknown[], from = admin) => from.request('POST', '/v1/market/bars', { body: { bars } })
const storeCsv = (rawBody: string, query = '') =>
  admin.request('POST', `/v1/market/bars${query}`, { rawBody, headers: { 'content-type': 'text/csv; charset=utf-8' } })
const stored = () => postgres`
  select symbol, timeframe, time::text, close, additional_data from market.all_bars join market.series_calendars using (series_id) order by symbol, time`

describe('a batch of bars', () => {
  test('is stored once when it is sent several times, and counted', async () => {
    const batch = [bar('2026-10-29'), bar('2026-10-30', '11', { additionalData: { sentiment: 0.7, "it's": '"{\\}"' } })]
    expect((await store(batch)).body).toEqual({ received: 2, stored: 2, unchanged: 0 })
    expect((await store(batch)).body).toEqual({ received: 2, stored: 0, unchanged: 2 })
    expect((await store([bar('2026-10-28'), bar('2026-10-29', '10.5'), batch[1]])).body).toEqual({ received: 3, stored: 2, unchanged: 1 })
    expect(await stored()).toEqual([
      { symbol: 'VTI', timeframe: '1d', time: '2026-10-28 00:00:00+00', close: '10.75000000', additional_data: null },
      { symbol: 'VTI', timeframe: '1d', time: '2026-10-29 00:00:00+00', close: '10.50000000', additional_data: null },
      {
        symbol: 'VTI',
        timeframe: '1d',
        time: '2026-10-30 00:00:00+00',
        close: '11.00000000',
        additional_data: { sentiment: 0.7, "it's": '"{\\}"' },
      },
    ])
  })

  test('can be CSV too, and the query can give its symbol and timeframe', async () => {
    const csv = 'time,open,high,low,close,volume\n2026-10-29,1,2,0.5,1.5,10\n2026-10-30,1.5,2,1,1.25,20\n'
    expect((await storeCsv(csv, '?symbol=BND&timeframe=1d')).body).toEqual({ received: 2, stored: 2, unchanged: 0 })
    expect((await stored()).map(row => [row['symbol'], row['close']])).toEqual([
      ['BND', '1.50000000'],
      ['BND', '1.25000000'],
    ])
  })

  test('of ten thousand rows and many symbols is stored in one call', async () => {
    await makeInstruments(admin, ...Array.from({ length: 5 }, (_, index) => `S${index}`))
    const batch = Array.from({ length: 10_000 }, (_, index) =>
      bar(new Date(Date.UTC(2026, 9, 30) + Math.floor(index / 5) * 60_000).toISOString(), '10', {
        symbol: `S${index % 5}`,
        timeframe: '1m',
      }),
    )
    expect((await store(batch)).body).toEqual({ received: 10_000, stored: 10_000, unchanged: 0 })
    const [latest] = await postgres`select count(*)::int as series, min(time)::text as time from market.latest_bars`
    expect(latest).toEqual({ series: 5, time: '2026-10-31 09:19:00+00' })
  })

  test('with a faulty row is refused as a whole, and each faulty row is named', async () => {
    const answer = await store([
      bar('2026-10-29'),
      bar('2026-10-30', '12'),
      bar('2026-10-28', '10', { symbol: 'NONE' }),
      bar('1699-12-31'),
      bar('2026-10-29', 'NaN'),
    ])
    expect(answer.status).toBe(422)
    expect(answer.body.detail).toBe('Nothing was stored: the batch has 5 faults.')
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual([
      'body.bars.1.high',
      'body.bars.2.symbol',
      'body.bars.3.time',
      'body.bars.4.time',
      'body.bars.4.close',
    ])
    expect(await stored()).toEqual([])
    expect(await postgres`select from market.stale_ranges`).toHaveLength(0)
  })

  test('from CSV has its faults by line', async () => {
    const answer = await storeCsv(
      'symbol,timeframe,time,open,high,low,close,volume\nVTI,1d,2026-10-29,1,2,0.5,1.5,10\nVTI,1d,2026-10-30,1,2,0.5,1.5,\nVTI,1d,20',
    )
    expect(answer.status).toBe(422)
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual(['body.lines.3.volume', 'body.lines.4'])
    expect(await stored()).toEqual([])
  })

  test.each([
    ['wrong columns', 'symbol,price\nVTI,1\n', 400],
    ['nothing', '', 400],
  ])('of %s is refused', async (_, csv, status) => {
    expect((await storeCsv(csv)).status).toBe(status)
  })

  test('in another format, too large or cut off is refused', async () => {
    const send = (rawBody: string, contentType: string) =>
      admin.request('POST', '/v1/market/bars', { rawBody, headers: { 'content-type': contentType } })
    expect((await send('<bars/>', 'application/xml')).status).toBe(415)
    expect((await send('x'.repeat(4_194_305), 'text/csv')).status).toBe(413)
    expect((await send('{"bars": [{"symbol": "VT', 'application/json')).status).toBe(400)
  })

  test('is for administrators', async () => {
    expect((await store([bar('2026-10-29')], user)).status).toBe(403)
  })

  test('for an earlier symbol of an instrument goes to that instrument, but not under two symbols at once', async () => {
    await admin.request('POST', '/v1/market/instruments/FB/symbols', { body: { symbol: 'META', effectiveDate: '2022-06-09' } })
    await store([bar('2022-06-08', '10', { symbol: 'FB' }), bar('2022-06-07', '10', { symbol: 'FB' })])
    await store([bar('2022-06-09', '10', { symbol: 'META' })])
    expect((await stored()).map(row => row['symbol'])).toEqual(['META', 'META', 'META'])
    const mixed = await store([bar('2022-06-10', '10', { symbol: 'META' }), bar('2022-06-10', '10', { symbol: 'FB' })])
    expect(mixed.status).toBe(422)
    expect(mixed.body.errors).toEqual([
      { path: 'body.bars.1.symbol', message: 'is the same instrument as META: give its bars under one symbol' },
    ])
  })

  test('with a late and a far-future bar is stored without partitions for them', async () => {
    expect((await store([bar('1925-03-02'), bar('2095-03-02')])).body).toMatchObject({ stored: 2 })
    expect(await postgres`select distinct tableoid::regclass::text as partition from market.bars`).toEqual([
      { partition: 'market.bars_default' },
    ])
  })

  test('sent by several at once is stored once', async () => {
    const batch = Array.from({ length: 500 }, (_, index) =>
      bar(new Date(Date.UTC(2026, 9, 1) + index * 60_000).toISOString(), '10', { timeframe: '1m' }),
    )
    const answers = await Promise.all([store(batch), store(batch.toReversed()), store(batch), store(batch.slice(100, 300))])
    expect(answers.map(answer => answer.status)).toEqual([200, 200, 200, 200])
    expect(await postgres`select count(*)::int as n from market.bars`).toEqual([{ n: 500 }])
  })
})
