import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sql } from '../../../db/connections.ts'
import { readBarsFromCsv } from '../../../domain/market/index.ts'
import type { TestPlatform, TestUser } from '../../support/platform.ts'
import { makeInstruments, startMarketPlatform } from './market-platform.ts'
import { compressBars } from '../../db/market-store.ts'

/** Lambda's limit of an answer: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const answerLimitBytes = 6 * 1024 * 1024

let platform: TestPlatform
let admin: TestUser
let user: TestUser
let postgres: Sql
beforeAll(async () => {
  ;({ platform, admin, user } = await startMarketPlatform())
  postgres = platform.database.connect('postgres')
  await makeInstruments(admin, 'DAY', 'MIN', 'NOTE')
})
afterAll(() => platform.close())

const store = (bars: readonly unknown[]) => admin.request('POST', '/v1/market/bars', { body: { bars } })
const bar = { open: '10', high: '11.5', low: '9.25', close: '10.75', volume: '1200' }

/** The size of an answer as Lambda counts it: its body is a string within JSON. */
const weight = (text: string) => Buffer.byteLength(JSON.stringify(text))

/** Every page of an export, following its links. */
const follow = async (path: string) => {
  const pages: string[] = []
  for (let next: string | undefined = path; next !== undefined; ) {
    const { body, headers, status } = await user.request('GET', next)
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
    pages.push(body)
    next = /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1]
  }
  return pages
}
const linesOf = (pages: readonly string[]) => pages.flatMap(page => page.trimEnd().split('\n').slice(1))

test('a large range comes as CSV in few pages, complete and in order', async () => {
  await postgres`insert into market.series (instrument_id, timeframe) select id, '1m' from market.instruments where symbol = 'MIN'`
  await postgres`
    insert into market.bars (series_id, time, open, high, low, close, volume)
    select (select max(id) from market.series), '2025-01-01'::timestamptz + n * interval '1 minute', 10, 11, 9, 10 + n % 100 / 100.0, n from generate_series(0, 119999) as n`
  await compressBars(postgres, '2025-03-01')
  const pages = await follow('/v1/market/bars.csv?symbols=MIN&timeframe=1m&limit=50000')
  expect(pages.map(page => linesOf([page]).length)).toEqual([50_000, 50_000, 20_000])
  for (const page of pages) expect(weight(page)).toBeLessThan(answerLimitBytes)
  const volumes = linesOf(pages).map(line => Number(line.split(',')[7]))
  expect(volumes).toEqual(Array.from({ length: 120_000 }, (_, index) => index))
})

describe('bars with much additional data', () => {
  const note = (index: number) => ({ rating: `"${index}"`, note: 'é"\\'.repeat(900) })
  const days = Array.from({ length: 1600 }, (_, index) => new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10))
  beforeAll(async () => {
    const bars = days.map((time, index) => ({ ...bar, symbol: 'NOTE', timeframe: '1d', time, additionalData: note(index) }))
    for (let index = 0; index < bars.length; index += 400) await store(bars.slice(index, index + 400))
  })

  test('come in pages that fit in an answer', async () => {
    const items: { time: string; additionalData: unknown }[] = []
    let pages = 0
    for (let cursor: string | null | undefined; cursor !== null; pages += 1) {
      const { body } = await user.request(
        'GET',
        `/v1/market/bars?symbols=NOTE&timeframe=1d&limit=10000${cursor ? `&cursor=${cursor}` : ''}`,
      )
      expect(weight(JSON.stringify(body))).toBeLessThan(answerLimitBytes)
      items.push(...body.items)
      cursor = body.nextCursor
    }
    expect(pages).toBeGreaterThan(1)
    expect(items.map(item => item.time.slice(0, 10))).toEqual(days)
    expect(items.map(item => item.additionalData)).toEqual(days.map((_, index) => note(index)))
  })

  test('come in such pages as CSV too, and are read back unchanged', async () => {
    const pages = await follow('/v1/market/bars.csv?symbols=NOTE&timeframe=1d&limit=50000')
    expect(pages.length).toBeGreaterThan(1)
    for (const page of pages) expect(weight(page)).toBeLessThan(answerLimitBytes)
    const batches = pages.map(page => readBarsFromCsv(page))
    expect(batches.flatMap(batch => batch.faults)).toEqual([])
    const data = batches.flatMap(batch => batch.optional.additionalData!.map(text => JSON.parse(text!) as unknown))
    expect(data).toEqual(days.map((_, index) => note(index)))
  })
})

