import { describe, expect, it, test } from 'vitest'
import { readBarFile } from '../../../domain/market/index.ts'
import { DomainError } from '../../../domain/shared/index.ts'

const read = (text: string, options: Parameters<typeof readBarFile>[1] = { symbol: 'VTI', timeframe: '1d' }) =>
  readBarFile(Buffer.from(text), options)
const header = 'Date,Open,High,Low,Close,Volume'
const lineOf = (time: string) => `${time},10,11,9,10.5,1`

describe('a figure of a price file', () => {
  it('is read exactly, also with an exponent and with needless zeros', () => {
    const text = `${header}\n2024-03-01,1.234e-05,1.3e-05,1.2E-05,0.00001250000,1.2346E+7\n2024-03-02,1,1,1,1,123.0\n`
    expect(read(text)).toMatchObject({
      faults: [],
      opens: ['0.00001234', '1'],
      highs: ['0.000013', '1'],
      lows: ['0.000012', '1'],
      closes: ['0.0000125', '1'],
      volumes: ['12346000', '123.0'],
    })
  })

  it('with more decimals than are stored is rejected by line and column', () => {
    expect(read(`${header}\n2024-03-01,1,1,0.0000000125,1,5\n`).faults).toEqual([
      { row: 2, column: 'low', message: '"0.0000000125" has 10 decimals: a price has at most 8, and is not rounded' },
    ])
    expect(read(`${header}\n2024-03-01,1,1,1,1,0.123456789\n`).faults).toMatchObject([{ row: 2, column: 'volume' }])
  })

  it('is rounded half to even if the caller asks, and counted', () => {
    const text = `${header}\n2024-03-01,134.0800018310547,135,0.000000125,1.2500000000,1.00000000500\n`
    const batch = read(text, { symbol: 'VTI', timeframe: '1d', round: true })
    expect(batch).toMatchObject({
      faults: [],
      roundedCount: 3,
      opens: ['134.08000183'],
      lows: ['0.00000012'],
      closes: ['1.25'],
      volumes: ['1'],
    })
    expect(read(`${header}\n2024-03-01,1,1,1e-9,1,0\n`, { symbol: 'VTI', timeframe: '1d', round: true }).faults).toMatchObject([
      { column: 'low' },
    ])
  })

  it('with thousands in quotes is rejected by line and column', () => {
    expect(read('"Date","Open","High","Low","Close","Volume"\n"2024-01-02","1","1","1","1","123,623,700"\n').faults).toMatchObject([
      { row: 2, column: 'volume', message: expect.stringContaining('"123,623,700" is not a volume') },
    ])
  })
})

