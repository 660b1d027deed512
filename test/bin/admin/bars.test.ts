import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '../../../db/database.ts'
import { compressBars } from '../../../db/queries/market/bar-store.ts'
import { beginJobRun, recordJobRun } from '../../../db/queries/operations/index.ts'
import { createTestDatabase, pointEnvironmentTo } from '../../support/postgres.ts'
import { admin } from './run.ts'

const database = await createTestDatabase()
const administrator = database.connect('postgres')
const folder = mkdtempSync(join(tmpdir(), 'nestegg-bars-'))
beforeAll(async () => {
  pointEnvironmentTo(database.location)
  await administrator`insert into market.exchanges (code, name, timezone) values ('XNAS', 'Nasdaq', 'America/New_York')`
  await administrator`insert into market.instruments (symbol, name, type, exchange_code, currency)
    select symbol, symbol, 'stock', 'XNAS', 'USD' from unnest(array['MSFT', 'EURUSD', '^SPX']) as symbol`
})
beforeEach(
  () => administrator`truncate market.bars, market.compressed_bars, market.latest_bars, market.bar_rollups, market.stale_ranges,
    market.price_files, market.price_file_series, market.replaced_bars`,
)
afterAll(async () => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
  await database.drop()
})

const write = (name: string, contents: string) => {
  const path = join(folder, name)
  writeFileSync(path, contents)
  return path
}
const stored = () => administrator`
  select symbol, timeframe, time::text, open, close, volume, additional_data from market.all_bars join market.series_calendars using (series_id) order by symbol, time`

const prices =
  'Date,Open,High,Low,Close,Adj Close,Volume\n1990-01-02,0.378,0.385,0.373,0.385,0.1,0\n1990-01-03,0.394,0.397,0.39,0.393,0.1,71990\n'

