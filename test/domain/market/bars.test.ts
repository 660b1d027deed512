import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readBarsFromCsv, readBarsFromJson } from '../../../domain/market/index.ts'
import { DomainError } from '../../../domain/shared/index.ts'
import { compareDecimals } from '../../../domain/market/bars/cells.ts'
import { readBarTime } from '../../../domain/market/bars/times.ts'

const good = { symbol: 'VTI', timeframe: '1d', time: '2026-10-30', open: '10', high: '11.5', low: '9.25', close: '10.75', volume: '1200' }
const faultsOf = (...bars: unknown[]) => readBarsFromJson(JSON.stringify({ bars })).faults

describe('a bar', () => {
  it('is read exactly as written', () => {
    const bar = { ...good, close: 10.1, vwap: '10.12345678', tradeCount: 7, bid: '0', spread: '-0.01', additionalData: { rating: 'buy' } }
    const batch = readBarsFromJson(JSON.stringify({ bars: [good, { ...bar, symbol: 'BND', ask: null }] }))
    expect(batch.faults).toEqual([])
    expect(batch).toMatchObject({
      keys: [
        { symbol: 'VTI', timeframe: '1d' },
        { symbol: 'BND', timeframe: '1d' },
      ],
      seriesIndexes: [0, 1],
      closes: ['10.75', '10.1'],
      optional: {
        vwap: [null, '10.12345678'],
        tradeCount: [null, '7'],
        bid: [null, '0'],
        spread: [null, '-0.01'],
        additionalData: [null, '{"rating":"buy"}'],
      },
    })
    expect(batch.optional.ask).toBeUndefined()
  })

  test.each([
    ['high below low', { high: '9', low: '9.1', open: '9', close: '9' }, 'high', '9 is below the low of 9.1'],
    ['high below close', { high: '10.5' }, 'high', '10.5 is below the open or close'],
    ['low above open', { low: '10.1' }, 'low', '10.1 is above the open or close'],
    [
      'a difference that floats do not have',
      { high: '9007199254.00000001', low: '1', open: '9007199254.00000002', close: '2' },
      'high',
      '9007199254.00000001 is below the open or close',
    ],
    ['NaN', { close: 'NaN' }, 'close', '"NaN" is not a price: a number, with at most 10 digits before the decimal point and 8 after it'],
    [
      'infinity',
      { volume: 'Infinity' },
      'volume',
      '"Infinity" is not a volume: a number of zero or more, with at most 16 digits before the decimal point and 8 after it',
    ],
    ['a ninth decimal', { low: '1.123456789' }, 'low', '"1.123456789" has 9 decimals: a price has at most 8, and is not rounded'],
    [
      'too large a volume',
      { volume: 1e21 },
      'volume',
      '1e+21 is not a volume: a number of zero or more, with at most 16 digits before the decimal point and 8 after it',
    ],
    ['no close', { close: undefined }, 'close', 'is missing'],
    ['no symbol', { symbol: '' }, 'symbol', 'is missing'],
    ['an invalid symbol', { symbol: 'a b' }, 'symbol', '"a b" is not a symbol'],
    ['an unknown timeframe', { timeframe: '7m' }, 'timeframe', '"7m" is not one of 1m, 5m, 15m, 30m, 1h, 4h, 1d, 1w, 1mo'],
    ['1699', { time: '1699-12-31' }, 'time', '"1699-12-31" is not between 1700 and 2099'],
    ['2200', { time: '2200-01-01' }, 'time', '"2200-01-01" is not between 1700 and 2099'],
    ['a date that does not exist', { time: '2026-02-29' }, 'time', '"2026-02-29" is not a valid date or time'],
    [
      'a day with a time in it',
      { time: '2026-02-27T14:30:00Z' },
      'time',
      '"2026-02-27T14:30:00Z" has a time of day; a bar of a day or longer has only a date, like 2026-02-27',
    ],
    [
      'a minute without an offset',
      { timeframe: '1m', time: '2026-02-27T14:30:00' },
      'time',
      '"2026-02-27T14:30:00" is not an instant with its offset, like 2026-03-31T14:30:00Z',
    ],
    [
      'a minute that is a day',
      { timeframe: '1m', time: '2026-02-27' },
      'time',
      '"2026-02-27" is not an instant with its offset, like 2026-03-31T14:30:00Z',
    ],
    ['a time that is not text', { time: 1_700_000_000 }, 'time', '1700000000 is not a text: it must be a date, like "2026-03-31"'],
    [
      'an instant that is not text',
      { timeframe: '1m', time: 1_700_000_000 },
      'time',
      '1700000000 is not a text: it must be an instant with its offset, like "2026-03-31T14:30:00Z"',
    ],
    ['no time', { time: null }, 'time', 'is missing'],
    ['no volume', { volume: undefined }, 'volume', 'is missing'],
    ['a number of another type', { close: { rawJSON: '10' } }, 'close', expect.stringContaining('{"rawJSON":"10"} is not a price')],
    ['a count with decimals', { tradeCount: '1.123456789' }, 'tradeCount', '"1.123456789" is not a count: a whole number of zero or more'],
    ['a count with a fraction', { tradeCount: 1.5 }, 'tradeCount', '1.5 is not a count: a whole number of zero or more'],
    ['additional data that is a list', { additionalData: [] }, 'additionalData', '[] is not an object'],
    ['text that cannot be stored', { additionalData: { a: '\0' } }, 'additionalData', 'contains a character that cannot be stored'],
  ])('with %s is reported', (_, change, column, message) => {
    expect(faultsOf(good, { ...good, time: good.timeframe === '1d' ? '2026-10-29' : good.time, ...change })).toEqual([
      { row: 1, column, message },
    ])
  })

  it('that is given twice is reported, in any format of its time', () => {
    expect(faultsOf(good, { ...good, time: '2026-10-30T00:00:00+00:00' }, { ...good, symbol: 'BND' })).toEqual([
      { row: 1, column: 'time', message: 'is the same as in row 0, for the same symbol and timeframe' },
    ])
  })

  it('with an unknown member is reported', () => {
    expect(faultsOf({ ...good, opne: '1' })[0]?.message).toMatch(/^has no member "opne"; there are symbol, timeframe, time/)
    expect(faultsOf(7)).toEqual([{ row: 0, message: 'is not an object' }])
  })

  it('with prices of zero or less is reported where the instrument does not allow them', () => {
    const batch = readBarsFromJson(
      JSON.stringify({
        bars: [
          { ...good, low: '-40.32' },
          { ...good, time: '2026-10-29', low: 0, bid: '-1', ask: 0 },
        ],
      }),
    )
    expect(batch).toMatchObject({ faults: [], hasPricesBelowZero: true, lows: ['-40.32', '0'] })
    batch.refuseBelowZero(() => true)
    expect(batch.faults).toEqual([])
    batch.refuseBelowZero(() => false)
    expect(batch.faults.map(({ column, message, row }) => [row, column, message])).toEqual([
      [0, 'low', '-40.32 is not a price above zero, and the instrument does not allow others'],
      [1, 'low', '0 is not a price above zero, and the instrument does not allow others'],
      [1, 'bid', '-1 is not a price above zero, and the instrument does not allow others'],
    ])
  })

  it('may have a volume that is not known', () => {
    expect(readBarsFromJson(JSON.stringify({ bars: [{ ...good, volume: null }] }))).toMatchObject({ faults: [], volumes: [null] })
  })

  it('is only counted, not reported, beyond the hundredth fault', () => {
    const batch = readBarsFromJson(JSON.stringify({ bars: Array.from({ length: 300 }, () => ({ ...good, low: 'x' })) }))
    expect(batch.faults).toHaveLength(100)
    expect(batch.faultCount).toBeGreaterThanOrEqual(300)
  })
})

