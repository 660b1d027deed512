import { sql } from 'drizzle-orm'
import type { AdjustmentSegment } from '../../../domain/market/index.ts'
import type { Transaction } from '../../database.ts'
import { type BarRange, rfc3339, source } from './bars.ts'

/** Bars as columns of floats, for statistics: `times[i]` is the time of the i-th value of each column. */
export interface BarColumns {
  readonly times: string[]
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  /** The exchange's day of each bar, counted from 1970-01-01. */
  readonly session: Float64Array
}

const names = ['open', 'high', 'low', 'close', 'volume', 'session'] as const

/** The first `limit` bars of a range as columns. */
export const readColumns = async (
  transaction: Transaction,
  range: BarRange,
  limit: number,
  segments: readonly AdjustmentSegment[] = [],
): Promise<BarColumns> => {
  const rows = await transaction.execute<{ time: string } & Record<(typeof names)[number], number>>(sql`
    select time::text, open::float8, high::float8, low::float8, close::float8, volume::float8, (day - date '1970-01-01')::integer as session
    from (${source(range, segments)}) bars order by bars.time limit ${limit}`)
  const column = (name: (typeof names)[number]) => Float64Array.from(rows, row => row[name])
  return {
    times: rows.map(row => rfc3339(row.time)),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
    session: column('session'),
  }
}