describe('market ingest', () => {
  it('stores a vendor’s price file once, even if it is given again', async () => {
    const file = write('msft.csv', prices)
    const run = () => admin('market', 'ingest', file, '--symbol', 'MSFT', '--timeframe', '1d')
    expect(await run()).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^Stored 2 of 2 bars; 0 were there already\.\nIgnored the columns Adj Close\.\nTo undo it: npm run admin -- market undo-file [\w-]{36}\n$/,
      ),
      error: '',
    })
    expect(await run()).toEqual({ code: 0, out: 'Stored 0 of 2 bars; 2 were there already.\nIgnored the columns Adj Close.\n', error: '' })
    expect(await stored()).toMatchObject([
      { symbol: 'MSFT', timeframe: '1d', time: '1990-01-02 00:00:00+00', open: '0.37800000', close: '0.38500000', volume: '0.00000000' },
      { time: '1990-01-03 00:00:00+00', volume: '71990.00000000' },
    ])
  })

  it('accepts hours in UTC, dates without hyphens, days without prices, and prices printed from floats', async () => {
    const hours = write('hours.csv', 'Date,Open,High,Low,Close,Volume\r\n2017-04-19 09:00:00,1.0716,1.0722,1.07083,1.07219,1413\r\n')
    expect((await admin('market', 'ingest', hours, '--symbol', 'EURUSD', '--timeframe', '1h')).code).toBe(0)
    const days = write(
      'days.csv',
      '<DATE>,<OPEN>,<HIGH>,<LOW>,<CLOSE>\n20240102,134.0800018310547,135,134,134.5\n20240103,null,null,null,null\n',
    )
    expect(await admin('market', 'ingest', days, '--symbol', '^SPX', '--timeframe', '1d')).toMatchObject({
      out: expect.stringContaining('Stored 1 of 1 bars; 0 were there already.\nFigures rounded to 8 decimals: 1.\n'),
    })
    expect(await stored()).toMatchObject([
      { symbol: 'EURUSD', time: '2017-04-19 09:00:00+00' },
      { symbol: '^SPX', time: '2024-01-02 00:00:00+00', open: '134.08000183', volume: null },
    ])
  })

  it('accepts the formats of the API, as CSV and JSON', async () => {
    const csv = write('bars.csv', 'time,open,high,low,close,volume,additionalData\n2026-01-02,1,1,1,1,1,"{""note"":""a\\\\b\ttab""}"\n')
    expect((await admin('market', 'ingest', csv, '--symbol', 'MSFT', '--timeframe', '1d')).error).toContain('line 2, additionalData')
    const json = write(
      'bars.json',
      JSON.stringify({
        bars: [
          {
            symbol: 'MSFT',
            timeframe: '1d',
            time: '2026-01-02',
            open: 1,
            high: 1,
            low: 1,
            close: 1,
            volume: 1,
            additionalData: { note: 'a\\b\ttab\nline' },
          },
        ],
      }),
    )
    expect((await admin('market', 'ingest', json)).code).toBe(0)
    expect(await stored()).toMatchObject([{ additional_data: { note: 'a\\b\ttab\nline' } }])
  })

  it('reads a compressed file as its profile says, keeps what has no fault if asked, and stores splits and dividends', async () => {
    const file = write('kurse.csv.gz', '')
    writeFileSync(
      file,
      gzipSync(
        'Datum;Schlusskurs;Dividends;Splits\n01.02.2024;1.234,50;0,25;\n02.02.2024;x;;\n05.02.2024;308,6;;4:1\n05.02.2024;308,7;;4:1\n',
      ),
    )
    const options = [
      '--symbol',
      'MSFT',
      '--timeframe',
      '1d',
      '--profile',
      '{"timezone":"Europe/Berlin"}',
      '--duplicates',
      'last',
      '--skip-faults',
    ]
    expect((await admin('market', 'ingest', file, ...options, '--check')).out).toContain('"decimalMark": ","')
    expect(await stored()).toEqual([])
    const { code, out } = await admin('market', 'ingest', file, ...options)
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Stored 2 of 2 bars') })
    expect(out).toContain('Dividends: 1. Splits: 1.\nRows left out: 2.\nline 3, close: "x" is not a number')
    expect(await stored()).toMatchObject([{ close: '1234.50000000', volume: null }, { close: '308.70000000' }])
    expect(await administrator`select amount::text from market.dividends`).toMatchObject([{ amount: '0.25000000' }])
    expect((await admin('market', 'ingest', file, '--profile', '{"color":1}')).code).toBe(2)
  })

  it.each([
    ['a dividend', 'market.dividends', 'amount < 100'],
    ['a bar', 'market.latest_bars', 'close < 1000'],
  ])('stores neither bars nor dividends when %s cannot be stored', async (_, table, condition) => {
    await administrator`truncate market.dividends`
    const file = write('both.csv', 'Date,Close,Dividends\n2024-03-01,5000,0\n2024-03-04,5000,500\n')
    const run = () => admin('market', 'ingest', file, '--symbol', 'MSFT', '--timeframe', '1d')
    const found = async () => [(await stored()).length, (await administrator`select from market.dividends`).length]
    await administrator.unsafe(`alter table ${table} add constraint made_to_fail check (${condition})`)
    try {
      expect((await run()).code).toBe(1)
      expect(await found()).toEqual([0, 0])
    } finally {
      await administrator.unsafe(`alter table ${table} drop constraint made_to_fail`)
    }
    expect((await run()).code).toBe(0)
    expect(await found()).toEqual([2, 1])
  })

  it('keeps how a file is read for files with the same columns', async () => {
    const first = write('first.csv', 'Stichtag;Kurswert\n01/02/2023;1,234\n')
    const options = ['--symbol', 'MSFT', '--timeframe', '1d']
    const profile = '{"dateOrder":"DMY","decimalMark":",","columns":{"time":"Stichtag","close":"Kurswert"}}'
    expect((await admin('market', 'ingest', first, ...options, '--profile', profile, '--save-profile-as', 'Depot')).code).toBe(0)
    const second = write('second.csv', 'Stichtag;Kurswert\n02/02/2023;2,345\n')
    expect(await admin('market', 'ingest', second, ...options)).toEqual({
      code: 0,
      out: expect.stringMatching(/^Read by the profile that is kept as Depot\.\nStored 1 of 1 bars; /),
      error: '',
    })
    expect(await stored()).toMatchObject([
      { time: '2023-02-01 00:00:00+00', close: '1.23400000' },
      { time: '2023-02-02 00:00:00+00', close: '2.34500000' },
    ])
  })

  it('of a faulty file lists the faults by line and stores nothing', async () => {
    const file = write('faulty.csv', `${prices}1990-01-04,0.4,0.39,0.41,0.4,0.1,5\n1990-01-04,0.4,0.4\n1990-01-03,1,1,1,1,1,1\n`)
    expect(await admin('market', 'ingest', file, '--symbol', 'MSFT', '--timeframe', '1d')).toEqual({
      code: 1,
      out: '',
      error: [
        'Nothing was stored:',
        'line 4, high: 0.39 is below the low of 0.41',
        'line 5: has 3 cells where the header has 7',
        'line 6, time: is the same as in row 3, for the same symbol and timeframe',
        '',
      ].join('\n'),
    })
    expect(await stored()).toEqual([])
  })

  it.each([
    ['without a symbol', prices, [], 'symbol: is required: the file has no column for it'],
    ['of an unknown symbol', prices, ['--symbol', 'NONE', '--timeframe', '1d'], 'no instrument has the symbol NONE'],
    [
      'without prices',
      'Date,Open,High,Low,Close\n',
      ['--symbol', 'MSFT', '--timeframe', '1d'],
      'line 2: there are no prices below the header',
    ],
    [
      'without a column',
      'Date,Open,High\n1990-01-02,1,1\n',
      ['--symbol', 'MSFT', '--timeframe', '1d'],
      'line 1: must have columns for close',
    ],
    [
      'that can be read in two ways',
      'Date,Close\n01/02/1990,1.5\n',
      ['--symbol', 'MSFT', '--timeframe', '1d'],
      'nothing in the file decides dateOrder: give it with --profile',
    ],
    [
      'with prices below zero',
      'Date,Close\n1990-01-02,-1\n',
      ['--symbol', 'MSFT', '--timeframe', '1d'],
      'line 2, open: -1 is not a price above zero',
    ],
    ['cut off', '{"bars": [{"symb', [], 'body: must be valid JSON'],
  ])('refuses a file %s', async (_, contents, options, message) => {
    const { code, error } = await admin('market', 'ingest', write('refused', contents), ...options)
    expect(error).toContain(message)
    expect(code).toBe(1)
    expect(await stored()).toEqual([])
  })
})

