import { sql } from 'drizzle-orm'
import type { DividendEvent, SplitEvent } from '../../../domain/market/index.ts'
import type { Transaction } from '../../database.ts'

/** The last ex-date that counts: the given day, or today at the exchange. */
const lastDay = (asOf: string | undefined) => sql`coalesce(${asOf ?? null}::date, (now() at time zone e.timezone)::date)`

/** The splits of a series' instrument up to a day, by default today at the exchange; oldest first. */
export const readSplitEvents = async (transaction: Transaction, seriesId: number, asOf?: string): Promise<SplitEvent[]> => [
  ...(await transaction.execute<{ exDate: string; numerator: number; denominator: number }>(sql`
    select ex_date::text as "exDate", numerator, denominator
    from market.splits join market.series s using (instrument_id) join market.instruments i on i.id = instrument_id
    join market.exchanges e on e.code = i.exchange_code
    where s.id = ${seriesId} and ex_date <= ${lastDay(asOf)} order by ex_date`)),
]

/**
 * The dividends of a series' instrument up to a day, by default today at the exchange. Each has the newest close before its ex-date, of any of the
 * instrument's series: of bars up to a day within two weeks, or else of the last week or month that ended before the ex-date.
 */
export const readDividendEvents = async (transaction: Transaction, seriesId: number, asOf?: string): Promise<DividendEvent[]> => [
  ...(await transaction.execute<{ exDate: string; amount: string; closeBefore: string | null; closeDay: string | null }>(sql`
    select d.ex_date::text as "exDate", d.amount, before.close as "closeBefore", before.day::text as "closeDay"
    from market.dividends d
    join market.series s using (instrument_id)
    join market.instruments i on i.id = d.instrument_id
    join market.exchanges e on e.code = i.exchange_code
    left join lateral (
      select last_bar.close, (last_bar.time at time zone c.zone + p.length - interval '1 microsecond')::date as day
      from market.series_calendars c
      cross join lateral (
        select c.seconds > 86400 as is_long, case c.timeframe when '1mo' then interval '1 month' when '1w' then interval '7 days' else interval '1 second' end as length
      ) p
      cross join lateral (
        select case when p.is_long then (d.ex_date - p.length)::timestamp at time zone 'UTC' + interval '1 day' else market.day_start(d.ex_date, c.zone) end as until_time
      ) u
      cross join lateral (
        select b.close, b.time from market.all_bars b
        where b.series_id = c.series_id and b.time < u.until_time
          and b.time >= u.until_time - case when p.is_long then interval '31 days' else interval '14 days' end
          and b.chunk_start <= d.ex_date and b.chunk_end >= d.ex_date - case when p.is_long then 63 else 15 end
        order by b.time desc limit 1
      ) last_bar
      where c.instrument_id = d.instrument_id
      order by p.is_long, day desc, case when p.is_long then c.seconds else -c.seconds end limit 1
    ) before on true
    where s.id = ${seriesId} and d.ex_date <= ${lastDay(asOf)} order by d.ex_date, d.kind`)),
]
