import { gzipSync } from 'node:zlib'
import { describe, expect, it, test } from 'vitest'
import { type PriceFileOptions, readBarFile } from '../../../domain/market/index.ts'

type Bar = readonly [symbol: string, time: string, open: string, high: string, low: string, close: string, volume: string | null]

const read = (file: string | Uint8Array, options: PriceFileOptions = {}) =>
  readBarFile(typeof file === 'string' ? Buffer.from(file) : file, { symbol: 'X', timeframe: '1d', ...options })

const barsOf = (file: string | Uint8Array, options: PriceFileOptions = {}): Bar[] => {
  const batch = read(file, options)
  expect(batch.faults).toEqual([])
  expect(batch.reading?.ambiguous ?? []).toEqual([])
  return batch.times.map((time, row) => [
    batch.keys[batch.seriesIndexes[row]!]!.symbol,
    time,
    batch.opens[row]!,
    batch.highs[row]!,
    batch.lows[row]!,
    batch.closes[row]!,
    batch.volumes[row]!,
  ])
}

const minute = { timeframe: '1m' } as const
const plain = 'Date,Open,High,Low,Close,Volume\n2026-04-29,3065,3101,3057,3067,19390900\n'
const plainBar: Bar = ['X', '2026-04-29', '3065', '3101', '3057', '3067', '19390900']

test.each<[string, string | Uint8Array, PriceFileOptions, Bar]>([
  [
    'Yahoo with days without prices',
    'Date,Open,High,Low,Close,Adj Close,Volume\n2019-12-31,null,null,null,null,null,null\n2020-01-02,184.0,185.5,183.2,184.5,182.1,19000000\n',
    {},
    ['X', '2020-01-02', '184', '185.5', '183.2', '184.5', '19000000'],
  ],
  [
    'yfinance by day',
    'Date,Open,High,Low,Close,Adj Close,Volume,Dividends,Stock Splits,Capital Gains\n2024-01-10 00:00:00-05:00,100.02999877929688,100.5,99.5,100.25,73.67626190185547,12,0.0,0.0,0.0\n',
    {},
    ['X', '2024-01-10', '100.02999878', '100.5', '99.5', '100.25', '12'],
  ],
  [
    'yfinance by quarter of an hour',
    'Datetime,Open,High,Low,Close,Adj Close,Volume,Dividends,Stock Splits\n2026-05-26 04:00:00-04:00,170.0712,200.8117,170.0712,199.85,199.6612091682,5,0,0\n',
    { timeframe: '15m' },
    ['X', '2026-05-26T08:00:00Z', '170.0712', '200.8117', '170.0712', '199.85', '5'],
  ],
  [
    'yfinance with three rows of names',
    'Price,Close,High,Low,Open,Volume\nTicker,SPY,SPY,SPY,SPY,SPY\nDate,,,,,\n2025-01-02,584.5,591.25,580.5,589.25,50204000\n',
    { symbol: undefined },
    ['SPY', '2025-01-02', '589.25', '591.25', '580.5', '584.5', '50204000'],
  ],
  [
    'date and time in two cells under one name',
    'Date,Open,High,Low,Close,Volume,OpenInterest\r\n2006-01-02,09:01:00,3602.00,3603.00,3597.00,3599.00,5699,0\r\n',
    minute,
    ['X', '2006-01-02T09:01:00Z', '3602', '3603', '3597', '3599', '5699'],
  ],
  [
    'Stooq in bulk by day',
    '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n7203.JP,D,20260429,000000,3065,3101,3057,3067,19390900,0\n',
    { timeframe: undefined },
    ['7203.JP', ...(plainBar.slice(1) as [string, string, string, string, string, string])],
  ],
  [
    'Stooq by five minutes',
    '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\nEURUSD,5,20260429,093500,1.1,1.2,1.0,1.15,10,0\n',
    { timeframe: undefined },
    ['EURUSD', '2026-04-29T09:35:00Z', '1.1', '1.2', '1', '1.15', '10'],
  ],
  ['a file in gzip', gzipSync(plain), {}, plainBar],
  ['a file in UTF-16', Buffer.from(`\uFEFF${plain}`, 'utf16le'), {}, plainBar],
  [
    'Alpha Vantage',
    'timestamp,open,high,low,close,volume\n2022-02-04,141.4800,142.3450,139.6700,141.1200,1087398\n',
    {},
    ['X', '2022-02-04', '141.48', '142.345', '139.67', '141.12', '1087398'],
  ],
  [
    'Alpha Vantage as JSON',
    '{"Meta Data":{"2. Symbol":"IBM","5. Time Zone":"US/Eastern"},"Time Series (5min)":{"2022-02-07 10:00:00":{"1. open":"141.5000","2. high":"142.4900","3. low":"139.8100","4. close":"140.3700","5. volume":"1263668"}}}',
    { symbol: undefined, timeframe: undefined },
    ['IBM', '2022-02-07T15:00:00Z', '141.5', '142.49', '139.81', '140.37', '1263668'],
  ],
  [
    'Polygon with nanoseconds',
    'ticker,volume,open,close,high,low,window_start,transactions\nAAPL,4930,200.29,200.5,200.63,200.29,1744792500000000000,129\n',
    minute,
    ['AAPL', '2025-04-16T08:35:00Z', '200.29', '200.63', '200.29', '200.5', '4930'],
  ],
  [
    'Nasdaq with dollars',
    'Date,Close/Last,Volume,Open,High,Low\n12/13/2024,$191.38,18883220,$192.71,$194.34,$191.26\n',
    {},
    ['X', '2024-12-13', '192.71', '194.34', '191.26', '191.38', '18883220'],
  ],
  [
    'Investing',
    '\uFEFF"Date","Price","Open","High","Low","Vol.","Change %"\n"Nov 01, 2023","12,345.67","12,300.00","12,400.00","12,200.00","1.5M","0.37%"\n',
    {},
    ['X', '2023-11-01', '12300', '12400', '12200', '12345.67', '1500000'],
  ],
  [
    'Binance with microseconds and no names',
    '1735689660000000,0.31600000,0.31700000,0.31500000,0.31601000,27.00000000,1735689719999999,8.53200000,5,0.00000000,0.00000000,0\n',
    minute,
    ['X', '2025-01-01T00:01:00Z', '0.316', '0.317', '0.315', '0.31601', '27'],
  ],
  [
    'MetaTrader 5',
    '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n2024.05.14\t09:00:00\t1.07843\t1.07850\t1.07840\t1.07848\t35\t0\t3\n',
    minute,
    ['X', '2024-05-14T09:00:00Z', '1.07843', '1.0785', '1.0784', '1.07848', '35'],
  ],
  [
    'HistData in the time of New York without daylight saving',
    '20120701 000100;1.306570;1.306580;1.306470;1.306560;0\n',
    minute,
    ['X', '2012-07-01T05:01:00Z', '1.30657', '1.30658', '1.30647', '1.30656', '0'],
  ],
  [
    'ariva in German',
    'Datum;Erster;Hoch;Tief;Schlusskurs;Stuecke;Volumen\n2023-11-29;98,10;99,00;98,00;98,50;1.200;118.000\n',
    {},
    ['X', '2023-11-29', '98.1', '99', '98', '98.5', '1200'],
  ],
  [
    'CryptoDataDownload below its address',
    'https://www.CryptoDataDownload.com\nunix,date,symbol,open,high,low,close,Volume BTC,Volume USD\n1704153600000,2024-01-02 00:00:00,BTC/USD,44187.14,45899.0,44176.0,44946.9,2100.5,94000000.1\n',
    {},
    ['BTC/USD', '2024-01-02', '44187.14', '45899', '44176', '44946.9', '2100.5'],
  ],
  [
    'exponents of a spreadsheet',
    'Date,Open,High,Low,Close,Volume\n02.01.2024,1.234e-05,1.3e-05,1.2e-05,1.25e-05,1.2346E+7\n',
    {},
    ['X', '2024-01-02', '0.00001234', '0.000013', '0.000012', '0.0000125', '12346000'],
  ],
  [
    '24:00:00',
    'Date,Open,High,Low,Close,Volume\n2024-01-02 24:00:00,1,2,1,2,5\n',
    minute,
    ['X', '2024-01-03T00:00:00Z', '1', '2', '1', '2', '5'],
  ],
  [
    'TradingView',
    'time,open,high,low,close,Volume\n2024-01-02T09:30:00-05:00,472.16,473.67,470.49,472.65,123623\n',
    minute,
    ['X', '2024-01-02T14:30:00Z', '472.16', '473.67', '470.49', '472.65', '123623'],
  ],
])('%s is read', (_, file, options, bar) => {
  expect(barsOf(file, options)).toEqual([bar])
})