describe('market fetch', () => {
  const asked: string[] = []
  const answers: { status: number; body: string }[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const { body, status } = answers.shift() ?? { status: 404, body: '' }
    response.writeHead(status, { 'retry-after': '0' }).end(body)
  })
  beforeAll(() => new Promise<void>(done => void server.listen(0, '127.0.0.1', done)))
  afterAll(() => void server.close())
  beforeEach(() => {
    asked.length = 0
    answers.length = 0
  })
  const fetchPrices = (...symbols: string[]) =>
    admin(
      'market',
      'fetch',
      ...symbols,
      '--from',
      '1990-01-01',
      '--to',
      '1990-12-31',
      '--provider-url',
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    )

  it('stores the provider’s prices, and retries while it is busy', async () => {
    answers.push({ status: 503, body: '' }, { status: 429, body: '' }, { status: 200, body: prices }, { status: 200, body: prices })
    expect(await fetchPrices('MSFT', '^SPX')).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^MSFT: stored 2 of 2 bars\.\nIgnored the columns Adj Close\.\nTo undo it: .+\n\^SPX: stored 2 of 2 bars\.\nIgnored the columns Adj Close\.\nTo undo it: .+\n$/,
      ),
      error: '',
    })
    expect(asked.slice(2)).toEqual(['/q/d/l/?s=msft.us&i=d&d1=19900101&d2=19901231', '/q/d/l/?s=%5Espx&i=d&d1=19900101&d2=19901231'])
  })

  it('gives up after four attempts, and at once on a refusal or an answer without prices', async () => {
    answers.push(...Array.from({ length: 4 }, () => ({ status: 500, body: '' })))
    expect((await fetchPrices('MSFT')).error).toMatch(/answered 500, 4 times\.\n$/)
    answers.push({ status: 403, body: '' })
    expect((await fetchPrices('MSFT')).error).toMatch(/answered 403\.\n$/)
    answers.push({ status: 200, body: 'No data' })
    expect((await fetchPrices('MSFT')).error).toContain('stooq has no prices of MSFT: No data')
    expect(asked).toHaveLength(6)
    expect(await stored()).toEqual([])
  })
})

