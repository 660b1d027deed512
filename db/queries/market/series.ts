import { sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { arrayText, plainArrayText } from '../array-text.ts'
import { type SeriesKey, timeframeSeconds, type Timeframe } from '../../../domain/market/index.ts'
import { type BarRange, rfc3339 } from './bars.ts'

const wanted = (keys: readonly SeriesKey[]) => sql`
  unnest(${arrayText(keys.map(key => key.symbol))}::text[], ${arrayText(keys.map(key => key.timeframe))}::text[])
    with ordinality as wanted (symbol, timeframe, place)
  cross join lateral (
    select coalesce(
      (select id from market.instruments where symbol = wanted.symbol),
      (select instrument_id from market.symbol_history where symbol = wanted.symbol order by valid_from desc limit 1)
    ) as instrument_id
  ) named`

/** The ids of series, in the order of `keys`, by a symbol that an instrument has or had; undefined if there is no such series. */
export const findSeries = async (transaction: Transaction, keys: readonly SeriesKey[]): Promise<(number | undefined)[]> => {
  const rows = await transaction.execute<{ id: number | null }>(sql`
    select s.id from ${wanted(keys)} left join market.series s on s.instrument_id = named.instrument_id and s.timeframe = wanted.timeframe
    order by wanted.place`)
  return rows.map(row => row.id ?? undefined)
}

/** Like `findSeries`, but makes a missing series if its instrument exists; in one order, so that two transactions cannot deadlock. */
export const ensureSeries = async (transaction: Transaction, keys: readonly SeriesKey[]): Promise<(number | undefined)[]> => {
  const found = await findSeries(transaction, keys)
  if (!found.includes(undefined)) return found
  await transaction.execute(sql`
    insert into market.series (instrument_id, timeframe)
    select distinct named.instrument_id, wanted.timeframe from ${wanted(keys)} where named.instrument_id is not null order by 1, 2
    on conflict do nothing`)
  return findSeries(transaction, keys)
}

/** Of the given series, those of instruments that allow prices of zero or less. */
export const allowNegativePrices = async (transaction: Transaction, seriesIds: readonly number[]): Promise<ReadonlySet<number>> => {
  const rows = await transaction.execute<{ id: number }>(sql`
    select s.id from market.series s join market.instruments i on i.id = s.instrument_id
    where s.id = any (${plainArrayText(seriesIds)}::integer[]) and i.allows_negative_prices`)
  return new Set(rows.map(({ id }) => id))
}

/** The range of a series from a day of its exchange (included) to another (not included). */
export const findRangeOfDays = async (transaction: Transaction, { from, seriesId, until }: BarRange): Promise<BarRange> => {
  const [row] = await transaction.execute<{ from: string; until: string }>(sql`
    select market.day_start(${from}::date, zone)::text as "from", market.day_start(${until}::date, zone)::text as until
    from market.series_calendars where series_id = ${seriesId}`)
  return { seriesId, from: rfc3339(row!.from), until: rfc3339(row!.until) }
}

export interface StoredSeries {
  readonly timeframe: Timeframe
  readonly firstTime: string
  readonly lastTime: string
}

/** The series of an instrument that have bars, the shortest bars first, with the times of the first and the newest bar. */
export const listSeriesOf = async (transaction: Transaction, instrumentId: string): Promise<StoredSeries[]> => {
  const rows = await transaction.execute<{ timeframe: Timeframe; firstTime: string; lastTime: string }>(sql`
    select s.timeframe, l.time::text as "lastTime", least(
      (select first_time from market.compressed_bars where series_id = s.id order by chunk_start limit 1),
      (select time from market.bars where series_id = s.id order by time limit 1)
    )::text as "firstTime"
    from market.series s join market.latest_bars l on l.series_id = s.id where s.instrument_id = ${instrumentId}`)
  return rows
    .map(row => ({ timeframe: row.timeframe, firstTime: rfc3339(row.firstTime), lastTime: rfc3339(row.lastTime) }))
    .toSorted((left, right) => timeframeSeconds(left.timeframe) - timeframeSeconds(right.timeframe))
}
