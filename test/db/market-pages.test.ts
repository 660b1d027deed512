import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { type BarPage, type BarRow, readBars, readResampledBars } from '../../db/queries/market/bars.ts'
import { type BarColumns, readColumnBlocks } from '../../db/queries/market/columns.ts'
import { canResample, type ResampledLength, readResampledLength, type Timeframe, timeframeSeconds } from '../../domain/market/index.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { compressBars, makeSeries, storeBars, type StoredBar } from './market-store.ts'

const database = await createTestDatabase()
const operator = database.connect('nestegg_operator')
const administrator = database.connect('postgres')
const reader = openDatabase(database.connect('nestegg_read'))
afterAll(() => database.drop())

interface Calendar {
  readonly timeframe: Timeframe
  readonly zone: string
  readonly weekStartsOn: number
}
const calendars: readonly Calendar[] = [
  { timeframe: '1m', zone: 'America/New_York', weekStartsOn: 1 },
  { timeframe: '1h', zone: 'Australia/Sydney', weekStartsOn: 7 },
  { timeframe: '1d', zone: 'UTC', weekStartsOn: 1 },
  { timeframe: '1h', zone: 'America/Havana', weekStartsOn: 1 },
]
let ids: number[]
beforeAll(async () => {
  ids = [
    ...(await makeSeries(operator, [{ symbol: 'MIN', timeframe: '1m' }])),
    ...(await makeSeries(operator, [{ symbol: 'SYD', timeframe: '1h' }], { code: 'XASX', timezone: 'Australia/Sydney', weekStartsOn: 7 })),
    ...(await makeSeries(operator, [{ symbol: 'DAY', timeframe: '1d' }])),
    ...(await makeSeries(operator, [{ symbol: 'HAV', timeframe: '1h' }], { code: 'XHAV', timezone: 'America/Havana', weekStartsOn: 1 })),
  ]
})

const dayMs = 86_400_000
const dayNumber = (day: string) => Date.parse(day) / dayMs
const floorTo = (value: number, step: number) => Math.floor(value / step) * step

const formats = new Map(calendars.map(({ zone }) => [zone, new Intl.DateTimeFormat('en-CA', { timeZone: zone })]))
const localDay = (moment: number, zone: string) => formats.get(zone)!.format(moment)

/** The first moment of a day in a time zone, found by bisection. */
const midnight = (day: string, zone: string): number => {
  let [before, after] = [Date.parse(day) - dayMs, Date.parse(day) + dayMs]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (localDay(middle, zone) < day) before = middle
    else after = middle
  }
  return after
}

/** The time at which the resampled bar of a moment begins, found by counting. */
const bucketOf = (moment: number, { count, unit }: ResampledLength, { weekStartsOn, zone }: Calendar): number => {
  const day = localDay(moment, zone)
  if (unit === 'minute') return midnight(day, zone) + floorTo(moment - midnight(day, zone), count * 60_000)
  if (unit === 'day') return floorTo(dayNumber(day), count) * dayMs
  if (unit === 'week') {
    // 1970-01-01 was a Thursday, the fourth day of ISO 8601.
    const first = -((4 - weekStartsOn + 7) % 7)
    return (first + floorTo(dayNumber(day) - first, 7 * count)) * dayMs
  }
  const [year = 0, month = 0] = day.split('-').map(Number)
  const index = floorTo(year * 12 + month - 1, count)
  return Date.UTC(Math.floor(index / 12), index % 12, 1)
}

const text = (price: number) => `${price}.00000000`
type Shown = readonly [time: number, open: string, high: string, low: string, close: string, volume: string | null]
const show = (row: BarRow): Shown => [Date.parse(row.time), row.open, row.high, row.low, row.close, row.volume]

/** The expected bars of a range, computed in JavaScript from all bars. */
const expected = (
  bars: readonly StoredBar[],
  from: string,
  until: string,
  length: ResampledLength | undefined,
  calendar: Calendar,
): Shown[] => {
  const buckets = new Map<number, StoredBar[]>()
  for (const bar of bars.toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time))) {
    if (bar.time < from || bar.time >= until) continue
    const bucket = length ? bucketOf(Date.parse(bar.time), length, calendar) : Date.parse(bar.time)
    buckets.set(bucket, [...(buckets.get(bucket) ?? []), bar])
  }
  return [...buckets].map(([time, of]) => [
    time,
    text(Number(of[0]!.open)),
    text(Math.max(...of.map(bar => Number(bar.high)))),
    text(Math.min(...of.map(bar => Number(bar.low)))),
    text(Number(of.at(-1)!.close)),
    text(of.reduce((sum, bar) => sum + Number(bar.volume), 0)),
  ])
}

