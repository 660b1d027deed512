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
 * Days on which the exchange traded but bars of a series are missing, between its first and its last bar of the range: days without a daily
 * bar, or with fewer shorter bars than the session has room for. Holidays and early closes come from the exchange's calendar.
 */
export const findGaps = async (
  transaction: Transaction,
  request: { readonly seriesId: number; readonly from: string; readonly until: string; readonly limit: number },
): Promise<BarGap[]> => {
  const { from, limit, seriesId, until } = request
  const rows = await transaction.execute<{ date: string; expected: number; found: number }>(sql`
    with found as (
      select (b.time at time zone c.zone)::date as day, count(*)::integer as bars
      from market.all_bars b join market.series_calendars c using (series_id)
      where b.series_id = ${seriesId} and b.time >= ${from}::date - interval '1 day' and b.time < ${until}::date + interval '1 day'
        and b.chunk_start <= ${until}::date and b.chunk_end >= ${from}::date
      group by day
    ), days as (
      select day::date, case when c.is_dated then 1
        else floor(extract(epoch from coalesce(h.closes_at, e.closes_at, time '24:00') - coalesce(e.opens_at, time '00:00')) / c.seconds)::integer end as expected
      from market.series_calendars c
      join market.exchanges e on e.code = c.exchange_code
      cross join (select greatest(min(day), ${from}::date) as first_day, least(max(day), ${until}::date - 1) as last_day from found) known
      cross join generate_series(known.first_day::timestamp, known.last_day::timestamp, interval '1 day') as day
      left join market.exchange_holidays h on h.exchange_code = e.code and h.date = day::date
      where c.series_id = ${seriesId} and extract(isodow from day) = any (e.trading_days) and (h.date is null or h.closes_at is not null)
    )
    select days.day::text as date, days.expected, coalesce(found.bars, 0) as found
    from days left join found using (day) where coalesce(found.bars, 0) < days.expected order by days.day limit ${limit}`)
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
