import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { benchmarks } from '../../schema/market/benchmarks.ts'
import { rowsOf } from '../rows.ts'

export type Benchmark = typeof benchmarks.$inferSelect

/** A benchmark is replaced completely, without a check of its version. */
export const benchmarkRows = rowsOf(benchmarks, { key: 'symbol', version: null })

/** The benchmark with an id. */
export const findBenchmark = async (transaction: Transaction, id: string): Promise<Benchmark | undefined> => {
  const [row] = await transaction.select().from(benchmarks).where(eq(benchmarks.id, id))
  return row
}

/** Makes a benchmark or replaces its data. */
export const putBenchmark = async (transaction: Transaction, values: typeof benchmarks.$inferInsert): Promise<Benchmark> => {
  const { symbol: _symbol, ...set } = values
  const [row] = await transaction
    .insert(benchmarks)
    .values(values)
    .onConflictDoUpdate({ target: benchmarks.symbol, set: { ...set, version: sql`${benchmarks.version} + 1` } })
    .returning()
  return row!
}