describe('prices that are missing', () => {
  it('are taken from the close, and counted', () => {
    const text =
      'Date,Open,High,Low,Close,Volume\n2024-01-02,-,-,-,12.5,3\n2024-01-03,0,12.50,12.00,12.25,3\n2024-01-04,N/A,N/A,N/A,N/A,N/A\n'
    expect(barsOf(text)).toEqual([
      ['X', '2024-01-02', '12.5', '12.5', '12.5', '12.5', '3'],
      ['X', '2024-01-03', '12.25', '12.5', '12', '12.25', '3'],
    ])
    expect(read(text).reading?.counts).toEqual({ rounded: 0, filled: 4, corrected: 0 })
    expect(barsOf('Date,Close\n2024-01-02,10.5\n')).toEqual([['X', '2024-01-02', '10.5', '10.5', '10.5', '10.5', null]])
  })

  it('are a fault where the close is missing', () => {
    expect(read('Date,Open,High,Low,Close,Volume\n2024-01-02,1,2,1,null,3\n').faults).toEqual([
      { row: 2, column: 'close', message: 'is missing' },
    ])
  })
})

it('sets a high or low that the noise of a float puts within the body', () => {
  const text =
    'Date,Open,High,Low,Close,Volume\n2015-06-01,10.000000,10.499999,9.9,10.500000,100\n2015-06-02,9.899999,10.6,9.900000,10.5,100\n'
  expect(barsOf(text).map(([, , , high, low]) => [high, low])).toEqual([
    ['10.5', '9.9'],
    ['10.6', '9.899999'],
  ])
  expect(read(text).reading?.counts.corrected).toBe(2)
  expect(read(text.replace('10.499999', '10.49')).faults).toMatchObject([{ row: 2, column: 'high' }])
})

