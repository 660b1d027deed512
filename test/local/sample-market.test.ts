import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiClient } from '../../web/client/client.ts'
import { addSampleMarket } from '../../local/sample-market.ts'
import { madeUpBars, tradingDaysBefore } from '../../local/sample-prices.ts'
import { type MarketPlatform, startMarketPlatform } from '../lambdas/market/market-platform.ts'

let market: MarketPlatform
/** How often the rights of an administrator were needed. */
let asked = 0
beforeAll(async () => {
  market = await startMarketPlatform()
  await add('2026-03-10')
})
afterAll(() => market.platform.close())

const clientOf = ({ token }: { readonly token: string }) => apiClient({ url: market.platform.services.url, accessToken: () => token })
const administrator = async () => {
  asked += 1
  return clientOf(market.admin)
}
const add = (today: string) => addSampleMarket(clientOf(market.user), administrator, new Date(`${today}T15:00:00Z`))
const get = async (path: string) => (await market.user.request('GET', path)).body
const faults = async (symbol: string) =>
  (await get(`/v1/market/bar-faults?symbols=${symbol}&timeframe=1d&from=2025-01-01&until=2026-03-10`)).items as {
    kind: string
    date: string
  }[]

test('the instruments are named as made up, and their bars end on the last trading day before', async () => {
  const { items } = await get('/v1/market/instruments?limit=100')
  expect(items).toHaveLength(6)
  for (const { fundamentals, name, symbol } of items) {
    expect([symbol, name, fundamentals.note]).toEqual([
      expect.stringMatching(/^DEMO\./),
      expect.stringMatching(/^Made-up /),
      expect.stringContaining('Made-up data'),
    ])
  }
  const { items: bars } = await get('/v1/market/latest-bars?timeframe=1d')
  expect(bars.map(({ symbol, time }: { symbol: string; time: string }) => [symbol, time.slice(0, 10)]).toSorted()).toEqual([
    ['DEMO.BONDS', '2026-03-09'],
    ['DEMO.EURO', '2026-03-09'],
    ['DEMO.GAP', '2026-03-09'],
    ['DEMO.OLD', '2025-08-29'],
    ['DEMO.SPLIT', '2026-03-09'],
    ['DEMO.WORLD', '2026-03-09'],
  ])
})

test('the faults are those that were made: missing days and prices that ended', async () => {
  expect(await faults('DEMO.GAP')).toEqual([
    expect.objectContaining({ kind: 'gap', date: '2025-03-11' }),
    expect.anything(),
    expect.anything(),
  ])
  expect((await faults('DEMO.OLD')).map(({ kind }) => kind)).toEqual(['stale'])
  for (const symbol of ['DEMO.WORLD', 'DEMO.BONDS', 'DEMO.SPLIT', 'DEMO.EURO']) expect(await faults(symbol)).toEqual([])
})

test('the split, the dividends, the rates and the benchmark are there', async () => {
  expect((await get('/v1/market/instruments/DEMO.SPLIT/splits')).items).toMatchObject([
    { exDate: '2025-06-09', numerator: 4, denominator: 1 },
  ])
  expect((await get('/v1/market/instruments/DEMO.SPLIT/dividends')).items).toHaveLength(6)
  expect((await get('/v1/market/fx-rates?base=GBP&quote=USD&limit=1')).items).toMatchObject([
    { date: '2026-03-09', source: 'Made up for demonstration' },
  ])
  expect(await get('/v1/market/benchmarks/DEMO.60-40')).toMatchObject({
    name: 'Made-up 60/40',
    composition: [
      { symbol: 'DEMO.WORLD', weight: '0.6' },
      { symbol: 'DEMO.BONDS', weight: '0.4' },
    ],
  })
})

test('a second start on the same day needs no administrator, and one on a later day adds the days since', async () => {
  const bars = () => get('/v1/market/bars?symbols=DEMO.WORLD&timeframe=1d&from=2026-03-01&limit=100')
  const before = await bars()
  asked = 0
  await add('2026-03-10')
  expect(asked).toBe(0)
  await add('2026-03-13')
  expect(asked).toBe(1)
  const after = await bars()
  expect(after.items.slice(0, before.items.length)).toEqual(before.items)
  expect(after.items.slice(before.items.length).map(({ time }: { time: string }) => time.slice(0, 10))).toEqual([
    '2026-03-10',
    '2026-03-11',
    '2026-03-12',
  ])
  expect((await get('/v1/market/fx-rates?base=EUR&quote=USD&limit=1')).items[0].date).toBe('2026-03-12')
})

test('the figures are the same each time, and a longer series begins with the shorter one', () => {
  const movement = { start: 100, driftAnnual: 0.05, volatilityAnnual: 0.2 }
  const [short, long] = [tradingDaysBefore('2025-07-01'), tradingDaysBefore('2026-01-01')]
  const bars = madeUpBars(7, movement, long)
  expect(madeUpBars(7, movement, short)).toEqual(bars.slice(0, short.length))
  expect(madeUpBars(8, movement, short)).not.toEqual(bars.slice(0, short.length))
  expect(bars.at(-1)).toMatchInlineSnapshot(`
    {
      "close": "82.5675",
      "high": "83.2117",
      "low": "81.7303",
      "open": "81.9971",
      "time": "2025-12-31",
      "volume": "645162",
    }
  `)
})
