import { describe, expect, it, test } from 'vitest'
import { readBarFile } from '../../../domain/market/index.ts'

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
      volumes: ['12346000', '123'],
    })
  })

  it('with noise of a float is rounded half to even, and counted', () => {
    const text = `${header}\n2024-03-01,134.0800018310547,135,100.02999877929688,1.2500000000,1.00000000500\n`
    expect(read(text)).toMatchObject({ roundedCount: 3, opens: ['134.08000183'], lows: ['100.02999878'], volumes: ['1'] })
  })

  it('that rounding would change by more is rejected by line and column, unless the caller asks', () => {
    const text = `${header}\n2024-03-01,1,1,0.0000000125,1,5\n`
    expect(read(text).faults).toEqual([
      { row: 2, column: 'low', message: '"0.0000000125" has 10 decimals: a price has at most 8, and is not rounded' },
    ])
    expect(read(text, { symbol: 'VTI', timeframe: '1d', round: true })).toMatchObject({ faults: [], lows: ['0.00000001'], roundedCount: 1 })
    expect(read(`${header}\n2024-03-01,1,1,1,1,0.123456789\n`)).toMatchObject({ faults: [], volumes: ['0.12345679'] })
  })

  it.each(['1.2.3', 'x', '1e30'])('like "%s" is a fault with its line and column', text => {
    expect(read(`${header}\n2024-01-02,1,1,1,1,5\n2024-01-03,1,1,1,"${text}",5\n`).faults).toMatchObject([{ row: 3, column: 'close' }])
  })
})

describe('the header of a price file', () => {
  test.each([
    ['Date,Open,High,Low,Close,Volume USD', 'line 1: has no column Volume, and "Volume USD" is not a known column'],
    ['Date,Open,High,Low,Adj Close,Volume', 'line 1: must have columns for close'],
    ['Symbol,Open,High,Low,Close,Volume', 'line 1: must have columns for time'],
  ])('is rejected by name if it is incomplete: %s', (text, message) => {
    expect(() => read(`${text}\n${'1,'.repeat(5)}1\n`)).toThrow(message)
  })

  test.each([
    ['Date,Open,High,Low,Close,Last,Volume', 'close', '"Close" and "Last"'],
    ['Date,Open,High,Low,Close,Close,Volume', 'close', '"Close" and "Close"'],
    ['Date,Open,High,Low,Close,Volume,Vol', 'volume', '"Volume" and "Vol"'],
  ])('with two columns of one meaning is ambiguous until the caller names one: %s', (text, meaning, names) => {
    const rows = `${text}\n2024-01-02,10,11,9,10.5,9.75,100\n`
    expect(read(rows).reading).toMatchObject({
      ambiguous: [`columns.${meaning}`],
      notes: expect.arrayContaining([{ field: `columns.${meaning}`, message: `Two columns can be ${meaning}: ${names}.` }]),
    })
    const set = read(rows, { symbol: 'VTI', timeframe: '1d', profile: { columns: { close: 6, volume: 7 } } })
    expect(set).toMatchObject({ closes: ['9.75'], volumes: ['100'] })
    expect(set.reading?.ambiguous).toEqual([])
  })

  it('names the columns that are not stored', () => {
    const batch = read('Date,Open,High,Low,Close,Adj Close,Volume,Capital Gains\n2024-01-02,10,11,9,10.5,8,1,0\n')
    expect(batch).toMatchObject({ faults: [], closes: ['10.5'], ignoredColumns: ['Adj Close', 'Capital Gains'] })
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
    expect(read(`<PER>,${header}\nX,2024-01-02,1,1,1,1,5\n`).faults).toMatchObject([{ row: 2, column: 'timeframe' }])
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
  for (const spelling of ['2024-01-02 16:00:00', '2024-01-02 24:00:00', '0001-01-01', '2024-02-30'])
    expect(read(`${header}\n${lineOf(spelling)}\n`).faults).toMatchObject([{ row: 2, column: 'time' }])
})

it('is rejected when it is packed in an archive', () => {
  expect(() => readBarFile(Uint8Array.of(0x50, 0x4b, 3, 4), { symbol: 'VTI', timeframe: '1d' })).toThrow('file: is a ZIP archive')
})

it('a line of another length is rejected by its number, and a footer is left out', () => {
  const text = `\uFEFF${header}\n2024-01-02,1,2\n${lineOf('2024-01-03')}\n\n"Data provided by Example, Ltd."\n`
  expect(read(text)).toMatchObject({ rowCount: 1, faults: [{ row: 2, message: 'has 3 cells where the header has 6' }] })
})