test.each([
  ['{"bars": [', 'body'],
  ['[]', 'body.bars'],
  ['{"bars": []}', 'body.bars'],
  ['{"bars": [{}], "more": 1}', 'body.more'],
])('JSON that is not a list of bars is rejected: %s', (text, path) => {
  expect(() => readBarsFromJson(text)).toThrow(
    expect.objectContaining({ name: 'DomainError', issues: [expect.objectContaining({ path })] }),
  )
})

describe('CSV', () => {
  const header = 'symbol,timeframe,time,open,high,low,close,volume'
  const line = 'VTI,1d,2026-10-30,10,11.5,9.25,10.75,1200'

  it('gives the same bars as JSON, for any line ends, order of columns and quotes', () => {
    const fromJson = readBarsFromJson(JSON.stringify({ bars: [good] }))
    const spellings = [
      `${header}\n${line}\n`,
      `\uFEFF${header.toUpperCase()}\r\n\r\n${line}`,
      `Volume,Close,Low,High,Open,Time,Timeframe,Symbol\n${line.split(',').toReversed().join(',')}\n`,
      `${header}\n"${line.split(',').join('","')}"\n`,
      `${header.replace(',time,', ',Date,')}\n${line.replace('1200', '1.2e3')}\n`,
    ]
    for (const text of spellings) {
      const { closes, faults, keys, lows, opens, times, volumes } = readBarsFromCsv(text)
      expect({ closes, faults, keys, lows, opens, times, volumes }).toMatchObject({
        closes: fromJson.closes,
        faults: [],
        keys: fromJson.keys,
        lows: fromJson.lows,
        opens: fromJson.opens,
        times: fromJson.times,
        volumes: fromJson.volumes,
      })
    }
  })

  it('accepts given values for all rows, and column names in snake case', () => {
    const batch = readBarsFromCsv('time,open,high,low,close,volume,trade_count\n2026-10-30,1,1,1,1,5,3\n', {
      symbol: 'VTI',
      timeframe: '1d',
    })
    expect(batch).toMatchObject({ faults: [], keys: [{ symbol: 'VTI', timeframe: '1d' }], optional: { tradeCount: ['3'] } })
  })

  test.each([
    [`{""a"":[1000,${'['.repeat(5000)}${']'.repeat(5000)}]}`, 'a.1.0: is nested more than 32 levels deep'],
    [`{""a"":[1e3,${'['.repeat(5000)}${']'.repeat(5000)}]}`, 'a.1.0: is nested more than 32 levels deep'],
    ['{""a"":{""score"":1,""score"":2}}', 'a.score: is given twice'],
  ])('with additional data that is nested too deep, or ambiguous, is reported', (data, message) => {
    expect(readBarsFromCsv(`${header},additionalData\n${line},"${data}"\n`).faults).toEqual([{ row: 2, column: 'additionalData', message }])
  })

  it('reports faults by line, and counts blank lines', () => {
    const { faults } = readBarsFromCsv(`${header}\n\n${line}\n${line.replace('1200', 'many')}\nVTI,1d,2026-10-2`)
    expect(faults.map(({ column, row }) => [row, column])).toEqual([
      [4, 'time'],
      [4, 'volume'],
      [5, undefined],
    ])
    expect(faults[2]!.message).toBe('has 3 cells where the header has 8')
  })

  test.each([
    ['', 'body: must not be empty'],
    [header, 'body.lines.2: there are no bars below the header'],
    [`${header},price\n`, 'body.lines.1: there is no column "price"'],
    [`${header},Open\n`, 'body.lines.1: has two columns for open: "open" and "Open"'],
    ['symbol,time\nVTI,2026-10-30\n', 'body.lines.1: must have the columns timeframe, open, high, low, close, volume'],
    [`${header}\n"VTI,1d`, 'has a quote that is not closed'],
  ])('is rejected as a whole: %j', (text, message) => {
    expect(() => readBarsFromCsv(text)).toThrow(DomainError)
    expect(() => readBarsFromCsv(text)).toThrow(message)
  })
})

