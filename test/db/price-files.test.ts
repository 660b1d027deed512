import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { storeByCopy } from '../../bin/admin/load-bars.ts'
import { openDatabase } from '../../db/database.ts'
import { storePriceFile, undoPriceFile } from '../../db/queries/market/price-files.ts'
import { readBarFile } from '../../domain/market/index.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { barOf } from './market-arbitraries.ts'
import { compressBars, makeSeries, storeBars, type StoredBar } from './market-store.ts'

const database = await createTestDatabase()
const administrator = database.connect('postgres')
const operator = database.connect('nestegg_operator')
const client = openDatabase(operator)
afterAll(() => database.drop())

const symbols = ['DAY', 'OTHER'] as const
let ids: number[] = []
let minutes: number
beforeAll(async () => {
  ids = await makeSeries(
    administrator,
    symbols.map(symbol => ({ symbol, timeframe: '1d' })),
  )
  ;[minutes = 0] = await makeSeries(administrator, [{ symbol: 'MINUTES', timeframe: '1m' }])
})

const empty = () =>
  administrator`truncate market.bars, market.compressed_bars, market.latest_bars, market.bar_rollups, market.stale_ranges, market.splits,
    market.dividends, market.price_files, market.price_file_series, market.replaced_bars`
beforeEach(empty)

/** Everything that readers of market data see. */
const seen = async () => ({
  bars: await administrator`select series_id, time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data
    from market.all_bars order by series_id, time`,
  latest: await administrator`select * from market.latest_bars order by series_id`,
  rollups: await administrator`select * from market.rollups order by series_id, period, period_start`,
  splits: await administrator`select * from market.splits order by instrument_id, ex_date`,
  dividends: await administrator`select * from market.dividends order by instrument_id, ex_date`,
})

type File = readonly StoredBar[]
const fileOf = (bars: File) => {
  const rows = bars.map(({ seriesId, ...bar }) => ({ symbol: symbols[ids.indexOf(seriesId)], timeframe: '1d', ...bar }))
  const batch = readBarFile(Buffer.from(JSON.stringify({ bars: rows })), {})
  if (batch.faultCount > 0) throw new Error(JSON.stringify(batch.faults))
  return { batch, name: 'a file', seriesIds: batch.keys.map(({ symbol }) => ids[symbols.indexOf(symbol as 'DAY')]!) }
}
const storeFile = (bars: File, byCopy: boolean) =>
  client.transaction(transaction => (byCopy ? storeByCopy : storePriceFile)(transaction, fileOf(bars)))
const undo = (fileId: string) => client.transaction(transaction => undoPriceFile(transaction, fileId))

// Few days, so that files overlap; in three years, so that they touch several chunks and partitions.
const day = fc
  .constantFrom('2022-12-30', '2023-01-03', '2023-06-01', '2023-12-29', '2024-01-02', '2024-01-03')
  .map(text => `${text}T00:00:00.000Z`)
const file = fc.integer({ min: 0, max: 1 }).chain(which =>
  fc.uniqueArray(
    fc.tuple(fc.constantFrom(which, 0), day).chain(([index, time]) => barOf(index, fc.constant(time))),
    { minLength: 1, maxLength: 8, selector: ({ seriesId, time }) => `${seriesId} ${time}` },
  ),
)
/** The arbitraries are made before the series: their bars name a series by its place. */
const placed = (bars: File): File => bars.map(({ seriesId, ...bar }) => ({ seriesId: ids[seriesId]!, ...bar }))

