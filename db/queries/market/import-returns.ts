import { sql } from 'drizzle-orm'
import { type AnnualReturns, hashAnnualReturns } from '../../../domain/market/index.ts'
import type { Transaction } from '../../database.ts'
import { arrayText } from '../array-text.ts'

export interface ImportedDataset {
  readonly version: number
  /** False: the same figures were stored already, as that version. */
  readonly isNew: boolean
}

/** Stores annual returns as the next version of a dataset, all or none of them. */
export const importAnnualReturns = async (
  transaction: Transaction,
  { name, returns, source }: { readonly name: string; readonly source: string; readonly returns: AnnualReturns },
): Promise<ImportedDataset> => {
  const { series, years } = returns
  const contentHash = hashAnnualReturns(returns)
  // Without the lock, two imports of one name could compute the same next version.
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtext('market.return_datasets'), hashtext(${name}))`)
  const [existing] = await transaction.execute<{ version: number }>(
    sql`select version from market.return_datasets where name = ${name} and content_hash = ${contentHash}`,
  )
  if (existing) return { version: existing.version, isNew: false }
  const [created] = await transaction.execute<{ id: string; version: number }>(sql`
    insert into market.return_datasets (name, version, source, series, first_year, last_year, content_hash)
    select ${name}, coalesce(max(version), 0) + 1, ${source}, ${arrayText(series.map(column => column.name))}::text[],
      ${years.at(0) ?? 0}::smallint, ${years.at(-1) ?? 0}::smallint, ${contentHash}
    from market.return_datasets where name = ${name}
    returning id, version`)
  if (!created) throw new Error(`The dataset "${name}" was not stored.`)
  const rows = series.flatMap(column => column.values.map((value, index) => ({ name: column.name, year: years[index] ?? 0, value })))
  await transaction.execute(sql`
    insert into market.annual_returns (dataset_id, series, year, value)
    select ${created.id}, series, year, value from unnest(
      ${arrayText(rows.map(row => row.name))}::text[], ${arrayText(rows.map(row => row.year))}::smallint[],
      ${arrayText(rows.map(row => row.value))}::numeric[]) as returns (series, year, value)`)
  return { version: created.version, isNew: true }
}

export interface DatasetSummary {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly source: string
  readonly series: string[]
  readonly firstYear: number
  readonly lastYear: number
  readonly createdAt: string
}

/** Every dataset, by name, newest version first. */
export const listReturnDatasets = async (transaction: Transaction): Promise<DatasetSummary[]> => {
  const rows = await transaction.execute<Record<string, unknown> & Omit<DatasetSummary, 'series'> & { series: string[] | string }>(sql`
    select id, name, version, source, to_json(series) as series, first_year as "firstYear", last_year as "lastYear",
      to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "createdAt"
    from market.return_datasets order by name, version desc`)
  // Drizzle returns JSON as text.
  return rows.map(row => ({ ...row, series: typeof row.series === 'string' ? (JSON.parse(row.series) as string[]) : row.series }))
}
