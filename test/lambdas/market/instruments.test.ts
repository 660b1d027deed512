import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestPlatform, TestUser } from '../../support/platform.ts'
import { makeInstruments, newYork, startMarketPlatform } from './market-platform.ts'

let platform: TestPlatform
let admin: TestUser
let user: TestUser
beforeAll(async () => {
  ;({ platform, admin, user } = await startMarketPlatform())
  await makeInstruments(admin, 'VTI', 'BND', 'FB', '^GSPC', 'BRK/B')
})
afterAll(() => platform.close())

const etf = { name: 'A fund', type: 'etf', exchangeCode: 'XNYS', currency: 'USD' }

describe('exchanges', () => {
  test('are made with a calendar, replaced, and read by all users', async () => {
    const holidays = [
      { date: '2026-12-25', name: 'Christmas Day', closesAt: null },
      { date: '2026-11-27', name: 'Day after Thanksgiving', closesAt: '13:00' },
    ]
    const made = await admin.request('PUT', '/v1/market/exchanges/XTAE', {
      body: {
        name: 'Tel Aviv',
        timezone: 'Asia/Jerusalem',
        weekStartsOn: 7,
        tradingDays: [7, 1, 2, 3, 4],
        opensAt: '09:59',
        closesAt: '17:25',
        holidays,
      },
    })
    expect(made.status).toBe(200)
    expect(made.body).toMatchObject({ code: 'XTAE', weekStartsOn: 7, tradingDays: [7, 1, 2, 3, 4], opensAt: '09:59', version: 1 })
    const replaced = await admin.request('PUT', '/v1/market/exchanges/XTAE', {
      body: { name: 'TASE', timezone: 'Asia/Jerusalem', holidays: [holidays[0]] },
    })
    expect(replaced.body).toMatchObject({ name: 'TASE', weekStartsOn: 1, opensAt: null, version: 2, holidays: [holidays[0]] })
    const { body } = await user.request('GET', '/v1/market/exchanges')
    expect(body.items.map((item: { code: string }) => item.code)).toEqual(['XNYS', 'XTAE'])
  })

  test.each([
    ['an unknown timezone', { ...newYork, timezone: 'Mars/Olympus' }, 'body.timezone'],
    ['a day named twice', { ...newYork, tradingDays: [1, 1] }, 'body.tradingDays'],
    ['an eighth day', { ...newYork, weekStartsOn: 8 }, 'body.weekStartsOn'],
  ])('refuse %s', async (_, body, path) => {
    const answer = await admin.request('PUT', '/v1/market/exchanges/XBAD', { body })
    expect(answer.status).toBe(400)
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ path }))
  })

  test('refuse a session that opens and never closes', async () => {
    const answer = await admin.request('PUT', '/v1/market/exchanges/XBAD', { body: { ...newYork, closesAt: null } })
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toEqual([{ path: 'body.closesAt', message: 'must be given with opensAt, or both left out' }])
    expect(JSON.stringify(answer.body)).not.toContain('exchanges_session')
  })
})

