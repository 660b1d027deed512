import { sql } from 'drizzle-orm'
import type { Timeframe } from '../../../domain/market/index.ts'
import type { Transaction } from '../../database.ts'
export interface BarGap {
  /** A day of the exchange. */
  readonly date: string
  readonly expected: number
  readonly found: number
}

/**
 * Days of a range on which the exchange traded but bars of a series are missing: days without a daily bar, or sessions with fewer shorter bars than
 * they have room for. Only the time from the first to the last bar of the series is checked, and no time in the future. Holidays and early
 * closes come from the exchange's calendar.
 */
export const findGaps = async (
  transaction: Transaction,
  request: { readonly seriesId: number; readonly from: string; readonly until: string; readonly limit: number },
): Promise<BarGap[]> => {
  const { from, limit, seriesId, until } = request
  const rows = await transaction.execute<{ date: string; expected: number; found: number }>(sql`
    with calendar as (
      select c.zone, c.seconds, c.is_dated, e.code, e.trading_days, e.opens_at, e.closes_at, (now() at time zone e.timezone)::date as today,
        l.time as last_time, market.day_start(${from}::date, c.zone) as from_time
      from market.series_calendars c
      join market.exchanges e on e.code = c.exchange_code
      join market.latest_bars l using (series_id)
      where c.series_id = ${seriesId}
    ), found as materialized (
      select b.time, (b.time at time zone c.zone)::date as day
      from market.all_bars b cross join calendar c
      where b.series_id = ${seriesId} and b.time >= ${from}::date - interval '1 day' and b.time < ${until}::date + interval '1 day'
        and b.chunk_start <= ${until}::date and b.chunk_end >= ${from}::date
        and b.time >= c.from_time and b.time < market.day_start(${until}::date, c.zone)
    -- Materialized, because PostgreSQL would else compute the bounds and the sessions again for each bar.
    ), bounds as materialized (
      select c.*, case
        when (select k.first_time from market.compressed_bars k where k.series_id = ${seriesId} order by k.chunk_start limit 1) < c.from_time then c.from_time
        when exists (select from market.bars b where b.series_id = ${seriesId} and b.time < c.from_time) then c.from_time
        else (select min(time) from found) end as first_time
      from calendar c
    ), sessions as (
      select day::date, b.seconds, b.is_dated, b.first_time, b.last_time,
        case when b.is_dated or b.opens_at is null then market.day_start(day::date, b.zone) else (day::date + b.opens_at) at time zone b.zone end as opens,
        case when b.is_dated or coalesce(h.closes_at, b.closes_at) is null then market.day_start(day::date + 1, b.zone)
          else (day::date + coalesce(h.closes_at, b.closes_at)) at time zone b.zone end as closes
      from bounds b
      cross join generate_series(greatest((b.first_time at time zone b.zone)::date, ${from}::date)::timestamp,
        least((b.last_time at time zone b.zone)::date, ${until}::date - 1, b.today)::timestamp, interval '1 day') as day
      left join market.exchange_holidays h on h.exchange_code = b.code and h.date = day::date
      where b.first_time is not null and extract(isodow from day) = any (b.trading_days) and (h.date is null or h.closes_at is not null)
    ), days as materialized (
      select day, opens, closes, case when is_dated then 1
        else floor(extract(epoch from least(closes, last_time + seconds * interval '1 second', now()) - greatest(opens, first_time)) / seconds)::integer end as expected
      from sessions
    ), counted as (
      select days.day, days.expected, (count(found.time) filter (where found.time >= days.opens and found.time < days.closes))::integer as found
      from days left join found using (day) group by days.day, days.expected
    )
    select day::text as date, expected, found from counted where found < expected order by day limit ${limit}`)
  return [...rows]
}

export interface StaleSymbol {
  readonly symbol: string
  /** The exchange's day of the newest bar. */
  readonly lastDate: string
  /** Days on which the exchange has traded since. */
  readonly tradingDays: number
}

/** How far back trading days are counted: enough for the greatest `allowedDays`. */
const calendarDays = 120

/**
 * Stale symbols in alphabetical order: their exchange has traded on more than `allowedDays` days since their newest bar. The day `until`
 * is not counted.
 *
 * @param request.allowedDays at most 60
 */
export const findStaleSymbols = async (
  transaction: Transaction,
  request: {
    readonly timeframe: Timeframe
    readonly until: string
    readonly allowedDays: number
    readonly seriesId?: number
    readonly after?: string | undefined
    readonly limit: number
  },
): Promise<StaleSymbol[]> => {
  const { after, allowedDays, limit, seriesId, timeframe, until } = request
  const trades = (day: ReturnType<typeof sql>) => sql`extract(isodow from ${day}) = any (e.trading_days)
    and not exists (select from market.exchange_holidays h where h.exchange_code = e.code and h.date = ${day} and h.closes_at is null)`
  const rows = await transaction.execute<{ symbol: string; lastDate: string; tradingDays: number }>(sql`
    with limits as materialized (
      select e.code, (
        select days.day::date from generate_series(${until}::date - ${calendarDays}::integer, ${until}::date - 1, interval '1 day') as days (day)
        where ${trades(sql`days.day::date`)} order by days.day desc offset ${allowedDays} limit 1
      ) as oldest
      from market.exchanges e
    ), stale as (
      select c.symbol, c.exchange_code, (l.time at time zone c.zone)::date as last_date
      from market.latest_bars l join market.series_calendars c using (series_id) join limits on limits.code = c.exchange_code
      where c.timeframe = ${timeframe} and (l.time at time zone c.zone)::date < limits.oldest
        ${seriesId === undefined ? sql`` : sql`and c.series_id = ${seriesId}`}
        ${after === undefined ? sql`` : sql`and c.symbol > ${after}`}
      order by c.symbol limit ${limit}
    )
    select stale.symbol, stale.last_date::text as "lastDate", (
        select count(*)::integer from generate_series(stale.last_date + 1, ${until}::date - 1, interval '1 day') as days (day)
        where ${trades(sql`days.day::date`)}
      ) as "tradingDays"
    from stale join market.exchanges e on e.code = stale.exchange_code order by stale.symbol`)
  return [...rows]
}