it('market files lists the files that were stored, and market undo-file undoes one, once', async () => {
  expect((await admin('market', 'files')).out).toBe('No price file was stored.\n')
  await admin('market', 'ingest', write('msft.csv', prices), '--symbol', 'MSFT', '--timeframe', '1d')
  const listed = (await admin('market', 'files')).out
  const [, id = ''] = /^([\w-]{36}) .* msft\.csv +2 bars, 0 of them replaced, 0 dividends and splits\n$/.exec(listed) ?? []
  const wrong = await admin(
    'market',
    'ingest',
    write('wrong.csv', prices.replace('0.385,0.1', '0.38,0.1')),
    '--symbol',
    'MSFT',
    '--timeframe',
    '1d',
  )
  expect(wrong.out).toContain('Stored 1 of 2 bars')
  expect(await admin('market', 'undo-file', id)).toMatchObject({ code: 1, error: expect.stringContaining('MSFT have changed since') })
  const [, wrongId = ''] = /undo-file (\S+)/.exec(wrong.out) ?? []
  expect((await admin('market', 'undo-file', wrongId)).out).toBe(
    'Undone: removed 0 bars, brought back 1; 0 dividends and splits are as they were before.\n',
  )
  expect(await stored()).toMatchObject([{ close: '0.38500000' }, { close: '0.39300000' }])
  expect((await admin('market', 'undo-file', id)).out).toContain('removed 2 bars')
  expect(await stored()).toEqual([])
  expect(await admin('market', 'undo-file', id)).toMatchObject({ code: 1, error: expect.stringContaining('undone already') })
  expect((await admin('market', 'files', '--limit', '1')).out).toMatch(/wrong\.csv .* undone \d{4}-/)
})

it('market compress, refresh, retain and status maintain the store and report on it', async () => {
  const file = write('msft.csv', prices)
  await admin('market', 'ingest', file, '--symbol', 'MSFT', '--timeframe', '1d')
  const status = async () => JSON.parse((await admin('market', 'status', '--json')).out) as Record<string, number>
  expect(await status()).toMatchObject({ plainBars: 2, strayBars: 2, compressedBars: 0, rollups: 0, staleRanges: 1 })
  expect(await admin('market', 'refresh')).toMatchObject({ code: 0, out: 'Settled 1 changed ranges.\n' })
  expect(await admin('market', 'compress', '--before', '2000-01-01')).toMatchObject({
    code: 0,
    out: 'Compressed 2 bars; dropped 0 empty partitions.\n',
  })
  expect(await status()).toMatchObject({ plainBars: 0, strayBars: 0, compressedBars: 2, chunks: 1, rollups: 2, staleRanges: 0 })
  expect((await admin('market', 'status')).out).toMatch(
    /^plain bars +0 .*\ncompressed bars +2 .*1 chunks\nrollups +2 .*\nlast compression +2 +bars since .* succeeded\n$/,
  )
})

it('market compress and status say that a compression was stopped, and what it had done', async () => {
  const file = write('parts.csv', 'time,open,high,low,close,volume\n1998-01-05,1,1,1,1,1\n1999-01-05,1,1,1,1,1\n')
  await admin('market', 'ingest', file, '--symbol', 'MSFT', '--timeframe', '1d')
  await administrator`delete from operations.job_runs`
  const operator = openDatabase(database.connect('nestegg_operator'))
  const run = { job: 'market/compress-bars', scheduledFor: '2030-01-01T00:00:00Z', startedAt: '2020-01-01T00:00:00Z' }
  const stop = new Error('stop')
  await operator.transaction(transaction => beginJobRun(transaction, run, 900))
  let steps = 0
  const stopped = compressBars(work => operator.transaction(work), {
    before: '2000-01-01',
    // Stops like a killed process: the transaction of the second part does not commit.
    record: async (transaction, soFar) => {
      await recordJobRun(transaction, { ...run, status: 'running', result: { ...soFar } })
      if ((steps += 1) === 2) throw stop
    },
  })
  await expect(stopped).rejects.toBe(stop)
  expect((await admin('market', 'status')).out).toMatch(/last compression +1 +bars since 2020-01-01.* has not ended\./)
  expect((await admin('market', 'compress', '--before', '2000-01-01')).out).toMatch(
    /^The compression of 2020-01-01.* was stopped before its end\. The 1 bars that it had compressed stay compressed\.\nCompressed 1 bars;/,
  )
  expect(await administrator`select status, error from operations.job_runs where scheduled_for = '2030-01-01'`).toEqual([
    { status: 'failed', error: 'The run was stopped before its end.' },
  ])

  // One that still runs is left alone.
  const live = { job: 'market/compress-bars', scheduledFor: '2030-01-01T00:00:00Z', startedAt: new Date().toISOString() }
  await operator.transaction(transaction => beginJobRun(transaction, live, 900))
  expect((await admin('market', 'compress', '--before', '2000-01-01')).out).toBe('Compressed 0 bars; dropped 0 empty partitions.\n')
  expect(await administrator`select status from operations.job_runs where scheduled_for = '2030-01-01'`).toEqual([{ status: 'running' }])

  // A failure keeps what the steps before have done.
  await operator.transaction(transaction => recordJobRun(transaction, { ...live, status: 'running', result: { moved: 7 } }))
  await operator.transaction(transaction => recordJobRun(transaction, { ...live, status: 'failed', error: 'no space' }))
  expect(await administrator`select result, error from operations.job_runs where scheduled_for = '2030-01-01'`).toEqual([
    { result: { moved: 7 }, error: 'no space' },
  ])
})

