import { sql } from 'drizzle-orm'
import type { DividendEvent, SplitEvent } from '../../../domain/market/index.ts'
import type { Transaction } from '../../database.ts'

/** The splits of a series' instrument, oldest first. */
export const readSplitEvents = async (transaction: Transaction, seriesId: number): Promise<SplitEvent[]> => [
  ...(await transaction.execute<{ exDate: string; numerator: number; denominator: number }>(sql`
    select ex_date::text as "exDate", numerator, denominator from market.splits join market.series s using (instrument_id)
    where s.id = ${seriesId} order by ex_date`)),
]

/** The dividends of a series' instrument, each with the last close of the two weeks before it: of daily bars, or else of shorter bars. */
export const readDividendEvents = async (transaction: Transaction, seriesId: number): Promise<DividendEvent[]> => [
  ...(await transaction.execute<{ exDate: string; amount: string; closeBefore: string | null }>(sql`
    select d.ex_date::text as "exDate", d.amount, before.close as "closeBefore"
    from market.dividends d
    join market.series s using (instrument_id)
    left join lateral (
      select c.series_id, d.ex_date::timestamp at time zone c.zone as ex_moment from market.series_calendars c
      where c.instrument_id = d.instrument_id and c.seconds <= 86400 order by c.seconds desc limit 1
    ) priced on true
    left join lateral (
      select close from market.all_bars b
      where b.series_id = priced.series_id and b.time < priced.ex_moment and b.time >= priced.ex_moment - interval '14 days'
        and b.chunk_start <= d.ex_date and b.chunk_end >= d.ex_date - 15
      order by b.time desc limit 1
    ) before on true
    where s.id = ${seriesId} order by d.ex_date, d.kind`)),
]
