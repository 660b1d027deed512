import { afterAll, beforeAll, expect, test } from 'vitest'
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
  await makeInstruments(admin, 'MERGED', 'HOUR', 'SOON', 'LONE', 'LONG', 'MIXED', 'EMPTY')
})
afterAll(() => platform.close())

interface Shown {
  readonly time: string
  readonly close: string
  readonly volume: string
}
const bar = (symbol: string, timeframe: string, time: string, close: string, volume = '1000') => ({
  symbol,
  timeframe,
  time,
  open: close,
  high: close,
  low: close,
  close,
  volume,
})
const store = (bars: readonly unknown[]) => admin.request('POST', '/v1/market/bars', { body: { bars } })
const closes = async (symbol: string, timeframe: string, adjustment: string, more = '') => {
  const { body } = await user.request('GET', `/v1/market/bars?symbols=${symbol}&timeframe=${timeframe}&adjustment=${adjustment}${more}`)
  return (body.items as Shown[]).map(({ close, volume }) => [close, volume])
}
const compress = () => compressBars(postgres, new Date().toISOString())

test('a reverse split of one for seven loses no share, and prices times volumes stay the same', async () => {
  await store([bar('MERGED', '1d', '2024-03-01', '0.11', '4893'), bar('MERGED', '1d', '2024-03-04', '0.77', '699')])
  await admin.request('PUT', '/v1/market/instruments/MERGED/splits', {
    body: { items: [{ exDate: '2024-03-04', numerator: 1, denominator: 7 }] },
  })
  const adjusted = [
    ['0.77', '699'],
    ['0.77', '699'],
  ]
  expect(await closes('MERGED', '1d', 'splits')).toEqual(adjusted)
  expect(await closes('MERGED', '1d', 'none')).toEqual([['0.11', '4893'], adjusted[1]])
  await compress()
  expect(await closes('MERGED', '1d', 'splits')).toEqual(adjusted)
})

test('a dividend and a split take effect at midnight of the exchange, and hourly bars are used without daily ones', async () => {
  // New York's 5 March 2024 begins at 05:00 UTC; the last close before it is 80, so that a dividend of 2 leaves 39 parts of 40.
  const times = ['2024-03-04T20:00:00Z', '2024-03-05T04:00:00Z', '2024-03-05T05:00:00Z', '2024-03-05T15:00:00Z']
  await store(times.map((time, index) => bar('HOUR', '1h', time, ['100', '80', '78', '40'][index]!)))
  await admin.request('PUT', '/v1/market/instruments/HOUR/dividends', { body: { items: [{ exDate: '2024-03-05', amount: '2' }] } })
  const total = [
    ['97.5', '1000'],
    ['78', '1000'],
    ['78', '1000'],
    ['40', '1000'],
  ]
  expect(await closes('HOUR', '1h', 'total')).toEqual(total)
  await compress()
  expect(await closes('HOUR', '1h', 'total')).toEqual(total)
  await admin.request('PUT', '/v1/market/instruments/HOUR/splits', {
    body: { items: [{ exDate: '2024-03-05', numerator: 2, denominator: 1 }] },
  })
  expect((await closes('HOUR', '1h', 'splits')).slice(0, 3)).toEqual([
    ['50', '2000'],
    ['40', '2000'],
    ['78', '1000'],
  ])
  expect(await closes('HOUR', '1h', 'none')).toEqual(['100', '80', '78', '40'].map(close => [close, '1000']))
})

const put = (symbol: string, kind: 'splits' | 'dividends', ...items: readonly unknown[]) =>
  admin.request('PUT', `/v1/market/instruments/${symbol}/${kind}`, { body: { items } })

test('announced splits and dividends change no price before their day, and any day can be asked for', async () => {
  await store([bar('SOON', '1d', '2024-05-31', '100'), bar('SOON', '1d', '2024-06-03', '100')])
  await put(
    'SOON',
    'splits',
    { exDate: '2024-06-03', numerator: 2, denominator: 1 },
    { exDate: '2098-06-02', numerator: 4, denominator: 1 },
  )
  await put('SOON', 'dividends', { exDate: '2024-06-03', amount: '10' }, { exDate: '2098-06-02', amount: '50' })
  expect(await closes('SOON', '1d', 'splits')).toEqual([
    ['50', '2000'],
    ['100', '1000'],
  ])
  expect((await closes('SOON', '1d', 'total'))[0]).toEqual(['45', '2000'])
  expect((await closes('SOON', '1d', 'total', '&adjustedAsOf=2024-06-02'))[0]).toEqual(['100', '1000'])
  expect((await closes('SOON', '1d', 'splits', '&adjustedAsOf=2024-06-03'))[0]).toEqual(['50', '2000'])
  expect(await closes('SOON', '1d', 'splits', '&adjustedAsOf=2099-01-01')).toEqual([
    ['12.5', '8000'],
    ['25', '4000'],
  ])
  const path = '/v1/market/instruments/SOON/indicators?timeframe=1d&indicators=sma(period=2)&adjustment=splits'
  const averages = async (more: string) => (await user.request('GET', `${path}${more}`)).body.indicators[0].values
  expect(Object.values(await averages(''))).toEqual([[null, 75]])
  expect(Object.values(await averages('&adjustedAsOf=2024-06-02'))).toEqual([[null, 100]])
  const { body: text } = await user.request(
    'GET',
    '/v1/market/bars.csv?symbols=SOON&timeframe=1d&adjustment=splits&adjustedAsOf=2024-06-02',
  )
  expect(text.split('\n')[1]).toMatch(/^SOON,1d,2024-05-31T00:00:00Z,100,/)
})