it('reads local times through the end of daylight saving time', () => {
  const text = ['00:30', '01:30', '01:30', '02:30'].map(time => `2024-11-03 ${time}:00,1,1,1,1,1`).join('\n')
  const file = `Datetime,Open,High,Low,Close,Volume\n${text}\n`
  expect(read(file, minute).faults).toMatchObject([{ row: 4, column: 'time' }])
  expect(barsOf(file, { ...minute, profile: { timezone: 'America/New_York' } }).map(([, time]) => time.slice(11, 16))).toEqual([
    '04:30',
    '05:30',
    '06:30',
    '07:30',
  ])
})

it('reads the midnight of an exchange, counted from 1970, as its date', () => {
  const file = 'ticker,volume,open,close,high,low,window_start,transactions\nAAPL,4930,1,1,1,1,1744776000000000000,129\n'
  expect(read(file).faults).toMatchObject([{ row: 2, column: 'time' }])
  expect(barsOf(file, { profile: { timezone: 'America/New_York' } })).toMatchObject([['AAPL', '2025-04-16', '1', '1', '1', '1', '4930']])
})

describe('rows of one time', () => {
  const text = `${plain}2026-04-29,1,1,1,1,1\n2026-04-30,2,2,2,2,2\n`
  it('refuse the file, or one of them is kept', () => {
    expect(read(text).faults).toMatchObject([{ row: 3, column: 'time' }])
    expect(barsOf(text, { duplicates: 'first' }).map(([, , open]) => open)).toEqual(['3065', '2'])
    expect(barsOf(text, { duplicates: 'last' }).map(([, , open]) => open)).toEqual(['1', '2'])
    expect(read(text, { duplicates: 'last' }).reading?.skipped).toBe(1)
  })

  it('are left out with other faulty rows, and reported, if the caller asks', () => {
    const batch = read(`${text}2026-05-01,5,4,3,4,1\n`, { skipFaults: true })
    expect(batch).toMatchObject({ faultCount: 0, times: ['2026-04-29', '2026-04-30'] })
    expect(batch.reading).toMatchObject({ skipped: 2, skippedFaults: [{ row: 3 }, { row: 5 }] })
  })
})

describe('corporate actions', () => {
  it('are read from rows with and without prices', () => {
    const batch = read(
      'date,close,high,low,open,volume,adjClose,divCash,splitFactor\r\n2020-08-27,500,500,500,500,1,125,0.82,1.0\r\n2020-08-28,499.23,505.77,498.31,504.05,46907479,121.4,0.0,1.0\r\n2020-08-31,129.04,131.0,126.0,127.58,225702688,125.5,0.0,4.0\r\n2020-09-01,,,,,,,0.395,\r\n',
    )
    expect(batch).toMatchObject({ faults: [], rowCount: 3, ignoredColumns: ['adjClose'] })
    expect(batch.reading).toMatchObject({
      dividends: [
        { symbol: 'X', exDate: '2020-08-27', amount: '0.82' },
        { symbol: 'X', exDate: '2020-09-01', amount: '0.395' },
      ],
      splits: [{ symbol: 'X', exDate: '2020-08-31', numerator: 4, denominator: 1 }],
      adjustedSplits: 0,
    })
  })

  it('leave out a split for which the prices are adjusted already', () => {
    const batch = read('Date,Close,Stock Splits\n2020-08-28,124.8,0.0\n2020-08-31,129.04,4.0\n')
    expect(batch.reading).toMatchObject({ splits: [], adjustedSplits: 1 })
  })

  test.each([
    ['0.1', 1, 10],
    ['1.5', 3, 2],
    ['0.333333', 1, 3],
    ['7:1', 7, 1],
  ])('read the ratio %s', (text, numerator, denominator) => {
    expect(read(`Date,Close,Splits\n2020-08-31,129.04,${text}\n`).reading?.splits).toMatchObject([{ numerator, denominator }])
  })
})

it('says what nothing in the file decides', () => {
  const text = 'Date;Close\n01/02/2024;1,234\n'
  expect(read(text).reading?.ambiguous).toEqual(['decimalMark', 'dateOrder'])
  expect(barsOf(text, { profile: { dateOrder: 'DMY', decimalMark: ',' } })[0]?.slice(1, 3)).toEqual(['2024-02-01', '1.234'])
})

it('multiplies prices by a power of ten', () => {
  expect(barsOf('Date,Close\n2024-01-02,1234.5\n', { profile: { scale: -2 } })[0]?.[5]).toBe('12.345')
})

it('refuses a column that the file does not have', () => {
  expect(() => read(plain, { profile: { columns: { close: 'Last' } } })).toThrow('profile.columns.close: the file has no column "Last"')
})
