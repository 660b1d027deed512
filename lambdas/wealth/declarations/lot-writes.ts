import { getTableColumns } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import { lotChanges, lotClosings, lotProblems, taxLots, washSales } from '../../../db/schema/wealth/lots.ts'
import { deletes, inserts, type TableWrite, updatesOf } from '../../runtime/writes.ts'

/** The update of every column that is calculated, but for the key and the household. */
const updatesCalculated = (table: PgTable): TableWrite => {
  const keys = new Set(getTableConfig(table).primaryKeys.flatMap(({ columns }) => columns.map(({ name }) => name)))
  const calculated = Object.entries(getTableColumns(table)).filter(
    ([property, { generated, name }]) => !keys.has(name) && generated === undefined && property !== 'householdId',
  )
  return updatesOf(table, Object.fromEntries(calculated), undefined)
}

/** The writes of a route, a task or a job that calls `recalculateLots`. */
export const lotWrites = [
  ...[taxLots, lotClosings, washSales, lotProblems].flatMap(table => [inserts(table), updatesCalculated(table), deletes(table)]),
  deletes(lotChanges),
]
