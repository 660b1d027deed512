import { sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import type { rollupPeriods } from '../../schema/market/series.ts'
import { plainArrayText } from '../array-text.ts'

export type RollupPeriod = (typeof rollupPeriods)[number]

export interface RollupRow {
  readonly seriesId: number
  readonly periodStart: string
  readonly open: string
  readonly high: string
  readonly low: string
  readonly close: string
  readonly volume: string | null
  readonly vwap: string | null
  readonly tradeCount: string | null
  readonly barCount: number
}

export interface RollupRequest {
  readonly seriesIds: readonly number[]
  readonly period: RollupPeriod
  /** The range of the periods' first days: `from` is included, `until` is not. */
  readonly from: string
  readonly until: string
  readonly limit: number
  readonly after: { readonly seriesId: number; readonly periodStart: string } | undefined
}

/** Current rollups by series and time. Only those that changed since the last refresh are computed from the bars. */
export const readRollups = async (transaction: Transaction, request: RollupRequest): Promise<RollupRow[]> => {
  const { after, from, limit, period, seriesIds, until } = request
  const ids = sql`${plainArrayText(seriesIds)}::integer[]`
  const columns = sql.raw('series_id, period_start, open, high, low, close, volume, vwap, trade_count, bar_count')
  const rows = await transaction.execute<RollupRow & Record<string, unknown>>(sql`
    select series_id as "seriesId", period_start::text as "periodStart", open, high, low, close, volume, vwap, trade_count as "tradeCount", bar_count as "barCount"
    from (
      select ${columns} from market.settled_rollups
      where period = ${period} and series_id = any (${ids}) and period_start >= ${from}::date and period_start < ${until}::date
      union all
      select ${columns} from market.fresh_rollups(${ids}, ${period}, ${from}::date, ${until}::date)
    ) rollups
    ${after ? sql`where (series_id, period_start) > (${after.seriesId}, ${after.periodStart}::date)` : sql``}
    order by series_id, period_start limit ${limit}`)
  return [...rows]
}
