import fc from 'fast-check'
import type { StoredBar } from './market-store.ts'

const money = (cents: number, scale = 2) => (cents / 10 ** scale).toFixed(scale)

/** Any bars that the store accepts: up to 8 decimals, any of the optional columns, times to the microsecond. */
export const barOf = (seriesId: number, times: fc.Arbitrary<string>): fc.Arbitrary<StoredBar> =>
  fc
    .record({
      time: times,
      scale: fc.integer({ min: 0, max: 8 }),
      low: fc.integer({ min: 1, max: 2_000_000_000 }),
      body: fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 5000 })),
      shadow: fc.integer({ min: 0, max: 3000 }),
      volume: fc.oneof(
        fc.constantFrom('0', '9999999999999900.00000001', '12345678901', '0.00000001'),
        fc.integer({ min: 0, max: 1e9 }).map(String),
      ),
      vwap: fc.option(fc.integer({ min: 1, max: 1e9 }).map(value => money(value, 4))),
      tradeCount: fc.option(fc.integer({ min: 0, max: 1e9 }).map(String)),
      bid: fc.option(fc.integer({ min: 0, max: 1e9 }).map(value => money(value, 6))),
      spread: fc.option(fc.integer({ min: -1000, max: 1000 }).map(value => money(value, 3))),
      additionalData: fc.option(
        fc.record({ sentiment: fc.double({ min: -1, max: 1, noNaN: true }), rating: fc.constantFrom('buy', 'it\'s "sell"\\') }),
      ),
    })
    .map(({ time, scale, low, body, shadow, ...rest }) => ({
      seriesId,
      time,
      open: money(low + body[0], scale),
      high: money(low + Math.max(...body) + shadow, scale),
      low: money(low, scale),
      close: money(low + body[1], scale),
      ...rest,
    }))

/** Moments at which a day, week, month, year or summer time begins somewhere, and the microsecond before each. */
const boundaries = (moments: string) =>
  fc.constantFrom(
    ...moments
      .split(' ')
      .flatMap(moment => [`${moment}:00.000000Z`, `${new Date(Date.parse(`${moment}Z`) - 1).toISOString().slice(0, -1)}999Z`]),
  )
export const newYorkBoundaries = boundaries(
  '2024-01-01T00:00 2024-01-01T05:00 2024-02-01T00:00 2024-02-01T05:00 2024-03-01T00:00 2024-03-10T07:00 2024-03-11T04:00 2024-04-01T00:00 2024-04-01T04:00',
)
export const sydneyBoundaries = boundaries(
  '2024-01-31T13:00 2024-02-01T00:00 2024-02-03T13:00 2024-03-31T13:00 2024-04-06T16:00 2024-04-07T14:00',
)

export const instants = (from: string, until: string) =>
  fc
    .integer({ min: Date.parse(from), max: Date.parse(until) - 1 })
    .chain(milliseconds =>
      fc
        .integer({ min: 0, max: 999 })
        .map(micro => `${new Date(milliseconds).toISOString().slice(0, -1)}${String(micro).padStart(3, '0')}Z`),
    )
export const dates = (from: string, until: string) =>
  fc
    .integer({ min: Date.parse(from) / 86_400_000, max: Date.parse(until) / 86_400_000 - 1 })
    .map(day => new Date(day * 86_400_000).toISOString())
/** Dates before PostgreSQL's and UNIX's epochs, in weeks that span two years, and on a leap day. */
export const oldDates = fc
  .constantFrom(
    '1925-03-02',
    '1969-12-31',
    '1970-01-01',
    '1999-12-31',
    '2000-01-01',
    '2020-12-31',
    '2021-01-03',
    '2021-01-04',
    '2024-02-29',
  )
  .map(day => new Date(day).toISOString())
