import { lotChanges, lotClosings, lotProblems, taxLots, washSales } from '../../../db/schema/wealth/lots.ts'
import { deletes, inserts } from '../../runtime/writes.ts'

/** The writes of a route, a task or a job that calls `recalculateLots`. */
export const lotWrites = [
  ...[taxLots, lotClosings, washSales, lotProblems].flatMap(table => [inserts(table), deletes(table)]),
  deletes(lotChanges),
]
