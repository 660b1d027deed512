import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indicators } from '../../../domain/market/indicators/index.ts'
import type { TestPlatform, TestUser } from '../../support/platform.ts'
import { makeInstruments, startMarketPlatform } from './market-platform.ts'

let platform: TestPlatform
let admin: TestUser
let user: TestUser
const days = Array.from({ length: 300 }, (_, index) => new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10))
const cents = days.map((_, index) => 10_000 + Math.round(2000 * Math.sin(index / 9)) + 100 * (index % 7))
const closes = cents.map(value => value / 100)
beforeAll(async () => {
  ;({ platform, admin, user } = await startMarketPlatform())
  await makeInstruments(admin, 'VTI', 'NONE')
  const bars = days.map((time, index) => {
    const [close, high, low] = [0, 100, -100].map(more => (cents[index]! + more) / 100)
    return { symbol: 'VTI', timeframe: '1d', time, open: close, high, low, close, volume: 1000 + index }
  })
  await admin.request('POST', '/v1/market/bars', { body: { bars } })
})
afterAll(() => platform.close())

const minute = { symbol: 'VTI', timeframe: '1m', open: 10, high: 11, low: 9, close: 10, volume: 1 }
const compute = (query: Record<string, string>, symbol = 'VTI') =>
  user.request('GET', `/v1/market/instruments/${symbol}/indicators?${new URLSearchParams({ timeframe: '1d', ...query }).toString()}`)

const expected = {
  sma: indicators.sma.batch({ close: Float64Array.from(closes) }, { period: 5 }).sma,
  rsi: indicators.rsi.batch({ close: Float64Array.from(closes) }).rsi,
}
const nullable = (values: Float64Array, from = 0, to?: number) =>
  Array.from(values.subarray(from, to), value => (Number.isNaN(value) ? null : value))

