import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sql } from '../../../db/connections.ts'
import type { Answer, TestPlatform, TestUser } from '../../support/platform.ts'
import { makeInstruments, startMarketPlatform } from './market-platform.ts'

let platform: TestPlatform
let admin: TestUser
let postgres: Sql
beforeAll(async () => {
  ;({ platform, admin } = await startMarketPlatform())
  postgres = platform.database.connect('postgres')
  await makeInstruments(admin, 'VTI')
})
afterAll(() => platform.close())

type Row = Readonly<Record<string, string>>
const columns = ['symbol', 'timeframe', 'time', 'open', 'high', 'low', 'close', 'volume']
const good = { symbol: 'VTI', timeframe: '1d', time: '2026-10-29', open: '10', high: '11.5', low: '9.25', close: '10.75', volume: '1200' }
const next = { ...good, time: '2026-10-30' }

const sendJson = (rows: readonly Row[]) => admin.request('POST', '/v1/market/bars', { body: { bars: rows } })
const sendCsv = (rawBody: string) => admin.request('POST', '/v1/market/bars', { rawBody, headers: { 'content-type': 'text/csv' } })
const csvOf = (rows: readonly Row[], header = columns) =>
  [header, ...rows.map(row => header.map(name => row[name] ?? ''))].map(cells => `${cells.join(',')}\n`).join('')

const expectNothingStored = async () => {
  const [row] =
    await postgres`select (select count(*) from market.all_bars)::int as bars, (select count(*) from market.stale_ranges)::int as stale,
    (select count(*) from market.latest_bars)::int as latest, (select count(*) from market.series)::int as series`
  expect(row).toEqual({ bars: 0, stale: 0, latest: 0, series: 0 })
}
/** The outcome of an answer: its status, and each fault as path and message. */
const verdict = ({ body, status }: Answer) => [
  status,
  ...body.errors.map((error: { path: string; message: string }) => [error.path, error.message]),
]

describe('a batch with a bar', () => {
  test.each<[string, Row, string]>([
    ['whose high is below its low', { high: '9', open: '9.5', close: '9.5', low: '9.5' }, 'high'],
    ['whose high is below its close', { high: '10.5' }, 'high'],
    ['whose low is above its open', { low: '10.1' }, 'low'],
    ['of a negative price', { low: '-9.25' }, 'low'],
    ['of a price of zero', { low: '0' }, 'low'],
    ['of a negative volume', { volume: '-1' }, 'volume'],
    ['of a price that is not a number', { close: 'NaN' }, 'close'],
    ['of an infinite volume', { volume: 'Infinity' }, 'volume'],
    ['of an infinite price', { close: '-Infinity' }, 'close'],
    ['without a price', { open: '' }, 'open'],
    ['without a volume', { volume: '' }, 'volume'],
    ['without a time', { time: '' }, 'time'],
    ['of more decimals than are kept', { close: '10.123456789' }, 'close'],
    ['of a price too large to keep', { high: '12345678901' }, 'high'],
    ['with more decimals than are stored', { close: '1.075e-8' }, 'close'],
    ['in hexadecimal', { close: '0x0a' }, 'close'],
    ['of 1699', { time: '1699-12-31' }, 'time'],
    ['of 2200', { time: '2200-01-02' }, 'time'],
    ['of a day that is on no calendar', { time: '2026-02-30' }, 'time'],
    ['of a moment of which a day is asked', { time: '2026-10-30T14:30:00Z' }, 'time'],
    ['of an unknown symbol', { symbol: 'NOWHERE' }, 'symbol'],
    ['of no symbol', { symbol: '' }, 'symbol'],
    ['of an unknown timeframe', { timeframe: '7m' }, 'timeframe'],
    ['that occurs twice', { time: good.time }, 'time'],
  ])('%s is refused as a whole, naming row and field, as JSON and as CSV', async (_, fault, column) => {
    const rows = [good, { ...next, ...fault }]
    expect(verdict(await sendJson(rows))).toEqual([422, [`body.bars.1.${column}`, expect.any(String)]])
    expect(verdict(await sendCsv(csvOf(rows)))).toEqual([422, [`body.lines.3.${column}`, expect.any(String)]])
    await expectNothingStored()
  })

  test('that has an unknown field is refused as a whole', async () => {
    expect(verdict(await sendJson([good, { ...next, adjusted: '1' }]))).toEqual([
      422,
      ['body.bars.1', expect.stringContaining('has no member "adjusted"')],
    ])
    const answer = await sendCsv(csvOf([good, next], [...columns, 'adjusted']))
    expect([answer.status, answer.body.errors[0].path]).toEqual([400, 'body.lines.1'])
    await expectNothingStored()
  })

  test('that is not an object is refused as a whole', async () => {
    for (const bar of [null, 7, 'bar', []])
      expect(verdict(await sendJson([good, bar as unknown as Row]))).toEqual([422, ['body.bars.1', 'is not an object']])
    await expectNothingStored()
  })

  test('with JSON numbers that have no exact decimal is refused as a whole', async () => {
    for (const [text, path] of [
      ['NaN', 'body'],
      ['1e400', 'body.bars.0.close'],
      ['1e-9', 'body.bars.0.close'],
      ['0.1234567890123', 'body.bars.0.close'],
    ] as const) {
      const rawBody = JSON.stringify({ bars: [good] }).replace('"10.75"', text)
      const answer = await admin.request('POST', '/v1/market/bars', { rawBody, headers: { 'content-type': 'application/json' } })
      expect([answer.status, answer.body.errors[0].path]).toEqual([path === 'body' ? 400 : 422, path])
    }
    await expectNothingStored()
  })
})