describe('market settings and retain', () => {
  const timeframesKept = '1m 5m 15m 30m 1h 4h 1d 1w 1mo'.split(' ')
  const settings = (changed: Record<string, string> = {}) => {
    const lines = {
      'partition interval': 'month',
      'partitions ahead': '3',
      'compressed after': '1 months',
      ...Object.fromEntries(timeframesKept.map(timeframe => [`${timeframe} kept`, 'forever'])),
      ...changed,
    }
    return Object.entries(lines)
      .map(([name, value]) => `${name.padEnd(18)}  ${value}\n`)
      .join('')
  }

  it('show and change how bars are stored and how long they are kept', async () => {
    expect(await admin('market', 'settings')).toEqual({ code: 0, out: settings(), error: '' })
    const change = '--partition-interval week --partitions-ahead 5 --compress-after-months 2 --retain-months 1d=12 --retain-months 1m=6'
    const changed = await admin('market', 'settings', ...change.split(' '))
    expect(changed.out).toBe(
      settings({
        'partition interval': 'week',
        'partitions ahead': '5',
        'compressed after': '2 months',
        '1d kept': '12 months',
        '1m kept': '6 months',
      }),
    )
    const back = ['--partition-interval', 'month', '--partitions-ahead', '3', '--compress-after-months', '1']
    await admin('market', 'settings', ...back, '--retain-months', '1d=forever', '--retain-months', '1m=forever')
    expect((await admin('market', 'settings')).out).toBe(settings())
  })

  it.each([
    ['--retain-months', '7m=2'],
    ['--retain-months', '1m=0'],
    ['--retain-months', '1m'],
    ['--partition-interval', 'hour'],
    ['--partitions-ahead', 'many'],
    ['--partitions-ahead', '500'],
  ])('refuse %s %s', async (...option) => {
    const { code, out } = await admin('market', 'settings', ...option)
    expect([code, out]).toEqual([expect.not.toSatisfy(value => value === 0), ''])
    expect((await admin('market', 'settings')).out).toBe(settings())
  })

  it('show which bars would be removed, and remove them', async () => {
    expect((await admin('market', 'retain', '--dry-run')).out).toBe('All timeframes are kept forever.\n')
    await admin('market', 'ingest', write('msft.csv', prices), '--symbol', 'MSFT', '--timeframe', '1d')
    await admin('market', 'settings', '--retain-months', '1d=12')
    expect((await admin('market', 'retain', '--dry-run')).out).toMatch(/^1d: would remove 2 bars before \d{4}-\d\d-01\.\n$/)
    expect(await stored()).toHaveLength(2)
    expect(await admin('market', 'retain')).toMatchObject({ code: 0, out: 'Removed 2 bars of 1d; dropped 0 partitions.\n' })
    expect(await stored()).toEqual([])
    expect((await admin('market', 'retain')).out).toBe('Removed nothing; dropped 0 partitions.\n')
    await admin('market', 'settings', '--retain-months', '1d=forever')
  })
})
