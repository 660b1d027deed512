import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { annualReturns, returnDatasets } from '../../schema/market/returns.ts'
import { type PageRequest, pageClauses } from '../paging.ts'

export type ReturnDataset = typeof returnDatasets.$inferSelect

export const listReturnDatasets = (transaction: Transaction, request: PageRequest): Promise<ReturnDataset[]> => {
  const { limit, orderBy, where } = pageClauses(returnDatasets.id, request)
  return transaction.select().from(returnDatasets).where(where).orderBy(orderBy).limit(limit)
}

export const findReturnDataset = async (transaction: Transaction, id: string): Promise<ReturnDataset | undefined> => {
  const [row] = await transaction.select().from(returnDatasets).where(eq(returnDatasets.id, id))
  return row
}

/** Annual returns of the named series, oldest year first: `years[i]` is the year of every series' i-th return. */
export const readAnnualReturns = async (
  transaction: Transaction,
  datasetId: string,
  series: readonly string[],
): Promise<{ readonly years: number[]; readonly returns: ReadonlyMap<string, number[]> }> => {
  const rows = await transaction
    .select({ series: annualReturns.series, year: annualReturns.year, value: annualReturns.value })
    .from(annualReturns)
    .where(and(eq(annualReturns.datasetId, datasetId), inArray(annualReturns.series, [...series])))
    .orderBy(asc(annualReturns.year))
  const returns = new Map<string, number[]>(series.map(name => [name, []]))
  for (const row of rows) returns.get(row.series)?.push(Number(row.value))
  return { years: [...new Set(rows.map(row => row.year))], returns }
}
