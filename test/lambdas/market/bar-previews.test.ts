import { afterAll, beforeAll, expect, test } from 'vitest'
import { compressBars } from '../../db/market-store.ts'
import { makeInstruments, type MarketPlatform, startMarketPlatform } from './market-platform.ts'

let market: MarketPlatform

beforeAll(async () => {
  market = await startMarketPlatform()
  await makeInstruments(market.admin, 'AAPL')
})
afterAll(() => market.platform.close())

const send = (rawBody: string, query = 'symbol=AAPL&timeframe=1d&layout=any&dryRun=true') =>
  market.admin.request('POST', `/v1/market/bars?${query}`, { rawBody, headers: { 'content-type': 'text/csv' } })
const storedBars = async () => (await market.user.request('GET', '/v1/market/bars?symbols=AAPL&timeframe=1d')).body.items
const header = 'Date,Open,High,Low,Close,Adj Close,Volume'

test('a dry run says what is new, replaced and unchanged, of plain and compressed bars, and stores nothing', async () => {
  const first = `${header}\n2024-01-02,10,11,9,10,9,100\n2024-01-03,10,11,9,10,9,100\n`
  const preview = await send(first)
  expect(preview.body).toMatchObject({
    received: 2,
    stored: 2,
    unchanged: 0,
    preview: { replaced: 0, faults: 0, errors: [], unknownSymbols: [], ignoredColumns: ['Adj Close'] },
  })
  expect(preview.body.preview.bars[1]).toEqual({
    symbol: 'AAPL',
    timeframe: '1d',
    time: '2024-01-03',
    open: '10',
    high: '11',
    low: '9',
    close: '10',
    volume: '100',
  })
  expect(await storedBars()).toEqual([])
  expect((await send(first, 'symbol=AAPL&timeframe=1d&layout=any')).body).toMatchObject({ received: 2, stored: 2, unchanged: 0 })
  const second = `${header}\n2024-01-02,10,11,9,10,9,100\n2024-01-03,10,11,9,10.5,9,100\n2024-01-04,10,11,9,10,9,100\n`
  const expected = { received: 3, stored: 2, unchanged: 1, preview: { replaced: 1, faults: 0 } }
  expect((await send(second)).body).toMatchObject(expected)
  await compressBars(market.platform.database.connect('postgres'), '2026-01-01')
  expect((await send(second)).body).toMatchObject(expected)
  expect((await storedBars()).map((bar: { close: string }) => bar.close)).toEqual(['10', '10'])
})

test('a dry run names faulty rows and unknown symbols, and rounds when asked', async () => {
  const faulty = await send(`${header}\n2024-01-02,10,9,8,10,9,100\n2024-01-03,0.0000123456,11,0.00001,10,9,100\n`)
  expect(faulty.status).toBe(200)
  expect(faulty.body).toMatchObject({ received: 2, stored: 0, unchanged: 0, preview: { faults: 2 } })
  expect(faulty.body.preview.errors.map((error: { path: string }) => error.path)).toEqual(['body.lines.2.high', 'body.lines.3.open'])
  const rounded = await send(
    `${header}\n2024-01-03,0.0000123456,11,0.00001,10,9,100\n`,
    'symbol=AAPL&timeframe=1d&layout=any&round=true&dryRun=true',
  )
  expect(rounded.body).toMatchObject({ reading: { roundedFigures: 1 }, preview: { faults: 0, bars: [{ open: '0.00001235' }] } })
  const unknown = await send(`${header}\n2024-01-03,10,11,9,10,9,100\n`, 'symbol=NONE&timeframe=1d&layout=any&dryRun=true')
  expect(unknown.body).toMatchObject({ stored: 0, unchanged: 0, preview: { faults: 0, errors: [], unknownSymbols: ['NONE'] } })
  const strange = await send('Kurs;Tag\n1;2\n')
  expect(strange.status).toBe(400)
  expect(await market.user.request('POST', '/v1/market/bars?dryRun=true', { body: { bars: [] } })).toMatchObject({ status: 403 })
})
