import { sql } from 'drizzle-orm'
import type { Timeframe } from '../../../domain/market/index.ts'
import type { Transaction } from '../../database.ts'
import { arrayText } from '../array-text.ts'
import { type BarRow, rfc3339 } from './bars.ts'

/** The newest bar of each symbol that has one, ordered by symbol: of the given symbols, or of all symbols after `after`. */
export const readLatestBars = async (
  transaction: Transaction,
  request: {
    readonly timeframe: Timeframe
    readonly symbols: readonly string[] | undefined
    readonly after: string | undefined
    readonly limit: number
  },
): Promise<(BarRow & { readonly symbol: string })[]> => {
  const { after, limit, symbols, timeframe } = request
  const rows = await transaction.execute<BarRow & { symbol: string } & Record<string, unknown>>(sql`
    select i.symbol, l.time::text, l.open, l.high, l.low, l.close, l.volume, l.vwap, l.trade_count as "tradeCount", l.bid, l.ask, l.spread,
      l.additional_data as "additionalData"
    from market.latest_bars l join market.series s on s.id = l.series_id join market.instruments i on i.id = s.instrument_id
    where s.timeframe = ${timeframe} ${symbols ? sql`and i.symbol = any (${arrayText(symbols)}::text[])` : sql``}
      ${after === undefined ? sql`` : sql`and i.symbol > ${after}`}
    order by i.symbol limit ${limit}`)
  return rows.map(row => ({ ...row, time: rfc3339(row.time) }))
}