describe('instruments', () => {
  test('of ten types are made, replaced and found', async () => {
    const types = ['stock', 'bond', 'etf', 'mutual_fund', 'option', 'future', 'crypto', 'commodity', 'real_estate', 'other']
    for (const [index, type] of types.entries()) {
      const answer = await admin.request('PUT', `/v1/market/instruments/T${index}`, { body: { ...etf, type, sector: 'Testing' } })
      expect(answer.status).toBe(200)
    }
    expect((await admin.request('PUT', '/v1/market/instruments/T10', { body: { ...etf, type: 'house' } })).status).toBe(400)
    const found = await user.request('GET', '/v1/market/instruments?type=crypto&sector=Testing')
    expect(found.body.items.map((item: { symbol: string }) => item.symbol)).toEqual(['T6'])
    expect((await user.request('GET', '/v1/market/instruments?search=100%25')).body.items).toEqual([])
    expect((await user.request('GET', '/v1/market/instruments?search=gspc')).body.items).toHaveLength(1)
  })

  test('keep their exact figures and all their fundamentals', async () => {
    const figures = {
      currentPrice: '0.00000001',
      priceDate: '2026-10-30',
      marketCap: '2950000000000.01',
      peRatio: '-12.5',
      dividendYield: '0.0132',
      expenseRatio: '0.0003',
      country: 'US',
      fundamentals: { revenue: { 2025: 1.5e9 }, rating: 'AA' },
    }
    const { body } = await admin.request('PUT', '/v1/market/instruments/EXACT', { body: { ...etf, ...figures } })
    expect(body).toMatchObject({ symbol: 'EXACT', ...figures })
    const replaced = await admin.request('PUT', '/v1/market/instruments/EXACT', { body: etf })
    expect(replaced.body).toMatchObject({ id: body.id, version: 2, currentPrice: null, fundamentals: {} })
  })

  test('are found by symbols with characters that paths must escape', async () => {
    for (const symbol of ['^GSPC', 'BRK/B']) {
      const { body } = await user.request('GET', `/v1/market/instruments/${encodeURIComponent(symbol)}`)
      expect(body.symbol).toBe(symbol)
    }
  })

  test('keep their id and their bars when their symbol changes', async () => {
    const before = await user.request('GET', '/v1/market/instruments/FB')
    const changed = await admin.request('POST', '/v1/market/instruments/FB/symbols', {
      body: { symbol: 'META', effectiveDate: '2022-06-09' },
    })
    expect(changed.body).toMatchObject({ id: before.body.id, symbol: 'META' })
    expect(changed.body.symbols).toEqual([
      { symbol: 'FB', validFrom: '1900-01-01', validUntil: '2022-06-09' },
      { symbol: 'META', validFrom: '2022-06-09', validUntil: null },
    ])
    expect((await user.request('GET', '/v1/market/instruments/FB')).body.id).toBe(before.body.id)
    const taken = await admin.request('POST', '/v1/market/instruments/META/symbols', {
      body: { symbol: 'VTI', effectiveDate: '2026-01-01' },
    })
    expect(taken.status).toBe(409)
    expect(taken.body).toMatchObject({ type: '/problems/already-exists', errors: [{ path: 'body.symbol', message: 'must be unique' }] })
    const backwards = await admin.request('POST', '/v1/market/instruments/META/symbols', {
      body: { symbol: 'M', effectiveDate: '2020-01-01' },
    })
    expect(backwards.status).toBe(422)
    expect((await user.request('GET', '/v1/market/instruments/META')).body.symbols).toHaveLength(2)
    // Another instrument can take the free symbol, which then names that instrument.
    await makeInstruments(admin, 'FB')
    expect((await user.request('GET', '/v1/market/instruments/FB')).body.id).not.toBe(before.body.id)
  })

  test.each([
    ['an unknown exchange', { ...etf, exchangeCode: 'XXXX' }, 422, 'body.exchangeCode'],
    ['a price of zero', { ...etf, price: '0.00' }, 400, 'body.price'],
    ['a ninth decimal', { ...etf, price: '1.123456789' }, 400, 'body.price'],
    ['a float', { ...etf, price: 1.5 }, 400, 'body.price'],
    ['an expense ratio above one', { ...etf, expenseRatio: '1.5' }, 422, 'body.expenseRatio'],
  ])('refuse %s', async (_, body, status, path) => {
    const answer = await admin.request('PUT', '/v1/market/instruments/REFUSED', { body })
    expect(answer.status).toBe(status)
    expect(answer.body.errors).toMatchObject([{ path }])
    expect((await user.request('GET', '/v1/market/instruments/REFUSED')).status).toBe(404)
  })
})

