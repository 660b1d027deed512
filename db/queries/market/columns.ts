import { sql } from 'drizzle-orm'
import type { AdjustmentSegment } from '../../../domain/market/index.ts'
import type { Transaction } from '../../database.ts'
import { type BarRange, endOfReading, isBefore, rfc3339, source } from './bars.ts'

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

/** Bars per block: few enough that their rows take some ten megabytes. */
const blockBars = 50_000

/** All bars of a range, oldest first, in blocks that fit in memory. */
export const readColumnBlocks = async function* (
  transaction: Transaction,
  range: BarRange,
  segments: readonly AdjustmentSegment[],
  size = blockBars,
): AsyncGenerator<BarColumns> {
  for (let { from } = range; isBefore(from, range.until); ) {
    const until = await endOfReading(transaction, { ...range, from }, size)
    const columns = await readColumns(transaction, { ...range, from, until }, size + 1, segments)
    const next = columns.times[size]
    if (next !== undefined) {
      yield {
        times: columns.times.slice(0, size),
        open: columns.open.subarray(0, size),
        high: columns.high.subarray(0, size),
        low: columns.low.subarray(0, size),
        close: columns.close.subarray(0, size),
        volume: columns.volume.subarray(0, size),
        session: columns.session.subarray(0, size),
      }
    } else yield columns
    from = next ?? until
  }
}
