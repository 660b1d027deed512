import { sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { arrayText } from '../array-text.ts'

/** The daily closes of a security, as they were quoted: not adjusted. */
export interface DailyCloses {
  readonly symbol: string
  readonly seriesId: number
  readonly currency: string
  /** Days since 1970-01-01, ascending. */
  readonly days: Int32Array
  readonly closes: Float64Array
}

const numbersOf = (text: string): number[] => JSON.parse(`[${text.slice(1, -1)}]`)

/**
 * The daily closes of some securities from a day on. Each security is one row with two arrays: a row for each bar would take many times as long. Securities that
 * the market data do not know are left out.
 */
export const readDailyCloses = async (transaction: Transaction, symbols: readonly string[], from: string): Promise<DailyCloses[]> => {
  const rows = await transaction.execute<{ symbol: string; seriesId: number; currency: string; days: string; closes: string }>(sql`
    select n.symbol, s.id as "seriesId", n.currency, bars.days::text as days, bars.closes::text as closes
    from market.instruments n join market.series s on s.instrument_id = n.id and s.timeframe = '1d'
    cross join lateral (
      select array_agg((b.time at time zone 'UTC')::date - '1970-01-01'::date order by b.time) as days, array_agg(b.close::float8 order by b.time) as closes
      from market.all_bars b where b.series_id = s.id and b.time >= ${from}::date and b.chunk_end >= ${from}::date) as bars
    where n.symbol = any (${arrayText(symbols)}::text[]) and bars.days is not null
    order by n.symbol`)
  return rows.map(({ closes, days, ...row }) => ({
    ...row,
    days: Int32Array.from(numbersOf(days)),
    closes: Float64Array.from(numbersOf(closes)),
  }))
}