test('a batch that is nested too deep is refused as a whole', async () => {
  for (const column of ['additionalData', 'vwap'])
    for (const number of ['1000', '1e3']) {
      const bar = JSON.stringify(next).replace('}', `,"${column}":[${number},${'['.repeat(5000)}${']'.repeat(5000)}]}`)
      const rawBody = `{"bars":[${JSON.stringify(good)},${bar}]}`
      const answer = await admin.request('POST', '/v1/market/bars', { rawBody, headers: { 'content-type': 'application/json' } })
      expect(verdict(answer)).toEqual([400, [`body.bars.1.${column}`, 'is nested more than 32 levels deep']])
    }
  await expectNothingStored()
})

describe('a CSV', () => {
  const whole = csvOf([good, next])

  test('that is cut off within a row, at any place, is refused as a whole', async () => {
    const lastRow = whole.lastIndexOf('\n', whole.length - 2) + 1
    const lastCell = whole.lastIndexOf(',') + 1
    for (let end = lastRow + 1; end <= lastCell; end += 1) {
      const answer = await sendCsv(whole.slice(0, end))
      expect([answer.status, answer.body.errors[0].path]).toEqual([422, expect.stringMatching(/^body\.lines\.3/)])
    }
    await expectNothingStored()
  })

  test('that is cut off within quotes, or within its header, is refused', async () => {
    const quoted = `${csvOf([good], [...columns, 'additionalData']).trimEnd()}"{""sentiment"":0.5`
    for (const text of [quoted, whole.slice(0, 20), columns.join(','), '']) expect((await sendCsv(text)).status).toBe(400)
    await expectNothingStored()
  })

  test('with rows of wrong lengths is refused, naming each', async () => {
    const answer = await sendCsv(`${whole}VTI,1d,2026-10-28\n${csvOf([{ ...next, time: '2026-10-27' }]).split('\n')[1]},1\n`)
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toEqual([
      { path: 'body.lines.4', message: 'has 3 cells where the header has 8' },
      { path: 'body.lines.5', message: 'has 9 cells where the header has 8' },
    ])
    await expectNothingStored()
  })
})
