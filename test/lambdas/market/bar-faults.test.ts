import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestPlatform, TestUser } from '../../support/platform.ts'
import { makeInstruments, startMarketPlatform } from './market-platform.ts'

let platform: TestPlatform
let admin: TestUser
let user: TestUser
const days = Array.from({ length: 120 }, (_, index) => new Date(Date.UTC(2026, 0, 1 + index)))
  .filter(day => day.getUTCDay() % 6 !== 0)
  .map(day => day.toISOString().slice(0, 10))
beforeAll(async () => {
  ;({ platform, admin, user } = await startMarketPlatform())
  await makeInstruments(admin, 'GOOD', 'SPLIT', 'SPIKE', 'GAPS', 'OLD', 'ADJ', 'PENCE')
  const series = (symbol: string, factor: (index: number) => number, kept: (index: number) => boolean = () => true) =>
    days.flatMap((time, index) => {
      const price = (100 * (1 + 0.02 * Math.sin(index * 1.7)) * factor(index)).toFixed(4)
      return kept(index) ? [{ symbol, timeframe: '1d', time, open: price, high: price, low: price, close: price, volume: 1 }] : []
    })
  const bars = [
    ...series('GOOD', () => 1),
    ...series('SPLIT', index => (index < 40 ? 1 : 0.25)),
    ...series('SPIKE', index => (index === 30 ? 5.3 : 1)),
    ...series(
      'GAPS',
      () => 1,
      index => index !== 10 && index !== 11,
    ),
    ...series(
      'OLD',
      () => 1,
      index => index < 60,
    ),
    ...series('ADJ', () => 1),
    ...series('PENCE', index => (index >= 30 && index < 34 ? 100 : 1)),
  ]
  await admin.request('POST', '/v1/market/bars', { body: { bars } })
  await admin.request('PUT', '/v1/market/instruments/ADJ/splits', { body: { items: [{ exDate: days[20], numerator: 3, denominator: 1 }] } })
})
afterAll(() => platform.close())

const check = (symbols: string) =>
  user.request(
    'GET',
    `/v1/market/bar-faults?${new URLSearchParams({ symbols, timeframe: '1d', from: '2026-01-01', until: '2026-05-01' }).toString()}`,
  )

test('faults of bars are listed by symbol and day', async () => {
  const { body, status } = await check('GOOD,SPLIT,SPIKE,GAPS,OLD,ADJ,PENCE')
  expect(status).toBe(200)
  expect(body.items).toEqual([
    {
      symbol: 'SPLIT',
      kind: 'unadjusted_split',
      date: days[40],
      message: 'prices jump as in a split of 4 for 1, but no split is recorded',
    },
    {
      symbol: 'SPIKE',
      kind: 'outlier',
      date: days[30],
      message: expect.stringMatching(/^the close changes by 4\d\d\.\d % and reverts$/),
    },
    { symbol: 'GAPS', kind: 'gap', date: days[10], message: '0 of 1 bars' },
    { symbol: 'GAPS', kind: 'gap', date: days[11], message: '0 of 1 bars' },
    { symbol: 'OLD', kind: 'stale', date: days[59], message: `no bar for ${days.length - 60} trading days since` },
    {
      symbol: 'ADJ',
      kind: 'split_without_jump',
      date: days[20],
      message: 'a split of 3 for 1 is recorded, but prices do not jump: they were adjusted before they were stored',
    },
    {
      symbol: 'PENCE',
      kind: 'wrong_unit',
      date: days[30],
      message: `prices are a hundred times too high until ${days[33]}: they may be in another unit, such as pence`,
    },
  ])
})

test('a recorded split is not a fault', async () => {
  await admin.request('PUT', '/v1/market/instruments/SPLIT/splits', {
    body: { items: [{ exDate: days[40], numerator: 4, denominator: 1 }] },
  })
  expect((await check('SPLIT')).body.items).toEqual([])
})

test('stale symbols are found without naming them', async () => {
  const page = (query: object) =>
    user.request('GET', `/v1/market/stale-symbols?${new URLSearchParams({ timeframe: '1d', ...query }).toString()}`)
  expect((await page({ until: '2026-05-01' })).body).toEqual({
    items: [{ symbol: 'OLD', lastDate: days[59], tradingDays: days.length - 60 }],
    nextCursor: null,
  })
  const staleFrom = days[66]!
  expect((await page({ until: days[65]! })).body.items).toEqual([])
  expect((await page({ until: staleFrom })).body.items).toEqual([{ symbol: 'OLD', lastDate: days[59], tradingDays: 6 }])
  const first = await page({ until: '2026-06-01', limit: '2' })
  expect(first.body.items.map((item: { symbol: string }) => item.symbol)).toEqual(['ADJ', 'GAPS'])
  const second = await page({ until: '2026-06-01', limit: '2', cursor: first.body.nextCursor })
  expect(second.body.items.map((item: { symbol: string }) => item.symbol)).toEqual(['GOOD', 'OLD'])
  expect((await page({ timeframe: '1w', until: '2026-06-01' })).body.items).toEqual([])
  expect((await page({ until: '30 May' })).status).toBe(400)
})

describe('minutes in Sydney', () => {
  beforeAll(async () => {
    const exchange = { name: 'Sydney', timezone: 'Australia/Sydney', tradingDays: [1, 2, 3, 4, 5, 6, 7] }
    await admin.request('PUT', '/v1/market/exchanges/XASX', { body: exchange })
    await admin.request('PUT', '/v1/market/instruments/SYD', { body: { name: 'S', type: 'stock', exchangeCode: 'XASX', currency: 'AUD' } })
    const postgres = platform.database.connect('postgres')
    await postgres`insert into market.series (instrument_id, timeframe) select id, '1m' from market.instruments where symbol = 'SYD'`
    // In winter Sydney's day begins at 14:00 UTC. The bar number 250,001 is the one of 23 June at 14:40.
    await postgres`insert into market.bars (series_id, time, open, high, low, close, volume)
      select (select max(id) from market.series), time, close, close, close, close, 1
      from (
        select time, case when time = '2025-06-02 23:00:00Z' then 20 else 10 + extract(minute from time)::integer % 7 / 100.0 end as close
        from generate_series('2025-01-01 00:00:00Z'::timestamptz, '2025-06-30 00:00:00Z', interval '1 minute') as time
      ) minutes`
  })
  const checkDays = (from: string, until: string) =>
    user.request('GET', `/v1/market/bar-faults?symbols=SYD&timeframe=1m&from=${from}&until=${until}`)

  test('that are too many are refused with a day until which they can be checked', async () => {
    const { body, status } = await checkDays('2025-01-01', '2025-07-01')
    expect([status, body.errors]).toEqual([
      422,
      [{ path: 'query.until', message: 'must be at most 2025-06-24: one request checks up to 250,000 bars of SYD' }],
    ])
    expect((await checkDays('2025-01-01', '2025-06-24')).status).toBe(200)
  })

  test('belong to the day of the exchange', async () => {
    expect((await checkDays('2025-06-02', '2025-06-03')).body.items).toEqual([])
    expect((await checkDays('2025-06-03', '2025-06-04')).body.items).toEqual([
      { symbol: 'SYD', kind: 'outlier', date: '2025-06-03', message: expect.stringContaining('reverts') },
    ])
  })
})