test('a day for an adjustment needs an adjustment, and is a date of a calendar', async () => {
  const status = async (more: string) => (await user.request('GET', `/v1/market/bars?symbols=SOON&timeframe=1d&${more}`)).status
  // EMPTY has no bars.
  for (const path of [
    'bars?symbols=SOON&',
    'bars?symbols=EMPTY&',
    'bars.csv?symbols=EMPTY&',
    'instruments/EMPTY/indicators?indicators=rsi&',
  ]) {
    const answer = await user.request('GET', `/v1/market/${path}timeframe=1d&adjustedAsOf=2024-06-02`)
    expect([answer.status, answer.body.errors]).toEqual([
      400,
      [{ path: 'query.adjustedAsOf', message: 'needs an adjustment: splits or total' }],
    ])
  }
  expect(await status('adjustment=total&adjustedAsOf=0000-01-01')).toBe(400)
  expect(await status('adjustment=total&adjustedAsOf=2024-02-30')).toBe(400)
})

test('a daily bar far from the dividend does not replace the hourly ones before it', async () => {
  await store([
    bar('LONE', '1d', '2024-02-21', '160'),
    bar('LONE', '1h', '2024-03-04T20:00:00Z', '80'),
    bar('LONE', '1h', '2024-03-05T15:00:00Z', '78'),
  ])
  await put('LONE', 'dividends', { exDate: '2024-03-05', amount: '2' })
  expect((await closes('LONE', '1h', 'total'))[0]).toEqual(['78', '1000'])
  await store([bar('LONE', '1d', '2020-01-02', '10')])
  expect((await closes('LONE', '1h', 'total'))[0]).toEqual(['78', '1000'])
  await store([bar('LONE', '1d', '2024-03-04', '100')])
  expect((await closes('LONE', '1h', 'total'))[0]).toEqual(['78.4', '1000'])
})

test.each(['1mo', '1w'])('bars of %s alone are adjusted by the close of the last one that ended before the dividend', async timeframe => {
  const times = timeframe === '1mo' ? ['2024-01-01', '2024-02-01', '2024-03-01'] : ['2024-02-26', '2024-03-04', '2024-03-11']
  await store(times.map((time, index) => bar('LONG', timeframe, time, ['90', '100', '98'][index]!)))
  await put('LONG', 'dividends', { exDate: '2024-03-15', amount: '2' })
  expect(await closes('LONG', timeframe, 'total')).toEqual([
    ['88.2', '1000'],
    ['98', '1000'],
    ['98', '1000'],
  ])
  await admin.request('DELETE', `/v1/market/bars?symbol=LONG&timeframe=${timeframe}&from=2024-01-01&until=2025-01-01`)
})

test('the bar of a month with a split has an open before it, a close after it, and a range that both allow', async () => {
  const month = (time: string, open: string, high: string, low: string, close: string) => ({
    ...bar('MIXED', '1mo', time, close),
    open,
    high,
    low,
    vwap: close,
  })
  await store([
    month('2024-05-01', '90', '104', '88', '100'),
    month('2024-06-01', '100', '110', '48', '52'),
    month('2024-07-01', '52', '60', '50', '55'),
  ])
  await put('MIXED', 'splits', { exDate: '2024-06-10', numerator: 2, denominator: 1 })
  const { body } = await user.request('GET', '/v1/market/bars?symbols=MIXED&timeframe=1mo&adjustment=splits')
  const shown = body.items.map(({ close, high, low, open, vwap }: Record<string, string>) => [open, high, low, close, vwap])
  expect(shown).toEqual([
    ['45', '52', '44', '50', '50'],
    ['50', '55', '48', '52', null],
    ['52', '60', '50', '55', '55'],
  ])
  await put('MIXED', 'splits', { exDate: '2024-06-10', numerator: 1, denominator: 2 })
  const reverse = (await user.request('GET', '/v1/market/bars?symbols=MIXED&timeframe=1mo&adjustment=splits')).body.items[1]
  expect(reverse).toMatchObject({ open: '200', close: '52', high: '200', low: '52' })
})