it('files that are undone, the last one first, leave everything as it was before them', async () => {
  const step = fc.record({ file, byCopy: fc.boolean(), compresses: fc.constantFrom(undefined, '2023-07-01', '2025-01-01') })
  await fc.assert(
    fc.asyncProperty(file, fc.array(step, { minLength: 1, maxLength: 3 }), async (first, steps) => {
      await empty()
      await storeBars(operator, placed(first))
      const stored: { readonly before: Awaited<ReturnType<typeof seen>>; readonly fileId: string }[] = []
      for (const { byCopy, compresses, file: bars } of steps) {
        if (compresses !== undefined) await compressBars(operator, compresses)
        const before = await seen()
        const { fileId } = await storeFile(placed(bars), byCopy)
        if (fileId === null) expect(await seen()).toEqual(before)
        else stored.push({ before, fileId })
        expect(await storeFile(placed(bars), byCopy)).toEqual({ fileId: null, stored: 0, replaced: 0 })
      }
      await compressBars(operator, '2024-01-01')
      for (const { before, fileId } of stored.toReversed()) {
        expect(await undo(fileId)).toMatchObject({ file: { id: fileId, undoneAt: expect.any(String) } })
        expect(await seen()).toEqual(before)
        expect(await undo(fileId)).toEqual({ refused: 'undone' })
      }
      expect(await administrator`select from market.price_file_series union all select from market.replaced_bars`).toEqual([])
    }),
    { numRuns: 25 },
  )
})

const prices = { open: '10', high: '11', low: '9.5', close: '10.25', volume: '100' }

it.each([
  ['a later file', () => storeFile([{ seriesId: ids[0]!, time: '2024-01-03T00:00:00Z', ...prices, close: '10.5' }], false)],
  [
    'SQL that changes a bar',
    () => administrator`update market.all_bars set volume = 7 where series_id = ${ids[0]!} and time = '2024-01-03'`,
  ],
  ['a removal', () => operator`select market.remove_bars(${ids[0]!}, '2024-01-03', '2024-01-04')`],
])('a file is not undone over %s', async (_, change) => {
  const bars = ['2024-01-02', '2024-01-03'].map(date => ({ seriesId: ids[0]!, time: `${date}T00:00:00Z`, ...prices }))
  const { fileId } = await storeFile([...bars, { ...bars[0]!, seriesId: ids[1]! }], false)
  await compressBars(operator, '2025-01-01')
  await change()
  const before = await seen()
  expect(await undo(fileId!)).toEqual({ changed: ['DAY'] })
  expect(await seen()).toEqual(before)
})

it('a file of many bars is undone, compressed or not', async () => {
  const start = Date.UTC(2023, 0, 1)
  const lines = Array.from({ length: 200_000 }, (_, index) => `${new Date(start + index * 60_000).toISOString()},10,11,9.5,10.25,100`)
  const text = `time,open,high,low,close,volume\n${lines.join('\n')}\n`
  const batch = readBarFile(Buffer.from(text), { symbol: 'MINUTES', timeframe: '1m' })
  const { fileId, stored } = await client.transaction(transaction => storeByCopy(transaction, { batch, name: null, seriesIds: [minutes] }))
  expect(stored).toBe(200_000)
  await compressBars(operator, '2023-03-01')
  expect(await undo(fileId!)).toHaveProperty('file')
  expect((await seen()).bars).toEqual([])
})

it('an unknown file is not undone', async () => {
  expect(await undo('01900000-0000-7000-8000-000000000000')).toEqual({ refused: 'missing' })
})

it('keeps what the undo needs while two files of the same series are stored at once', async () => {
  const bars = (close: string) =>
    ['2024-01-02', '2024-01-03'].map(date => ({ seriesId: ids[0]!, time: `${date}T00:00:00Z`, ...prices, close }))
  const other = openDatabase(database.connect('nestegg_operator'))
  const files = await Promise.all(
    [client, other].map((each, index) =>
      each.transaction(transaction => storePriceFile(transaction, fileOf(bars(index === 0 ? '10' : '10.5')))),
    ),
  )
  expect(files.map(({ replaced }) => replaced).toSorted((left, right) => left - right)).toEqual([0, 2])
  const [first, last] = files.toSorted((left, right) => left.replaced - right.replaced)
  expect(await undo(first!.fileId!)).toEqual({ changed: ['DAY'] })
  expect(await undo(last!.fileId!)).toHaveProperty('file')
  expect(await undo(first!.fileId!)).toHaveProperty('file')
  expect((await seen()).bars).toEqual([])
})
