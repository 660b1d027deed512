import { describe, expect, it, test } from 'vitest'
import { readBarsFromCsv, readBarsFromJson } from '../../../domain/market/index.ts'

describe('a JSON number', () => {
  const document = (change: string) =>
    `{"bars":[{"symbol":"VTI","timeframe":"1d","time":"2026-10-30","open":"1","high":"99999999","low":0.00000001,"close":1,"volume":1,${change}}]}`

  test.each([
    ['5e-7', '0.0000005'],
    ['1.25E+2', '125'],
    ['12345.100', '12345.1'],
    ['1234567.12345678', '1234567.12345678'],
    ['12345678.12345679', '12345678.12345679'],
    ['170.0712000000000', '170.0712'],
    ['1', '1'],
  ])('%s is read exactly', (number, text) => {
    expect(readBarsFromJson(document(`"vwap":${number}`))).toMatchObject({ faults: [], optional: { vwap: [text] } })
  })

  test.each([
    ['0.0000000125', '1.25e-8 has 10 decimals: a price has at most 8, and is not rounded'],
    ['1.25e-8', '1.25e-8 has 10 decimals: a price has at most 8, and is not rounded'],
    ['170.07120000000001', '170.07120000000001 has 14 decimals: a price has at most 8, and is not rounded'],
    ['1e-400', '1e-400 has 400 decimals: a price has at most 8, and is not rounded'],
    ['1e400', '1e400 is not a price: a number, with at most 10 digits before the decimal point and 8 after it'],
  ])('%s is rejected, not rounded', (number, message) => {
    expect(readBarsFromJson(document(`"vwap":${number}`)).faults).toEqual([{ row: 0, column: 'vwap', message }])
  })

  it('in additional data keeps its digits', () => {
    const data = '{"score":0.12345678901234567890,"count":12345678901234567890}'
    expect(readBarsFromJson(document(`"additionalData":${data}`)).optional.additionalData).toEqual([data])
    const csv = `time,open,high,low,close,volume,additionalData\n2026-10-30,1,1,1,1,1,"${data.replaceAll('"', '""')}"\n`
    expect(readBarsFromCsv(csv, { symbol: 'VTI', timeframe: '1d' }).optional.additionalData).toEqual([data])
  })

  test.each([
    ['"vwap":1,"vwap":2', 'body.bars.0.vwap: is given twice'],
    [String.raw`"vwap":1,"vw\u0061p":2`, 'body.bars.0.vwap: is given twice'],
    ['"additionalData":{"close":1,"note":":"},"close":2', 'body.bars.0.close: is given twice'],
    ['"additionalData":{"close":1,"close":2}', 'body.bars.0.additionalData.close: is given twice'],
    ['"additionalData":{"score":1,"score":2}', 'body.bars.0.additionalData.score: is given twice'],
    ['"additionalData":{"list":[1e3,{"score":1e3, "score" :2}]}', 'body.bars.0.additionalData.list.1.score: is given twice'],
  ])('of a member that is given twice is ambiguous: %s', (change, message) => {
    expect(() => readBarsFromJson(document(change))).toThrow(message)
  })

  it('of a member of additional data may have the name of a column', () => {
    expect(readBarsFromJson(document('"additionalData":{"close":1,"time":"x"}')).faults).toEqual([])
  })

  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

  test.each([
    ['additionalData', deep(5000)],
    ['additionalData', `{"a":1e3,"b":${deep(5000)}}`],
    ['additionalData', `{"a":${deep(29)}}`],
    ['additionalData', `{"a":1e3,"b":${deep(29)}}`],
    ['vwap', deep(5000)],
    ['symbol', `[1e3,${deep(5000)}]`],
  ])('of a document that is nested too deep is rejected by the bar: %s', (column, value) => {
    const text = document('"bid":1').replace('}]}', `},{"${column}":${value}}]}`)
    expect(() => readBarsFromJson(text)).toThrow(`body.bars.1.${column}: is nested more than 32 levels deep`)
  })

  it('of additional data may be 32 levels deep in its document', () => {
    const data = `{"a":1000,"b":${deep(28)}}`
    expect(readBarsFromJson(document(`"additionalData":${data}`)).optional.additionalData).toEqual([data])
  })

  it('of a second list of bars is ambiguous', () => {
    expect(() => readBarsFromJson('{"bars":[{}],"bars":[{}]}')).toThrow('body.bars: is given twice')
  })
})