test('the latest bars with much additional data come in pages that fit in an answer', async () => {
  const symbols = Array.from({ length: 600 }, (_, index) => `N${String(index).padStart(3, '0')}`)
  await postgres`insert into market.instruments (symbol, name, type, exchange_code, currency)
    select symbol, symbol, 'stock', 'XNYS', 'USD' from unnest(${`{${symbols.join()}}`}::text[]) as symbol`
  const additionalData = { note: '"'.repeat(3500) }
  for (const half of [symbols.slice(0, 300), symbols.slice(300)])
    await store(half.map(symbol => ({ ...bar, symbol, timeframe: '4h', time: '2026-01-05T12:00:00Z', additionalData })))
  const found: string[] = []
  let pages = 0
  for (let cursor: string | null | undefined; cursor !== null; pages += 1) {
    const { body } = await user.request('GET', `/v1/market/latest-bars?timeframe=4h&limit=10000${cursor ? `&cursor=${cursor}` : ''}`)
    expect(weight(JSON.stringify(body))).toBeLessThan(answerLimitBytes)
    found.push(...body.items.map((item: { symbol: string }) => item.symbol))
    cursor = body.nextCursor
  }
  expect(pages).toBeGreaterThan(1)
  expect(found).toEqual(symbols)
})

test('many indicators of many bars come in pages that fit in an answer', async () => {
  const indicators = Array.from({ length: 20 }, (_, index) => `ichimoku(tenkanPeriod=${index + 1})`).join()
  const query = `timeframe=1m&limit=10000&indicators=${encodeURIComponent(indicators)}`
  const { body } = await user.request('GET', `/v1/market/instruments/MIN/indicators?${query}`)
  expect(weight(JSON.stringify(body))).toBeLessThan(answerLimitBytes)
  expect(body.times.length).toBeGreaterThan(1000)
  const next = await user.request('GET', `/v1/market/instruments/MIN/indicators?${query}&cursor=${body.nextCursor}`)
  expect(Date.parse(next.body.times[0]) - Date.parse(body.times.at(-1))).toBe(60_000)
})

test('an export can be stored again unchanged', async () => {
  const bars = ['2026-01-05', '2026-01-06'].map((time, index) => ({
    ...bar,
    symbol: 'DAY',
    timeframe: '1d',
    time,
    vwap: '10.12345678',
    tradeCount: 7,
    bid: '10.5',
    ask: '10.75',
    spread: '0.25',
    ...(index === 0 ? {} : { additionalData: { text: 'a "quoted", line\nand another' } }),
  }))
  await store(bars)
  const before = (await user.request('GET', '/v1/market/bars?symbols=DAY&timeframe=1d')).body
  const [page] = await follow('/v1/market/bars.csv?symbols=DAY&timeframe=1d')
  expect(page!.split('\n')[1]).toBe('DAY,1d,2026-01-05T00:00:00Z,10,11.5,9.25,10.75,1200,10.12345678,7,10.5,10.75,0.25,')
  await admin.request('DELETE', '/v1/market/bars?symbol=DAY&timeframe=1d&from=2026-01-01&until=2027-01-01')
  const again = () => admin.request('POST', '/v1/market/bars', { rawBody: page!, headers: { 'content-type': 'text/csv' } })
  expect((await again()).body).toEqual({ received: 2, stored: 2, unchanged: 0 })
  expect((await again()).body).toEqual({ received: 2, stored: 0, unchanged: 2 })
  expect((await user.request('GET', '/v1/market/bars?symbols=DAY&timeframe=1d')).body).toEqual(before)
})

test('an export follows symbols, adjustments and longer bars as the list does', async () => {
  const query = 'symbols=NOTE,DAY&timeframe=1d&resample=3mo&adjustment=splits&limit=3'
  const lines = linesOf(await follow(`/v1/market/bars.csv?${query}`)).map(line => line.split(','))
  const items: { symbol: string; time: string; volume: string }[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { body } = await user.request('GET', `/v1/market/bars?${query}${cursor ? `&cursor=${cursor}` : ''}`)
    items.push(...body.items)
    cursor = body.nextCursor
  }
  expect(lines.length).toBeGreaterThan(15)
  expect(lines.map(([symbol, timeframe, time, , , , , volume]) => [symbol, timeframe, time, volume])).toEqual(
    items.map(({ symbol, time, volume }) => [symbol, '3mo', time, volume]),
  )
})
