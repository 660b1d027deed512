import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compressBars } from '../../db/market-store.ts'
import { makeInstruments, type MarketPlatform, startMarketPlatform } from './market-platform.ts'

let market: MarketPlatform

const instrument = (symbol: string, change: object = {}) =>
  market.admin.request('PUT', `/v1/market/instruments/${encodeURIComponent(symbol)}`, {
    body: { name: symbol, type: 'future', exchangeCode: 'XNYS', currency: 'USD', ...change },
  })

beforeAll(async () => {
  market = await startMarketPlatform()
  await makeInstruments(market.admin, 'AAPL', 'IBM')
  await instrument('CL=F', { allowsNegativePrices: true })
})
afterAll(() => market.platform.close())

const load = (rawBody: string | Uint8Array<ArrayBuffer>, query: Record<string, string> = {}, mediaType = 'text/csv') =>
  market.admin.request(
    'POST',
    `/v1/market/bars?${new URLSearchParams({ symbol: 'AAPL', timeframe: '1d', layout: 'any', ...query }).toString()}`,
    { rawBody: rawBody as string, headers: { 'content-type': mediaType } },
  )
const barsOf = async (symbol: string, query = 'timeframe=1d') =>
  (await market.user.request('GET', `/v1/market/bars?symbols=${encodeURIComponent(symbol)}&${query}`)).body.items
const header = 'Date,Open,High,Low,Close,Volume'

test('a file with a header of its own is stored, and says how it was read', async () => {
  const answer = await load(
    'Datum;Erster;Hoch;Tief;Schlusskurs;Stuecke\n29.11.2023;98,10;99,00;98,00;98,50;1.200\n30.11.2023;98,5;98,5;98,5;98,5;\n',
  )
  expect(answer).toMatchObject({
    status: 200,
    body: { received: 2, stored: 2, reading: { ambiguous: [], profile: { delimiter: ';', decimalMark: ',', dateOrder: 'DMY' } } },
  })
  expect(await barsOf('AAPL')).toMatchObject([
    { time: '2023-11-29T00:00:00Z', close: '98.5', volume: '1200' },
    { time: '2023-11-30T00:00:00Z', close: '98.5', volume: null },
  ])
})

test('a compressed file in another encoding is stored as bytes', async () => {
  const file = gzipSync(Buffer.from(`\uFEFF${header}\n2022-01-03,1,2,1,2,5\n`, 'utf16le'))
  expect(await load(new Uint8Array(file), {}, 'application/octet-stream')).toMatchObject({ status: 200, body: { stored: 1 } })
  expect(await load(Uint8Array.of(0x50, 0x4b, 3, 4), {}, 'application/octet-stream')).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'file', message: expect.stringContaining('ZIP archive') }] },
  })
})

test('what nothing in the file decides is refused until it is given', async () => {
  const text = 'Date;Close\n01/02/2021;1,234\n'
  expect(await load(text, { dryRun: 'true' })).toMatchObject({ body: { stored: 0, reading: { ambiguous: ['decimalMark', 'dateOrder'] } } })
  const refused = await load(text)
  expect(refused.status).toBe(422)
  expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual(['query.profile.decimalMark', 'query.profile.dateOrder'])
  expect(await load(text, { profile: '{"decimalMark":",","dateOrder":"DMY"}' })).toMatchObject({ status: 200, body: { stored: 1 } })
  expect(await barsOf('AAPL', 'timeframe=1d&from=2021-01-01&until=2021-12-31')).toMatchObject([
    { time: '2021-02-01T00:00:00Z', close: '1.234' },
  ])
  for (const profile of ['{', '[]', '{"timezone":"Nowhere"}', '{"color":"red"}', '{"columns":{"close":"Last"}}'])
    expect(await load(text, { profile }), profile).toMatchObject({ status: 400 })
})

test('faulty rows and duplicates are refused, or left out and reported', async () => {
  const text = `${header}\n2020-01-02,1,2,1,2,5\n2020-01-02,2,2,2,2,5\n2020-01-03,1,1,1,1${'0'.repeat(30)},5\n2020-01-06,3,3,3,3,5\n`
  const refused = await load(text)
  expect(refused.status).toBe(422)
  expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual(['body.lines.3.time', 'body.lines.4.close'])
  expect(await barsOf('AAPL', 'timeframe=1d&from=2020-01-01&until=2020-12-31')).toEqual([])
  const stored = await load(text, { duplicates: 'last', skipFaults: 'true' })
  expect(stored.body).toMatchObject({ stored: 2, reading: { skippedRows: 2, skipped: [{ path: 'line 4 close' }] } })
  expect(await barsOf('AAPL', 'timeframe=1d&from=2020-01-01&until=2020-12-31')).toMatchObject([{ open: '2' }, { open: '3' }])
})

