import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { priceHeaderOf, profileToKeep, readBarFile, withKeptProfile } from '../../../domain/market/index.ts'

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(text, encoding))

describe('the names of the columns by which a file is known', () => {
  const lines = Array.from({ length: 5000 }, (_, day) => `${2000 + (day % 20)}-01-02;1,${day};ü`)
  const text = ['Datum;Kurs;Stücke', ...lines].join('\r\n')
  test.each([
    ['in UTF-8', bytes(text)],
    ['in Windows-1252', bytes(text, 'latin1')],
    ['in UTF-16', bytes(`\uFEFF${text}`, 'utf16le')],
    ['compressed', new Uint8Array(gzipSync(text))],
    ['alone', bytes('Datum;Kurs;Stücke\n2001-01-01;1,5;1')],
  ])('are the same %s', (_, file) => {
    expect(priceHeaderOf(file)).toEqual(['Datum', 'Kurs', 'Stücke'])
  })

  test.each([
    ['of a file without names', '2001-01-01,1,1,1,1,1\n2001-01-02,1,1,1,1,1\n'],
    ['of JSON', '{"bars":[]}'],
    ['of bars', 'symbol,timeframe,time,open,high,low,close,volume\n'],
    ['of nothing', ''],
  ])('are not those %s', (_, content) => {
    expect(priceHeaderOf(bytes(content))).toBeUndefined()
  })
})

test('what is kept is what was given and what the file has shown', () => {
  const read = (content: string, profile = {}) => readBarFile(bytes(content), { symbol: 'A', timeframe: '1d', profile })
  const columns = { time: 'Date', close: 'Close' }
  expect(profileToKeep(read('Date;Close\n31/12/2024;1.234,5\n'))).toEqual({
    delimiter: ';',
    columns,
    decimalMark: ',',
    thousandsMark: '.',
    dateOrder: 'DMY',
  })
  expect(profileToKeep(read('Date;Close\n2024-12-31;5\n', { timezone: 'Asia/Tokyo' }), { timezone: 'Asia/Tokyo' })).toEqual({
    delimiter: ';',
    columns,
    timezone: 'Asia/Tokyo',
  })
})

test('what is given counts more than what is kept', () => {
  const kept = { name: 'One', profile: { dateOrder: 'DMY', columns: { close: 'Last' } }, duplicates: 'last', skipFaults: true } as const
  expect(withKeptProfile({ profile: { dateOrder: 'MDY', columns: { time: 'Day' } }, skipFaults: false }, kept)).toEqual({
    profile: { dateOrder: 'MDY', columns: { close: 'Last', time: 'Day' } },
    duplicates: 'last',
    skipFaults: false,
  })
  const given = { symbol: 'A' }
  expect(withKeptProfile(given, undefined)).toBe(given)
})