const [firstMoment, lastMoment] = [Date.UTC(2023, 10, 20), Date.UTC(2024, 4, 10)]
const momentOf = (timeframe: Timeframe) =>
  fc
    .oneof(
      fc.integer({ min: firstMoment, max: lastMoment }),
      fc
        .constantFrom('2024-01-01', '2024-03-10', '2024-03-11', '2024-04-07', '2024-04-08')
        .chain(day => fc.integer({ min: -15, max: 30 }).map(hour => Date.parse(day) + hour * 3_600_000)),
    )
    .map(moment => new Date(floorTo(moment, timeframeSeconds(timeframe) * 1000)).toISOString())

const barsOf = (index: number) =>
  fc.uniqueArray(
    fc.record({
      time: momentOf(calendars[index]!.timeframe),
      low: fc.integer({ min: 1, max: 999 }),
      rise: fc.nat(50),
      volume: fc.nat(1000),
    }),
    { maxLength: 60, selector: bar => bar.time },
  )

const lengths = ['5m', '90m', '4h', '7h', '1d', '3d', '1w', '2w', '1mo', '2mo', '3mo', '1y'].map(readResampledLength)
const requestOf = (index: number) =>
  fc.record({
    bars: barsOf(index),
    compressedUntil: fc.constantFrom('2023-01-01', '2024-01-01', '2024-04-01', '2025-01-01'),
    range: fc.tuple(momentOf(calendars[index]!.timeframe), momentOf(calendars[index]!.timeframe)),
    length: fc.option(fc.constantFrom(...lengths.filter(length => canResample(calendars[index]!.timeframe, length))), { nil: undefined }),
    limit: fc.integer({ min: 1, max: 30 }),
  })

it.each(calendars.map(({ timeframe, zone }, index) => [timeframe, zone, index] as const))(
  'any page of any range of bars of %s in %s is what counting in JavaScript makes of them, compressed or not',
  async (timeframe, _, index) => {
    await fc.assert(
      fc.asyncProperty(requestOf(index), async ({ bars, compressedUntil, length, limit, range: [from, until] }) => {
        await administrator`truncate market.bars, market.compressed_bars, market.latest_bars, market.bar_rollups, market.stale_ranges`
        const stored = bars.map(({ low, rise, time, volume }) => ({
          seriesId: ids[index]!,
          time,
          open: String(low),
          high: String(low + rise),
          low: String(low),
          close: String(low + Math.floor(rise / 2)),
          volume: String(volume),
        }))
        if (stored.length > 0) await storeBars(operator, stored)
        await compressBars(operator, compressedUntil)
        const read = (start: string): Promise<BarPage<BarRow>> =>
          reader.transaction(transaction => {
            const range = { seriesId: ids[index]!, from: start, until }
            return length
              ? readResampledBars(transaction, range, { from: timeframe, to: length }, limit)
              : readBars(transaction, range, timeframe, limit)
          })
        const rows: BarRow[] = []
        for (let next: string | undefined = from; next !== undefined; ) {
          const page: BarPage<BarRow> = await read(next)
          expect(page.rows.length).toBeLessThanOrEqual(limit)
          rows.push(...page.rows)
          next = page.next
        }
        expect(rows.map(show)).toEqual(expected(stored, from, until, length, calendars[index]!))
        if (length) return
        const range = { seriesId: ids[index]!, from, until }
        const blocks = await reader.transaction(async transaction => {
          const read: BarColumns[] = []
          for await (const block of readColumnBlocks(transaction, range, [], limit)) read.push(block)
          return read
        })
        expect(blocks.every(({ close, times }) => times.length <= limit && times.length === close.length)).toBe(true)
        expect(blocks.flatMap(({ times }) => times)).toEqual(rows.map(({ time }) => time))
        expect(blocks.flatMap(({ close }) => Array.from(close))).toEqual(rows.map(({ close }) => Number(close)))
      }),
      { numRuns: 60 },
    )
  },
)
