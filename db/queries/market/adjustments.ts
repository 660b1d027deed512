import { sql } from 'drizzle-orm'
import type { DividendEvent, SplitEvent } from '../../../domain/market/index.ts'
import type { Transaction } from '../../database.ts'

/** The splits of a series' instrument, oldest first. */
export const readSplitEvents = async (transaction: Transaction, seriesId: number): Promise<SplitEvent[]> => [
  ...(await transaction.execute<{ exDate: string; numerator: number; denominator: number }>(sql`
    select ex_date::text as "exDate", numerator, denominator from market.splits join market.series s using (instrument_id)
    where s.id = ${seriesId} order by ex_date`)),
]

/** Its dividends, each with the last daily close of the two weeks before it. */
export const readDividendEvents = async (transaction: Transaction, seriesId: number): Promise<DividendEvent[]> => [
  ...(await transaction.execute<{ exDate: string; amount: string; closeBefore: string | null }>(sql`
    select d.ex_date::text as "exDate", d.amount, before.close as "closeBefore"
    from market.dividends d
    join market.series s using (instrument_id)
    left join market.series daily on daily.instrument_id = d.instrument_id and daily.timeframe = '1d'
    left join lateral (
      select close from market.all_bars b
      where b.series_id = daily.id and b.time < d.ex_date and b.time >= d.ex_date - 14 and b.chunk_start < d.ex_date and b.chunk_end > d.ex_date - 14
      order by b.time desc limit 1
    ) before on true
    where s.id = ${seriesId} order by d.ex_date, d.kind`)),
]