describe('splits and dividends', () => {
  test('are replaced as a whole', async () => {
    const splits = [
      { exDate: '2014-06-09', numerator: 7, denominator: 1 },
      { exDate: '2020-08-31', numerator: 4, denominator: 1 },
    ]
    const put = await admin.request('PUT', '/v1/market/instruments/VTI/splits', { body: { items: splits.toReversed() } })
    expect(put.body.items).toEqual(splits)
    await admin.request('PUT', '/v1/market/instruments/VTI/splits', { body: { items: [splits[1]] } })
    expect((await user.request('GET', '/v1/market/instruments/VTI/splits')).body.items).toEqual([splits[1]])
    const dividend = { exDate: '2026-03-20', amount: '0.914' }
    const dividends = await admin.request('PUT', '/v1/market/instruments/VTI/dividends', {
      body: { items: [dividend, { ...dividend, kind: 'special' }] },
    })
    expect(dividends.body.items).toEqual([
      { ...dividend, kind: 'regular', recordDate: null, payDate: null },
      { ...dividend, kind: 'special', recordDate: null, payDate: null },
    ])
  })

  test.each([
    ['splits', { exDate: '2020-08-31', numerator: 4, denominator: 4 }],
    ['splits', { exDate: '2020-08-31', numerator: 0, denominator: 1 }],
    ['splits', { exDate: '2020-08-31', numerator: 1.5, denominator: 1 }],
    ['dividends', { exDate: '2020-02-30', amount: '1' }],
    ['dividends', { exDate: '2020-02-28', amount: '-1' }],
  ])('refuse in %s %j', async (kind, item) => {
    expect((await admin.request('PUT', `/v1/market/instruments/BND/${kind}`, { body: { items: [item] } })).status).toBe(400)
  })

  test('refuse one day twice', async () => {
    const item = { exDate: '2020-08-31', numerator: 4, denominator: 1 }
    const answer = await admin.request('PUT', '/v1/market/instruments/BND/splits', { body: { items: [item, { ...item, numerator: 2 }] } })
    expect(answer.status).toBe(400)
    expect(answer.body.errors).toEqual([{ path: 'body.items', message: 'must have a unique ex-date per item' }])
  })
})

test('market capitalizations and exchange rates are stored by date, and a later one replaces an earlier one', async () => {
  const caps = (marketCap: string) => ({ body: { items: [{ date: '2026-06-30', marketCap }] } })
  await admin.request('POST', '/v1/market/instruments/VTI/market-caps', caps('1.5'))
  expect((await admin.request('POST', '/v1/market/instruments/VTI/market-caps', caps('2.25'))).body).toEqual({ stored: 1 })
  const listed = await user.request('GET', '/v1/market/instruments/VTI/market-caps?from=2026-06-30&to=2026-06-30')
  expect(listed.body.items).toEqual([{ date: '2026-06-30', marketCap: '2.25' }])

  const rate = { base: 'EUR', quote: 'USD', date: '2026-06-30', rate: '1.0843', source: 'ECB' }
  await admin.request('POST', '/v1/market/fx-rates', { body: { items: [rate, { ...rate, date: '2026-06-29', rate: '1.0000000001' }] } })
  const rates = await user.request('GET', '/v1/market/fx-rates?base=EUR&quote=USD')
  expect(rates.body.items).toEqual([rate, { ...rate, date: '2026-06-29', rate: '1.0000000001' }])
  expect((await admin.request('POST', '/v1/market/fx-rates', { body: { items: [{ ...rate, quote: 'EUR' }] } })).status).toBe(400)
})

test('lists by day continue after their cursor, in pages of any size', async () => {
  const days = Array.from({ length: 7 }, (_, index) => `2025-03-0${index + 1}`)
  const caps = days.map(date => ({ date, marketCap: '5' }))
  await admin.request('POST', '/v1/market/instruments/BND/market-caps', { body: { items: caps } })
  const rates = days.map(date => ({ base: 'CHF', quote: 'USD', date, rate: '1.1', source: 'SNB' }))
  await admin.request('POST', '/v1/market/fx-rates', { body: { items: rates } })
  for (const [path, expected] of [
    ['/v1/market/instruments/BND/market-caps?from=2025-03-02&to=2025-03-06', days.slice(1, 6)],
    ['/v1/market/fx-rates?base=CHF&quote=USD&from=2025-03-02&to=2025-03-06', days.slice(1, 6).toReversed()],
  ] as const) {
    for (const limit of [1, 2, 5, 100]) {
      const found: string[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { body } = await user.request('GET', `${path}&limit=${limit}${cursor && `&cursor=${cursor}`}`)
        found.push(...body.items.map(({ date }: { date: string }) => date))
        cursor = body.nextCursor as string | null
      }
      expect(found).toEqual(expected)
    }
    expect((await user.request('GET', `${path}&cursor=x`)).body).toMatchObject({ status: 400, errors: [{ path: 'query.cursor' }] })
  }
})

