import { sql, type SQL } from 'drizzle-orm'
import {
  type AdjustmentSegment,
  type ResampledLength,
  resampledSeconds,
  type Timeframe,
  timeframeSeconds,
} from '../../../domain/market/index.ts'
import type { Transaction } from '../../database.ts'
import { arrayText, plainArrayText } from '../array-text.ts'

/** A bar as it is read: decimals as text, the time as RFC 3339. */
export interface BarRow {
  readonly time: string
  readonly open: string
  readonly high: string
  readonly low: string
  readonly close: string
  /** Null if it is not known. */
  readonly volume: string | null
  readonly vwap: string | null
  readonly tradeCount: string | null
  readonly bid: string | null
  readonly ask: string | null
  readonly spread: string | null
  readonly additionalData: Record<string, unknown> | null
  /** Only for a resampled bar: the time of the first bar that it contains. */
  readonly firstTime?: string
}

/** A range of a series, from a moment (included) to another (not included), read oldest first. */
export interface BarRange {
  readonly seriesId: number
  readonly from: string
  readonly until: string
}

export interface BarPage<Row> {
  readonly rows: Row[]
  /** The moment from which to continue; undefined on the last page. */
  readonly next: string | undefined
}

/** Converts PostgreSQL's text of an instant in UTC to RFC 3339. */
export const rfc3339 = (text: string): string => text.replace(' ', 'T').replace(/\+00$/, 'Z')

/** Microseconds from 1970 to an instant of RFC 3339. Its text cannot be compared: the fraction of a second is optional. */
export const microsecondsOf = (instant: string): number =>
  Date.parse(instant) * 1000 + Number((/\.\d{3}(\d{1,3})/.exec(instant)?.[1] ?? '').padEnd(3, '0'))

export const isBefore = (a: string, b: string): boolean => microsecondsOf(a) < microsecondsOf(b)

/** The greatest number of bars of a timeframe between two moments. */
export const roomForBars = ({ from, until }: Pick<BarRange, 'from' | 'until'>, timeframe: Timeframe): number =>
  Math.max(1, Math.ceil((microsecondsOf(until) - microsecondsOf(from)) / 1_000_000 / timeframeSeconds(timeframe)))

/**
 * How far to read for a page of `count` bars: to the end of the compressed chunk with the range's `count`-th bar, or to the range's end.
 * So the cost of a page does not depend on the length of the range.
 */
export const endOfReading = async (transaction: Transaction, { from, seriesId, until }: BarRange, count: number): Promise<string> => {
  const [row] = await transaction.execute<{ end: string }>(sql`
    select least(chunk_end::timestamp at time zone 'UTC', ${until}::timestamptz)::text as "end" from (
      select chunk_end, sum(bar_count) over (order by chunk_start) as total from market.compressed_bars
      where series_id = ${seriesId} and chunk_start < ${until}::timestamptz and chunk_end > (${from}::timestamptz at time zone 'UTC')::date
        and last_time >= ${from}::timestamptz and first_time < ${until}::timestamptz
    ) chunks where total >= ${count} order by chunk_end limit 1`)
  return row ? rfc3339(row.end) : until
}

const during = ({
  from,
  until,
}: Pick<BarRange, 'from' | 'until'>): SQL => sql`b.time >= ${from}::timestamptz and b.time < ${until}::timestamptz
    and b.chunk_start < ${until}::timestamptz and b.chunk_end > (${from}::timestamptz at time zone 'UTC')::date`

const within = (range: BarRange): SQL => sql`b.series_id = ${range.seriesId} and ${during(range)}`

const segmentTable = (segments: readonly AdjustmentSegment[]): SQL => {
  const column = (type: string, valueOf: (segment: AdjustmentSegment) => string) =>
    sql`${arrayText(segments.map(valueOf))}::${sql.raw(type)}[]`
  return sql`unnest(${column('date', segment => segment.from ?? '-infinity')}, ${column('date', segment => segment.until ?? 'infinity')},
    ${column('numeric', segment => String(segment.numerator))}, ${column('numeric', segment => String(segment.denominator))},
    ${column('numeric', segment => segment.dividendFactor)})`
}

/** A price adjusted by the segment `of`: `a` is that of the bar's first day, `z` that of its last day. */
const adjusted = (name: string, of: 'a' | 'z'): string => `round(b.${name} * ${of}.denominator * ${of}.factor / ${of}.numerator, 8)`

