import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lambdaContext } from '../../../local/api-event.ts'
import { startBarDrop } from '../../../local/bar-drop.ts'
import { handler } from '../../../lambdas/market/handlers/ingest-dropped-bars.ts'
import type { TestPlatform, TestUser } from '../../support/platform.ts'
import { makeInstruments, startMarketPlatform } from './market-platform.ts'

let platform: TestPlatform
let admin: TestUser
let user: TestUser
const folder = mkdtempSync(join(tmpdir(), 'nestegg-drop-'))
beforeAll(async () => {
  ;({ platform, admin, user } = await startMarketPlatform())
  await makeInstruments(admin, 'ONE', 'TWO', 'BRK.B')
  process.env['BAR_DROP_FOLDER'] = folder
})
afterAll(async () => {
  delete process.env['BAR_DROP_FOLDER']
  rmSync(folder, { recursive: true })
  await platform.close()
})

const put = (key: string, content: string | Uint8Array) => {
  mkdirSync(join(folder, key, '..'), { recursive: true })
  writeFileSync(join(folder, key), content)
}
const ingest = (key: string, size = 1000) =>
  handler({ detail: { object: { key, size } } }, lambdaContext('market-ingest-dropped-bars', 'one', 900))
const reportOf = (key: string) => JSON.parse(readFileSync(join(folder, 'reports', `${key}.json`), 'utf8'))
const closesOf = async (symbol: string) => {
  const { body } = await user.request('GET', `/v1/market/bars?symbols=${symbol}&timeframe=1d&limit=100`)
  return body.items.map((bar: { close: string }) => Number(bar.close))
}

test('a vendor’s price file is stored once, under the symbol and timeframe of its name', async () => {
  put('bars/1d/ONE.csv', 'Date,Open,High,Low,Close,Volume\n2026-01-05,10,11,9,10.5,100\n2026-01-06,10.5,12,10,11.25,200\n')
  expect(await ingest('bars/1d/ONE.csv')).toMatchObject({ status: 'stored', received: 2, stored: 2, unchanged: 0, ignoredColumns: [] })
  expect(await ingest('bars/1d/ONE.csv')).toMatchObject({ status: 'stored', received: 2, stored: 0, unchanged: 2, ignoredColumns: [] })
  expect(reportOf('1d/ONE.csv')).toMatchObject({
    status: 'stored',
    stored: 0,
    unchanged: 2,
    fileId: null,
    reading: { profile: { columns: { time: 'Date', close: 'Close' } }, ambiguous: [] },
  })
  expect(await closesOf('ONE')).toEqual([10.5, 11.25])
  const { body } = await admin.request('GET', '/v1/market/price-files')
  expect(body.items).toMatchObject([{ fileName: '1d/ONE.csv', storedCount: 2 }])
  put('bars/1d/BRK.B.csv', 'Date,Open,High,Low,Close,Volume\n2026-01-05,10,11,9,10.5,100\n')
  expect(await ingest('bars/1d/BRK.B.csv')).toMatchObject({ status: 'stored', stored: 1 })
})

test('files of many symbols, as CSV or JSON, may have any name', async () => {
  const header = 'symbol,timeframe,time,open,high,low,close,volume'
  put('bars/january.csv', `${header}\nONE,1d,2026-01-07,1,1,1,1,1\nTWO,1d,2026-01-07,2,2,2,2,2\n`)
  expect(await ingest('bars/january.csv')).toMatchObject({ status: 'stored', received: 2 })
  const bar = { symbol: 'TWO', timeframe: '1d', time: '2026-01-08', open: '3', high: '3', low: '3', close: '3', volume: 1 }
  put('bars/feed/january.json', JSON.stringify({ bars: [bar] }))
  expect(await ingest('bars/feed/january.json')).toMatchObject({ status: 'stored', received: 1 })
  expect(await closesOf('TWO')).toEqual([2, 3])
})

test('a file with a fault is rejected as a whole, its faulty lines are reported, and it is not tried again', async () => {
  put('bars/1d/TWO.csv', 'Date,Open,High,Low,Close,Volume\n2026-02-02,10,11,9,10.5,100\n2026-02-03,10,9,11,10,1\n2026-02-04,x,1,1,1,1\n')
  expect(await ingest('bars/1d/TWO.csv')).toEqual({ status: 'rejected', reason: expect.stringContaining('Nothing was stored') })
  expect(reportOf('1d/TWO.csv').errors.map(({ path }: { path: string }) => path)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^lines\.3/), expect.stringMatching(/^lines\.4\.open$/)]),
  )
  expect(await closesOf('TWO')).toEqual([2, 3])
  const rejected = async (key: string, content: string | Uint8Array, size?: number) => {
    put(key, content)
    await ingest(key, size)
    return reportOf(key.slice('bars/'.length))
  }
  const prices = 'Date,Open,High,Low,Close,Volume\n2026-02-02,10,11,9,10.5,100\n'
  expect(await rejected('bars/1d/NOBODY.csv', prices)).toMatchObject({ errors: [{ message: 'no instrument has the symbol NOBODY' }] })
  expect(await rejected('bars/prices.csv', prices)).toMatchObject({ errors: [{ path: 'symbol' }] })
  expect(await rejected('bars/1d/ONE.csv', 'a,b\n1,2\n')).toMatchObject({ status: 'rejected' })
  expect(await rejected('bars/1d/ONE.csv', Uint8Array.of(0xff, 0xfe, 0xfd))).toMatchObject({
    reason: 'line 1: has bytes that are not utf-16le: choose another encoding',
  })
  expect(await rejected('bars/1d/ONE.csv', prices, 100_000_001)).toMatchObject({ reason: expect.stringContaining('divide it') })
})