it('reads every instant from 1920 to 2099 as JavaScript does, to the microsecond', () => {
  const [from, until] = [Date.UTC(1920, 0, 1), Date.UTC(2100, 0, 1) - 1]
  fc.assert(
    fc.property(
      fc.integer({ min: from, max: until }),
      fc.integer({ min: 0, max: 999 }),
      fc.integer({ min: -840, max: 840 }),
      (milliseconds, micro, offset) => {
        const local = new Date(milliseconds + offset * 60_000).toISOString().slice(0, -1) + String(micro).padStart(3, '0')
        const zone = `${offset < 0 ? '-' : '+'}${String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0')}:${String(Math.abs(offset) % 60).padStart(2, '0')}`
        expect(readBarTime(local + zone, false)).toBe(milliseconds * 1000 + micro)
      },
    ),
  )
})

it('compares decimals exactly', () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: 0n, max: 9_999_999_999n }), fc.integer({ min: 0, max: 99_999_999 }))
    .map(([whole, part]) => `${whole}.${String(part).padStart(8, '0')}`)
  const scaled = (text: string) => BigInt(text.replace('.', ''))
  fc.assert(
    fc.property(
      decimal,
      decimal,
      (a, b) => Math.sign(compareDecimals(a, b)) === (scaled(a) < scaled(b) ? -1 : scaled(a) > scaled(b) ? 1 : 0),
    ),
  )
  expect(compareDecimals('1.50', '1.5')).toBe(0)
})