test('dividends and splits are stored for the instrument, once', async () => {
  const text =
    'date,close,high,low,open,volume,divCash,splitFactor\n2020-08-28,499.23,505.77,498.31,504.05,46907479,0.0,1.0\n2020-08-31,129.04,131,126,127.58,225702688,0.82,4.0\n'
  for (const stored of [2, 0])
    expect((await load(text, { symbol: 'IBM' })).body).toMatchObject({ stored, reading: { dividends: 1, splits: 1, adjustedSplits: 0 } })
  const actions = async (kind: string) => (await market.user.request('GET', `/v1/market/instruments/IBM/${kind}`)).body.items
  expect(await actions('splits')).toEqual([{ exDate: '2020-08-31', numerator: 4, denominator: 1 }])
  expect(await actions('dividends')).toMatchObject([{ exDate: '2020-08-31', kind: 'regular', amount: '0.82' }])
  await load(text.replace('0.82', '0.83'), { symbol: 'IBM' })
  expect(await actions('dividends')).toMatchObject([{ amount: '0.83' }])
})

describe('prices of zero or less', () => {
  const oil = `${header}\n2020-04-17,19.87,20.22,17.31,18.27,126126\n2020-04-20,17.73,17.85,-40.32,-37.63,247947\n2020-04-21,-14.0,13.86,-16.74,10.01,92076\n`
  test('are stored where the instrument allows them, also compressed and by week', async () => {
    expect(await load(oil, { symbol: 'CL=F' })).toMatchObject({ status: 200, body: { stored: 3 } })
    const expected = [{ low: '17.31' }, { open: '17.73', low: '-40.32', close: '-37.63' }, { open: '-14', low: '-16.74' }]
    expect(await barsOf('CL=F')).toMatchObject(expected)
    await compressBars(market.platform.database.connect('postgres'), '2026-01-01')
    expect(await barsOf('CL=F')).toMatchObject(expected)
    expect(await barsOf('CL=F', 'timeframe=1d&resample=1w')).toMatchObject([
      { close: '18.27' },
      { open: '17.73', low: '-40.32', close: '10.01' },
    ])
    const rollups = await market.user.request(
      'GET',
      '/v1/market/rollups?symbols=CL%3DF&timeframe=1d&period=month&from=2020-01-01&until=2021-01-01',
    )
    expect(rollups.body.items).toMatchObject([{ open: '19.87', high: '20.22', low: '-40.32', close: '10.01' }])
    const computed = await market.user.request(
      'GET',
      '/v1/market/instruments/CL%3DF/indicators?timeframe=1d&indicators=sma(period=2),roc(period=1)',
    )
    expect(computed.body).toMatchObject({ times: [expect.anything(), expect.anything(), expect.anything()] })
    const faults = await market.user.request('GET', '/v1/market/bar-faults?symbols=CL%3DF&timeframe=1d&from=2020-01-01&until=2020-12-31')
    expect(faults.status).toBe(200)
  })

  test('are refused by line where it does not, and by the database', async () => {
    const refused = await load(oil)
    expect(refused.status).toBe(422)
    expect(refused.body.errors[0]).toEqual({
      path: 'body.lines.3.low',
      message: '-40.32 is not a price above zero, and the instrument does not allow others',
    })
    const postgres = market.platform.database.connect('postgres')
    await expect(
      postgres`insert into market.bars (series_id, time, open, high, low, close)
        select s.id, '2019-01-02', 0, 0, 0, 0 from market.series s join market.instruments i on i.id = s.instrument_id where i.symbol = 'AAPL' limit 1`,
    ).rejects.toThrow('the instrument AAPL does not allow prices of zero or less')
  })
})