test('an error without a fault in the file is thrown, so that the file is tried again', async () => {
  await expect(ingest('bars/not/there.csv')).rejects.toThrow('ENOENT')
  await expect(ingest('elsewhere/file.csv')).rejects.toThrow('bars/')
})

test('a folder is watched: a file is ingested once it has stopped growing, and again when it changes', async () => {
  const drop = startBarDrop(folder, 10)
  const until = async (condition: () => Promise<boolean>) => {
    while (!(await condition())) await delay(10)
  }
  put('bars/1d/watched/late.csv', 'symbol,timeframe,time,open,high,low,close,volume\nONE,1d,2026-03-02,7,7,7,7,1\n')
  await until(async () => (await closesOf('ONE')).includes(7))
  put('bars/1d/watched/late.csv', 'symbol,timeframe,time,open,high,low,close,volume\nONE,1d,2026-03-02,8,8,8,8,1\n')
  await until(async () => (await closesOf('ONE')).includes(8))
  // A copy can keep the time of its original.
  put('bars/1d/watched/late.csv', 'symbol,timeframe,time,open,high,low,close,volume\nONE,1d,2026-03-02,9,9,9,9,1\n')
  utimesSync(join(folder, 'bars/1d/watched/late.csv'), 1_700_000_000.1236, 1_700_000_000.1236)
  await until(async () => (await closesOf('ONE')).includes(9))
  await drop.close()
  expect(reportOf('1d/watched/late.csv')).toMatchObject({ status: 'stored', stored: 1 })
})

test('a compressed file of another source is stored with its splits, and one that is in doubt is rejected in words', async () => {
  const text = 'Datum;Schlusskurs;Stuecke;Splits\n29.05.2026;400,5;1.200;\n01.06.2026;100,25;;4:1\n'
  put('bars/1d/BRK.B.csv.gz', gzipSync(text))
  expect(await ingest('bars/1d/BRK.B.csv.gz')).toMatchObject({ status: 'stored', stored: 2, reading: { splits: 1, filledFigures: 6 } })
  expect((await user.request('GET', '/v1/market/instruments/BRK.B/splits')).body.items).toEqual([
    { exDate: '2026-06-01', numerator: 4, denominator: 1 },
  ])
  put('bars/1d/BRK.B.csv', 'Date,Close\n01/02/2026,1.5\n')
  expect(await ingest('bars/1d/BRK.B.csv')).toEqual({
    status: 'rejected',
    reason: expect.stringMatching(
      /^Nothing was stored: nothing in the file decides how it is to be read\. Store its first lines with the right profile on the page \/market\/load/,
    ),
  })
  expect(reportOf('1d/BRK.B.csv').errors).toEqual([
    { path: 'profile.dateOrder', message: 'must be given. "01/02/2026" can be read in two ways.' },
  ])
})

test('a dropped file is read by the profile that is kept for its columns, and the report says which and what was left out', async () => {
  const text = 'Tag;Kurs\n01/02/2025;1,234\n02/02/2025;1,5\n02/02/2025;1,6\n03/02/2025;x\n'
  put('bars/1d/TWO.csv', text)
  expect(await ingest('bars/1d/TWO.csv')).toMatchObject({ status: 'rejected' })
  const profile = JSON.stringify({ decimalMark: ',', dateOrder: 'DMY', timezone: 'Europe/Berlin', columns: { time: 'Tag', close: 'Kurs' } })
  const query = new URLSearchParams({
    symbol: 'ONE',
    timeframe: '1d',
    layout: 'any',
    profile,
    duplicates: 'last',
    skipFaults: 'true',
    saveProfileAs: 'Hausbank',
  })
  const kept = await admin.request('POST', `/v1/market/bars?${query.toString()}`, {
    rawBody: 'Tag;Kurs\n01/02/2020;2,345\n',
    headers: { 'content-type': 'text/csv' },
  })
  expect(kept).toMatchObject({ status: 200, body: { stored: 1, reading: { keptProfile: null } } })
  expect(await ingest('bars/1d/TWO.csv')).toMatchObject({ status: 'stored', received: 2, stored: 2 })
  expect(reportOf('1d/TWO.csv').reading).toMatchObject({
    keptProfile: 'Hausbank',
    skippedRows: 2,
    skipped: [{ path: 'line 5 close', message: '"x" is not a number with the decimal mark ","' }],
    profile: { dateOrder: 'DMY', decimalMark: ',', timezone: 'Europe/Berlin' },
  })
  const { body } = await user.request('GET', '/v1/market/bars?symbols=TWO&timeframe=1d&from=2025-01-01&until=2025-12-31')
  expect(body.items).toMatchObject([
    { time: '2025-02-01T00:00:00Z', close: '1.234' },
    { time: '2025-02-02T00:00:00Z', close: '1.6' },
  ])
})
