import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { annualReturns, returnDatasets } from '../../schema/market/returns.ts'
import { rowsOf } from '../rows.ts'

/** The version is that of the imported file: a dataset is never changed. */
export const returnDatasetRows = rowsOf(returnDatasets, { version: null })

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