test('volumes that are not known survive compression, export and a second load', async () => {
  await instrument('^GSPC', { type: 'index' })
  expect(await load('Date,Close\n1885-02-16,30.92\n1885-02-17,31.0\n', { symbol: '^GSPC' })).toMatchObject({ body: { stored: 2 } })
  await compressBars(market.platform.database.connect('postgres'), '2026-01-01')
  const expected = [{ time: '1885-02-16T00:00:00Z', open: '30.92', volume: null }, { volume: null }]
  expect(await barsOf('^GSPC')).toMatchObject(expected)
  const csv = (await market.user.request('GET', '/v1/market/bars.csv?symbols=%5EGSPC&timeframe=1d')).body
  expect(csv).toContain('30.92,null,')
  const again = await market.admin.request('POST', '/v1/market/bars', { rawBody: csv, headers: { 'content-type': 'text/csv' } })
  expect(again.body).toEqual({ received: 2, stored: 0, unchanged: 2 })
  expect(await barsOf('^GSPC', 'timeframe=1d&resample=1w')).toMatchObject([{ volume: null }])
})

test.each(['M&M.NS', 'NQ1!', 'O:SPY251219C00650000', 'EURUSD=X', 'BRK-A'])('the symbol %s can be used everywhere', async symbol => {
  expect((await instrument(symbol, { type: symbol === 'EURUSD=X' ? 'fx' : 'other' })).status).toBe(200)
  expect(await load(`${header}\n2024-01-02,1,2,1,2,5\n`, { symbol })).toMatchObject({ status: 200, body: { stored: 1 } })
  expect(await barsOf(symbol)).toMatchObject([{ symbol, close: '2' }])
  expect((await market.user.request('GET', `/v1/market/instruments/${encodeURIComponent(symbol)}`)).body).toMatchObject({ symbol })
})

describe('a kept profile', () => {
  const text = 'Day;Value\n01/02/2001;1,234\n'
  const profile = JSON.stringify({ decimalMark: ',', dateOrder: 'DMY', columns: { time: 'Day', close: 'Value' } })
  const list = async () => (await market.admin.request('GET', '/v1/market/price-profiles?sort=name')).body.items

  test('is used for files with the same columns, gives way to what is given, and is changed and removed', async () => {
    expect((await load(text)).status).toBe(400)
    expect(await load(text, { profile, saveProfileAs: 'Fund house', dryRun: 'true' })).toMatchObject({ status: 200 })
    expect(await list()).toEqual([])
    expect(await load(text, { profile, saveProfileAs: 'Fund house' })).toMatchObject({
      body: { stored: 1, reading: { keptProfile: null } },
    })
    expect(await list()).toMatchObject([
      {
        name: 'Fund house',
        duplicates: 'refuse',
        skipFaults: false,
        version: 1,
        profile: { delimiter: ';', decimalMark: ',', dateOrder: 'DMY' },
      },
    ])
    const next = await load('Day;Value\n03/04/2001;2,345\n', { dryRun: 'true' })
    expect(next.body).toMatchObject({ stored: 1, reading: { keptProfile: 'Fund house', ambiguous: [], profile: { dateOrder: 'DMY' } } })
    expect(next.body.preview.bars).toMatchObject([{ time: '2001-04-03', close: '2.345' }])
    const other = await load('Day;Value\n03/04/2001;2,345\n', {
      profile: '{"dateOrder":"MDY"}',
      duplicates: 'first',
      saveProfileAs: 'House',
    })
    expect(other.body.reading).toMatchObject({ keptProfile: 'Fund house', profile: { dateOrder: 'MDY', decimalMark: ',' } })
    expect(await barsOf('AAPL', 'timeframe=1d&from=2001-03-01&until=2001-12-31')).toMatchObject([{ time: '2001-03-04T00:00:00Z' }])
    const [changed] = await list()
    expect(changed).toMatchObject({ name: 'House', duplicates: 'first', version: 2, profile: { dateOrder: 'MDY', decimalMark: ',' } })
    const path = `/v1/market/price-profiles/${changed.id}`
    expect((await market.user.request('GET', path)).status).toBe(403)
    expect((await market.admin.request('DELETE', path, { headers: { 'if-match': '"v1"' } })).status).toBe(412)
    expect((await market.admin.request('DELETE', path, { headers: { 'if-match': '"v2"' } })).status).toBe(204)
    expect((await load(text)).status).toBe(400)
  })

  test('does not decide what no file has shown', async () => {
    const columns = 'When;Close'
    expect(await load(`${columns}\n2002-01-02;1,5\n`, { profile: '{"columns":{"time":"When"}}', saveProfileAs: 'Shown' })).toMatchObject({
      status: 200,
    })
    expect(await load(`${columns}\n01/02/2002;1,234\n`, { dryRun: 'true' })).toMatchObject({
      body: { reading: { keptProfile: 'Shown', ambiguous: ['dateOrder'], profile: { decimalMark: ',' } } },
    })
  })

  test('needs names of columns', async () => {
    const refused = await load('2003-01-02,1,2,1,2,5\n', { saveProfileAs: 'Nameless' })
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'query.saveProfileAs' }] } })
    expect(await barsOf('AAPL', 'timeframe=1d&from=2003-01-01&until=2003-12-31')).toEqual([])
  })
})

