import { sql } from 'drizzle-orm'
import type { AdjustmentSegment } from '../../../domain/market/index.ts'
import type { Transaction } from '../../database.ts'
import { type BarRange, endOfReading, isBefore, rfc3339, source } from './bars.ts'

const names = ['open', 'high', 'low', 'close', 'volume', 'session'] as const

/**
 * Bars as columns of floats, for statistics: `times[i]` is the time of the i-th value of each column. `session` is the exchange's day of each
 * bar, counted from 1970-01-01.
 */
export interface BarColumns extends Readonly<Record<(typeof names)[number], Float64Array>> {
  readonly times: string[]
}

/** The columns, each made by name. */
const columnsBy = (times: string[], column: (name: (typeof names)[number]) => Float64Array): BarColumns => ({
  times,
  ...(Object.fromEntries(names.map(name => [name, column(name)])) as Omit<BarColumns, 'times'>),
})

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
  return columnsBy(
    rows.map(row => rfc3339(row.time)),
    name => Float64Array.from(rows, row => row[name]),
  )
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
    yield next === undefined ? columns : columnsBy(columns.times.slice(0, size), name => columns[name].subarray(0, size))
    from = next ?? until
  }
}
