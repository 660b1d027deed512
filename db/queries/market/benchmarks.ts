import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { benchmarks } from '../../schema/market/benchmarks.ts'
import { type PageRequest, pageClauses } from '../paging.ts'

export type Benchmark = typeof benchmarks.$inferSelect

export const listBenchmarks = (
  transaction: Transaction,
  request: PageRequest,
  filter: { readonly benchmarkType?: Benchmark['benchmarkType'] | undefined; readonly category?: string | undefined },
): Promise<Benchmark[]> => {
  const { limit, orderBy, where } = pageClauses(
    benchmarks.id,
    request,
    filter.benchmarkType && eq(benchmarks.benchmarkType, filter.benchmarkType),
    filter.category ? eq(benchmarks.category, filter.category) : undefined,
  )
  return transaction.select().from(benchmarks).where(where).orderBy(orderBy).limit(limit)
}

export const findBenchmark = async (transaction: Transaction, symbol: string): Promise<Benchmark | undefined> => {
  const [row] = await transaction.select().from(benchmarks).where(eq(benchmarks.symbol, symbol))
  return row
}

/** Makes a benchmark or replaces what is known of it. */
export const putBenchmark = async (transaction: Transaction, values: typeof benchmarks.$inferInsert): Promise<Benchmark> => {
  const { symbol: _symbol, ...set } = values
  const [row] = await transaction
    .insert(benchmarks)
    .values(values)
    .onConflictDoUpdate({ target: benchmarks.symbol, set: { ...set, version: sql`${benchmarks.version} + 1` } })
    .returning()
  return row!
}