describe('benchmarks', () => {
  const blend = (first: string, second: string) => ({
    name: 'Sixty forty',
    benchmarkType: 'blend',
    category: 'balanced',
    currency: 'USD',
    composition: [
      { symbol: 'VTI', weight: first },
      { symbol: 'BND', weight: second },
    ],
  })

  test('have a composition that sums to one exactly', async () => {
    const made = await admin.request('PUT', '/v1/market/benchmarks/BLEND', { body: blend('0.333333', '0.666667') })
    expect(made.body).toMatchObject({ symbol: 'BLEND', composition: blend('0.333333', '0.666667').composition })
    expect((await user.request('GET', '/v1/market/benchmarks/BLEND')).body.id).toBe(made.body.id)
    expect((await user.request('GET', '/v1/market/benchmarks?category=balanced')).body.items).toHaveLength(1)
    expect((await admin.request('PUT', '/v1/market/benchmarks/BLEND', { body: blend('0.6', '0.5') })).status).toBe(400)
  })

  test('are made of instruments that exist', async () => {
    const body = { ...blend('0.6', '0.4'), composition: [{ symbol: 'NOWHERE', weight: '1' }] }
    const answer = await admin.request('PUT', '/v1/market/benchmarks/NONE', { body })
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toEqual([{ path: 'body.composition.0.symbol', message: 'no instrument has the symbol NOWHERE' }])
  })
})

test.each([
  ['PUT', '/v1/market/exchanges/XNYS', newYork],
  ['PUT', '/v1/market/instruments/VTI', etf],
  ['POST', '/v1/market/instruments/VTI/symbols', { symbol: 'X', effectiveDate: '2026-01-01' }],
  ['PUT', '/v1/market/instruments/VTI/splits', { items: [] }],
  ['PUT', '/v1/market/instruments/VTI/dividends', { items: [] }],
  ['POST', '/v1/market/instruments/VTI/market-caps', { items: [] }],
  ['POST', '/v1/market/fx-rates', { items: [] }],
  ['PUT', '/v1/market/benchmarks/BLEND', { name: 'B', benchmarkType: 'custom', category: 'x', currency: 'USD' }],
])('%s %s is for administrators', async (method, path, body) => {
  expect((await user.request(method, path, { body })).status).toBe(403)
})

test('changes of administrators are in the audit trail', async () => {
  const postgres = platform.database.connect('postgres')
  const rows = await postgres`select distinct resource_type from operations.audit_logs where resource_type like 'market.%' order by 1`
  expect(rows.map(row => row['resource_type'])).toEqual([
    'market.benchmarks',
    'market.dividends',
    'market.exchanges',
    'market.instruments',
    'market.splits',
  ])
})

test('an instrument can move to another exchange, and its bars then follow the other calendar', async () => {
  const bar = { symbol: 'BND', timeframe: '1h', time: '2026-10-29T02:00:00Z', open: '1', high: '1', low: '1', close: '1', volume: '1' }
  expect((await admin.request('POST', '/v1/market/bars', { body: { bars: [bar] } })).status).toBe(200)
  await admin.request('PUT', '/v1/market/exchanges/XTKS', { body: { name: 'Tokyo', timezone: 'Asia/Tokyo' } })
  const firstDay = async () =>
    (await user.request('GET', '/v1/market/rollups?symbols=BND&timeframe=1h&period=day&from=2026-10-01&until=2026-11-01')).body.items[0]
      .periodStart
  expect(await firstDay()).toBe('2026-10-28')
  const moved = await admin.request('PUT', '/v1/market/instruments/BND', { body: { ...etf, exchangeCode: 'XTKS' } })
  expect([moved.status, moved.body.exchangeCode]).toEqual([200, 'XTKS'])
  expect(await firstDay()).toBe('2026-10-29')
})