describe('the undo of a price file', () => {
  const text = (close: string, dividend: string, split: string) =>
    `date,close,high,low,open,volume,divCash,splitFactor\n2015-06-08,400,410,390,405,100,0.0,1.0\n2015-06-09,${close},131,99,101,200,${dividend},${split}\n`
  const undo = (fileId: string) => market.admin.request('POST', `/v1/market/price-files/${fileId}/undo`)
  const seen = async () => ({
    bars: await barsOf('IBM', 'timeframe=1d&from=2015-01-01&until=2016-01-01'),
    splits: (await market.user.request('GET', '/v1/market/instruments/IBM/splits')).body.items,
    dividends: (await market.user.request('GET', '/v1/market/instruments/IBM/dividends')).body.items,
  })

  test('brings back bars, dividends and splits, the last file first, once', async () => {
    const [empty, first, second] = [
      await seen(),
      await load(text('100', '0.5', '4.0'), { symbol: 'IBM', fileName: 'ibm.csv' }),
      await seen(),
    ]
    expect(second).toMatchObject({ splits: [{ exDate: '2015-06-09', numerator: 4 }, {}], dividends: [{ amount: '0.5' }, {}] })
    const changed = await load(text('100.5', '0.6', '2.0'), { symbol: 'IBM' })
    expect(await load(text('100.5', '0.6', '2.0'), { symbol: 'IBM' })).toMatchObject({ body: { stored: 0, fileId: null } })
    const refused = await undo(first.body.fileId)
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining('of IBM have changed since') } })
    expect((await seen()).bars).toMatchObject([{ close: '400' }, { close: '100.5' }])
    expect(await undo(changed.body.fileId)).toMatchObject({
      status: 200,
      body: { fileName: null, receivedCount: 2, storedCount: 1, replacedCount: 1, actionCount: 2, undoneAt: expect.any(String) },
    })
    expect(await seen()).toEqual(second)
    expect((await undo(first.body.fileId)).status).toBe(200)
    expect(await seen()).toEqual(empty)
    expect(await undo(first.body.fileId)).toMatchObject({ status: 409, body: { title: 'Price file undone' } })
    const { body } = await market.admin.request('GET', '/v1/market/price-files?search=IBM&limit=10')
    expect(body.items).toMatchObject([{ id: first.body.fileId, fileName: 'ibm.csv', undoneAt: expect.any(String) }])
  })

  test('is refused when a dividend of the file was changed by hand, and names the instrument', async () => {
    const { body } = await load(text('100', '0.5', '1.0'), { symbol: 'IBM' })
    const { dividends } = await seen()
    const path = '/v1/market/instruments/IBM/dividends'
    await market.admin.request('PUT', path, { body: { items: dividends.map((item: object) => ({ ...item, payDate: '2015-07-01' })) } })
    expect(await undo(body.fileId)).toMatchObject({ status: 409, body: { detail: expect.stringContaining('of IBM have changed since') } })
    await market.admin.request('PUT', path, { body: { items: dividends } })
    expect((await undo(body.fileId)).status).toBe(200)
  })

  test('is of administrators, and of files that exist', async () => {
    const { body } = await load(text('100', '0.0', '1.0'), { symbol: 'IBM' })
    expect((await market.user.request('POST', `/v1/market/price-files/${body.fileId}/undo`)).status).toBe(403)
    expect((await undo('01900000-0000-7000-8000-000000000000')).status).toBe(404)
    expect((await undo(body.fileId)).status).toBe(200)
  })

  test('is not of bars that a program sends', async () => {
    const sent = await market.admin.request('POST', '/v1/market/bars', {
      body: { bars: [{ symbol: 'IBM', timeframe: '1d', time: '2015-01-02', open: 1, high: 1, low: 1, close: 1, volume: 1 }] },
    })
    expect(sent.body).toEqual({ received: 1, stored: 1, unchanged: 0 })
  })
})