describe('indicators of stored bars', () => {
  test('equal those of the pure functions, and are null while they warm up', async () => {
    const { body } = await compute({ indicators: 'sma(period=5), rsi' })
    expect(body.times).toEqual(days.map(day => `${day}T00:00:00Z`))
    expect(body.indicators).toEqual([
      { name: 'sma', parameters: { period: 5 }, memory: 'window', warmUp: { sma: 4 }, values: { sma: nullable(expected.sma) } },
      expect.objectContaining({ name: 'rsi', memory: 'fading', values: { rsi: nullable(expected.rsi) } }),
    ])
    expect(body.indicators[0].values.sma.slice(0, 5)).toEqual([null, null, null, null, expected.sma[4]])
  })

  test('do not depend on where the range begins', async () => {
    const { body } = await compute({ indicators: 'sma(period=5),rsi', from: days[150]!, until: days[160]! })
    expect(body.times).toEqual(days.slice(150, 160).map(day => `${day}T00:00:00Z`))
    expect(body.indicators[0].values.sma).toEqual(nullable(expected.sma, 150, 160).map(value => expect.closeTo(value!, 9)))
    expect(body.indicators[1].values.rsi).toEqual(nullable(expected.rsi, 150, 160))
  })

  test('come in pages', async () => {
    const first = await compute({ indicators: 'rsi', limit: '200' })
    const second = await compute({ indicators: 'rsi', limit: '200', cursor: first.body.nextCursor })
    expect(second.body.nextCursor).toBeNull()
    expect([...first.body.indicators[0].values.rsi, ...second.body.indicators[0].values.rsi]).toEqual(nullable(expected.rsi))
  })

  test('with a memory of all earlier bars are given for any range of a long series', async () => {
    await admin.request('POST', '/v1/market/bars', { body: { bars: [{ ...minute, time: '2020-01-01T00:00:00Z' }] } })
    const postgres = platform.database.connect('postgres')
    await postgres`
      insert into market.bars (series_id, time, open, high, low, close, volume)
      select s.id, timestamptz '2020-01-01 00:00:00+00' + bar * interval '1 minute', 10, 11, 9, 10 + (bar % 7) / 10.0, 1
      from market.series s, generate_series(1, 260000) as bar where s.timeframe = '1m'`
    const closeOf = (bar: number) => Number((10 + (bar % 7) / 10).toFixed(1))
    const all = Float64Array.from({ length: 260_001 }, (_, bar) => closeOf(bar))
    const last = new Date(Date.UTC(2020, 0, 1) + 259_999 * 60_000).toISOString()
    const { body } = await compute({ timeframe: '1m', indicators: 'rsi,obv,sma', from: last })
    expect(body.times).toHaveLength(2)
    expect(body.indicators[0].values.rsi).toEqual(nullable(indicators.rsi.batch({ close: all }).rsi, 259_999))
    expect(body.indicators[1].values.obv).toEqual(
      nullable(indicators.obv.batch({ close: all, volume: new Float64Array(260_001).fill(1) }).obv, 259_999),
    )
    const faults = (until: string) => user.request('GET', `/v1/market/bar-faults?symbols=VTI&timeframe=1m&from=2020-01-01&until=${until}`)
    const refused = await faults('2021-01-01')
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'query.until', message: expect.any(String) }] } })
    const possible = /\d{4}-\d\d-\d\d/.exec(refused.body.errors[0].message)![0]
    expect((await faults(possible)).status).toBe(200)
    expect((await faults(new Date(Date.parse(possible) + 86_400_000).toISOString().slice(0, 10))).status).toBe(422)
  }, 180_000)

  test('follow an adjustment', async () => {
    await admin.request('PUT', '/v1/market/instruments/VTI/splits', {
      body: { items: [{ exDate: days[200]!, numerator: 2, denominator: 1 }] },
    })
    const { body } = await compute({ indicators: 'sma(period=1)', adjustment: 'splits', from: days[199]!, until: days[201]! })
    expect(body.indicators[0].values.sma).toEqual([expect.closeTo(closes[199]! / 2, 8), closes[200]])
  })

  test('are empty for an instrument without bars', async () => {
    expect((await compute({ indicators: 'sma' }, 'NONE')).body).toMatchObject({ times: [], nextCursor: null })
  })

  test('state how they begin, where packages differ', async () => {
    const items = (await platform.request('GET', '/v1/market/indicators')).body.items as { name: string; convention: string | null }[]
    const stated = new Map(items.flatMap(({ convention, name }) => (convention === null ? [] : [[name, convention]])))
    expect(stated.get('obv')).toContain('0 at the first bar')
    for (const name of ['rsi', 'atr', 'adx', 'smma', 'keltner', 'stochasticRsi'])
      expect(stated.get(name), name).toMatch(/^Wilder's (averages|sums) begin with/)
    expect(stated.has('sma')).toBe(false)
  })

  test('all have values at the end', async () => {
    const names = (await platform.request('GET', '/v1/market/indicators')).body.items.map((item: { name: string }) => item.name) as string[]
    expect(names).toHaveLength(Object.keys(indicators).length)
    for (let index = 0; index < names.length; index += 20) {
      const { body, status } = await compute({ indicators: names.slice(index, index + 20).join(','), from: days[280]! })
      expect(status).toBe(200)
      expect(body.indicators.map((one: { name: string }) => one.name)).toEqual(names.slice(index, index + 20))
    }
  })
})

test.each([
  ['NOWHERE', { indicators: 'sma' }, 404],
  ['VTI', { indicators: 'smart' }, 400],
  ['VTI', { indicators: 'toString' }, 400],
  ['VTI', { indicators: 'sma(length=5)' }, 400],
  ['VTI', { indicators: 'sma(period=five)' }, 400],
  ['VTI', { indicators: 'sma(period=0)' }, 422],
  ['VTI', { indicators: 'sma(period=1.5)' }, 422],
  ['VTI', { indicators: Array.from({ length: 21 }, () => 'sma').join() }, 400],
  ['VTI', {}, 400],
])('a request for indicators of %s with %j is refused', async (symbol, query, status) => {
  expect((await compute(query, symbol)).status).toBe(status)
})