const adjustedPrices = sql.raw(
  [
    `${adjusted('open', 'a')} as open`,
    `case when is_mixed then greatest(${adjusted('open', 'a')}, ${adjusted('close', 'z')}, least(${adjusted('high', 'a')}, ${adjusted('high', 'z')})) else ${adjusted('high', 'a')} end as high`,
    `case when is_mixed then least(${adjusted('open', 'a')}, ${adjusted('close', 'z')}, greatest(${adjusted('low', 'a')}, ${adjusted('low', 'z')})) else ${adjusted('low', 'a')} end as low`,
    `${adjusted('close', 'z')} as close`,
    `case when a.numerator * z.denominator = z.numerator * a.denominator then ${adjusted('vwap', 'z')} end as vwap`,
    ...['bid', 'ask', 'spread'].map(name => `${adjusted(name, 'z')} as ${name}`),
    'round(b.volume * z.numerator / z.denominator, 8) as volume',
  ].join(', '),
)

/**
 * A query of the bars of a range, each with its day of the exchange. Prices are adjusted by the segments, if there are any. In a week or month with
 * an ex-date, the open is a price before it and the close a price after it. Which of the two the high and low are is not stored: they
 * become the narrowest range that the bar allows. Its average price is unknown after a split, and its volume counts as that of the last day.
 */
export const source = (range: BarRange, segments: readonly AdjustmentSegment[]): SQL => {
  const day = sql`(b.time at time zone c.zone)::date`
  if (segments.length < 2)
    return sql`select b.*, ${day} as day, c.zone, c.week_starts_on from market.all_bars b join market.series_calendars c using (series_id) where ${within(range)}`
  const columns = sql`(first_day, end_day, numerator, denominator, factor)`
  return sql`
    select b.time, ${adjustedPrices}, b.trade_count, b.additional_data, ${day} as day, c.zone, c.week_starts_on
    from market.all_bars b join market.series_calendars c using (series_id)
    join ${segmentTable(segments)} as a ${columns} on ${day} >= a.first_day and ${day} < a.end_day
    left join lateral (
      select l.* from ${segmentTable(segments)} as l ${columns}
      cross join lateral (select ${day} + case c.timeframe when '1mo' then interval '1 month' else interval '7 days' end - interval '1 day' as last_day) ended
      where c.seconds > 86400 and ended.last_day >= l.first_day and ended.last_day < l.end_day
    ) l on true
    cross join lateral (
      select coalesce(l.numerator, a.numerator) as numerator, coalesce(l.denominator, a.denominator) as denominator,
        coalesce(l.factor, a.factor) as factor, l.first_day > a.first_day as is_mixed
    ) z
    where ${within(range)}`
}

/** A page of at most `limit` bars. */
export const readBars = async (
  transaction: Transaction,
  range: BarRange,
  timeframe: Timeframe,
  limit: number,
  segments: readonly AdjustmentSegment[] = [],
): Promise<BarPage<BarRow>> => {
  const rows: BarRow[] = []
  let { from } = range
  while (rows.length <= limit && isBefore(from, range.until)) {
    const missing = limit + 1 - rows.length
    const rest = { ...range, from }
    const until = roomForBars(rest, timeframe) <= limit ? range.until : await endOfReading(transaction, rest, missing)
    const found = await transaction.execute<BarRow & Record<string, unknown>>(sql`
      select time::text, open, high, low, close, volume, vwap, trade_count as "tradeCount", bid, ask, spread, additional_data as "additionalData"
      from (${source({ ...range, from, until }, segments)}) bars order by bars.time limit ${missing}`)
    for (const row of found) rows.push({ ...row, time: rfc3339(row.time) })
    from = until
  }
  return { rows: rows.slice(0, limit), next: rows[limit]?.time }
}

/** The bars of several series in one query, by series in the given order, then by time. Meant for short ranges. */
export const readBarsOfMany = async (
  transaction: Transaction,
  { from, seriesIds, until }: Omit<BarRange, 'seriesId'> & { readonly seriesIds: readonly number[] },
  limit: number,
): Promise<(BarRow & { readonly seriesId: number })[]> => {
  const ids = sql`${plainArrayText(seriesIds)}::integer[]`
  const rows = await transaction.execute<BarRow & { seriesId: number } & Record<string, unknown>>(sql`
    select b.series_id as "seriesId", b.time::text, b.open, b.high, b.low, b.close, b.volume, b.vwap, b.trade_count as "tradeCount", b.bid, b.ask, b.spread,
      b.additional_data as "additionalData"
    from market.all_bars b
    where b.series_id = any (${ids}) and ${during({ from, until })} order by array_position(${ids}, b.series_id), b.time limit ${limit}`)
  return rows.map(row => ({ ...row, time: rfc3339(row.time) }))
}

