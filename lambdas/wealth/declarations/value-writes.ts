import { accountValues, valueChanges, valueHistories, valueStates } from '../../../db/schema/wealth/value-histories.ts'
import { deletes, inserts } from '../../runtime/writes.ts'

/** The writes of a task or a job that calls `refreshValues`. */
export const valueWrites = [
  ...[accountValues, valueHistories, valueStates].flatMap(table => [inserts(table), deletes(table)]),
  deletes(valueChanges),
]