describe('the header of a price file', () => {
  test.each([
    ['Date,Open,High,Low,Close,Last,Volume', 'line 1: has two columns for close: "Close" and "Last"'],
    ['Date,Open,High,Low,Close,Close,Volume', 'line 1: has two columns for close: "Close" and "Close"'],
    ['Date,Open,High,Low,close,CLOSE,Volume', 'line 1: has two columns for close: "close" and "CLOSE"'],
    ['Date,Time,Open,High,Low,Close', 'line 1: has two columns for time: "Date" and "Time"'],
    ['<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>', 'line 1: has two columns for time: "<DATE>" and "<TIME>"'],
    ['Date,Open,High,Low,Close,Volume,Vol', 'line 1: has two columns for volume: "Volume" and "Vol"'],
    ['symbol,ticker,Date,Open,High,Low,Close', 'line 1: has two columns for symbol: "symbol" and "ticker"'],
    ['Date,Open,High,Low,Close,Volume USD', 'line 1: has no column Volume, and "Volume USD" is not a known column'],
    ['Date,Open,High,Low,Price,Vol.', 'line 1: must have columns for close'],
    ['Date,Open,High,Low,Adj Close,Volume', 'line 1: must have columns for close'],
    ['<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>', 'line 1: is separated by tabs: it must be separated by commas'],
    ['Date;Open;High;Low;Close', 'line 1: is separated by semicolons: it must be separated by commas'],
  ])('is rejected by name if it is ambiguous or incomplete: %s', (text, message) => {
    expect(() => read(`${text}\n${'1,'.repeat(9)}\n`)).toThrow(message)
    expect(() => read(`${text}\n`)).toThrow(DomainError)
  })

  it('names the columns that are not stored', () => {
    const batch = read('Date,Open,High,Low,Close,Adj Close,Volume,Stock Splits\n2024-01-02,10,11,9,10.5,8,1,0\n')
    expect(batch).toMatchObject({ faults: [], closes: ['10.5'], ignoredColumns: ['Adj Close', 'Stock Splits'] })
  })

  it('may have columns for symbol, timeframe and every other column of bars', () => {
    const text =
      'symbol,timeframe,date,open,high,low,close,volume,trade_count,VWAP\nAAA,1d,2024-01-02,1,1,1,1,5,3,1\nBBB,1w,2024-01-01,2,2,2,2,6,,2\n'
    expect(read(text, {})).toMatchObject({
      faults: [],
      keys: [
        { symbol: 'AAA', timeframe: '1d' },
        { symbol: 'BBB', timeframe: '1w' },
      ],
      optional: { tradeCount: ['3', null], vwap: ['1', '2'] },
    })
    expect(read('ticker,date,open,high,low,close\nAAA,2024-01-02,1,1,1,1\n').keys).toEqual([{ symbol: 'AAA', timeframe: '1d' }])
  })

  it('with a column for symbols leaves no row to the given symbol', () => {
    expect(read(`symbol,${header}\n,2024-01-02,1,1,1,1,5\n`).faults).toEqual([{ row: 2, column: 'symbol', message: 'is missing' }])
    expect(read(`<PER>,${header}\nD,2024-01-02,1,1,1,1,5\n`).faults).toMatchObject([{ row: 2, column: 'timeframe' }])
  })

  it('without a column for symbols needs one symbol for all rows', () => {
    expect(() => read(`${header}\n${lineOf('2024-01-02')}\n`, { timeframe: '1d' })).toThrow('symbol: is required')
    expect(() => read(`${header}\n${lineOf('2024-01-02')}\n`, { symbol: 'VTI' })).toThrow('timeframe: is required')
  })
})

it('reads a date in the spellings of vendors as the date that is written', () => {
  const spellings = [
    '2024-01-08',
    '20240108',
    '2024-01-08 00:00:00',
    '2024-01-08T00:00:00Z',
    '2024-01-08 00:00:00+00:00',
    '2024-01-08 00:00:00-05:00',
    '2024-01-08T00:00:00.000+09:00',
  ]
  for (const spelling of spellings) {
    expect(read(`${header}\n${lineOf(spelling)}\n`)).toMatchObject({ faults: [], times: ['2024-01-08'] })
    expect(read(`timestamp${header.slice(4)}\n${lineOf(spelling)}\n`)).toMatchObject({ faults: [], times: ['2024-01-08'] })
  }
  for (const spelling of ['02.01.2024', '2024-01-02 16:00:00', '2024-01-02 24:00:00', '12/13/2024'])
    expect(read(`${header}\n${lineOf(spelling)}\n`).faults).toMatchObject([{ row: 2, column: 'time' }])
})

test.each([
  ['compressed with gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), 'file: is compressed: unpack it first'],
  ['compressed with zip', Uint8Array.of(0x50, 0x4b, 3, 4), 'file: is compressed: unpack it first'],
  ['in UTF-16', Buffer.from(`\uFEFF${header}\n`, 'utf16le'), 'file: is text in UTF-16: it must be in UTF-8'],
  ['in Latin-1', Buffer.from('Dat\u00E9,Open\n', 'latin1'), 'file: must be text in UTF-8'],
])('a file %s is rejected', (_, bytes, message) => {
  expect(() => readBarFile(bytes, { symbol: 'VTI', timeframe: '1d' })).toThrow(message)
})

it('a line of another length, such as a footer, is rejected by its number', () => {
  expect(read(`\uFEFF${header}\n${lineOf('2024-01-02')}\n\n"Data provided by Example, Ltd."\n`).faults).toEqual([
    { row: 4, message: 'has 1 cells where the header has 6' },
  ])
})