/** The same as market.day_start of a bar's day. A call of a function for each bar would take longer than all the rest. */
const firstMidnight = sql`case
  when ((((bars.day - 1)::timestamp at time zone bars.zone) + interval '24 hours') at time zone bars.zone)::date = bars.day
  then least(bars.day::timestamp at time zone bars.zone, ((bars.day - 1)::timestamp at time zone bars.zone) + interval '24 hours')
  else bars.day::timestamp at time zone bars.zone end`

/**
 * The time at which a resampled bar begins. Lengths of less than a day are counted from the exchange's midnight. Longer bars begin at 00:00
 * UTC of their first day: several days or weeks are counted from that of 1970-01-01, several months from January of year 0.
 */
const bucketOf = ({ count, unit }: ResampledLength): SQL => {
  if (unit === 'minute') return sql`date_bin(make_interval(mins => ${count}), bars.time, ${firstMidnight})`
  const day = sql`market.period_start(bars.day, ${unit}, bars.week_starts_on)`
  if (count === 1) return sql`${day}::timestamp at time zone 'UTC'`
  if (unit === 'month') {
    const month = sql`(extract(year from bars.day) * 12 + extract(month from bars.day) - 1)`
    return sql`('0001-01-01'::timestamp + (${month} - ${month} % ${count} - 12) * interval '1 month') at time zone 'UTC'`
  }
  const length = sql`${unit === 'week' ? 7 * count : count}::integer`
  const since = sql`(${day} - market.period_start('1970-01-01', ${unit}, bars.week_starts_on))`
  return sql`(${day} - ((${since} % ${length}) + ${length}) % ${length})::timestamp at time zone 'UTC'`
}

interface Resampled extends BarRow {
  readonly firstTime: string
}

const resample = async (
  transaction: Transaction,
  range: BarRange,
  length: ResampledLength,
  segments: readonly AdjustmentSegment[],
  limit: number,
): Promise<Resampled[]> => {
  const last = (column: string) => sql.raw(`(array_agg(${column} order by time desc) filter (where ${column} is not null))[1]`)
  const found = await transaction.execute<Resampled & Record<string, unknown>>(sql`
    select bucket::text as time, min(bars.time)::text as "firstTime", (array_agg(open order by time))[1] as open, max(high) as high, min(low) as low,
      (array_agg(close order by time))[count(*)] as close, sum(volume) as volume,
      round(sum(vwap * volume) / nullif(sum(volume) filter (where vwap is not null), 0), 8) as vwap, sum(trade_count) as "tradeCount",
      ${last('bid')} as bid, ${last('ask')} as ask, ${last('spread')} as spread, null as "additionalData"
    from (${source(range, segments)}) bars cross join lateral (select ${bucketOf(length)} as bucket) placed
    group by bucket order by bucket limit ${limit}`)
  return found.map(row => ({ ...row, time: rfc3339(row.time), firstTime: rfc3339(row.firstTime) }))
}

/** A page of at most `limit` bars of a longer length, computed from the bars of the series. */
export const readResampledBars = async (
  transaction: Transaction,
  range: BarRange,
  lengths: { readonly from: Timeframe; readonly to: ResampledLength },
  limit: number,
  segments: readonly AdjustmentSegment[] = [],
): Promise<BarPage<BarRow>> => {
  const ratio = resampledSeconds(lengths.to) / timeframeSeconds(lengths.from)
  const rows: Resampled[] = []
  let { from } = range
  let reach = 1
  while (rows.length <= limit && isBefore(from, range.until)) {
    const missing = limit + 1 - rows.length
    const until = await endOfReading(transaction, { ...range, from }, missing * ratio * reach)
    const found = await resample(transaction, { ...range, from, until }, lengths.to, segments, missing + 1)
    const isLast = !isBefore(until, range.until)
    // The last bar may continue beyond the rows read, so it is read again from its start; if it was the only one, a longer range is read.
    const complete = isLast || found.length > missing ? found.slice(0, missing) : found.slice(0, -1)
    rows.push(...complete)
    reach = complete.length === 0 ? reach * 2 : 1
    from = isLast ? until : (found.at(-1)?.firstTime ?? until)
  }
  return { rows: rows.slice(0, limit), next: rows[limit]?.firstTime }
}
