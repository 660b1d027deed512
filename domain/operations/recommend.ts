import type { DatabaseState } from './database-state.ts'
import { duplicateIndexes, invalidIndexes, missingUnderForeignKeys, unusedIndexes } from './recommend-indexes.ts'
import { missingUnderFilters } from './recommend-scans.ts'
import {
  blockedStatements,
  cacheMisses,
  connectionsInUse,
  longTransactions,
  replicaLag,
  settingsToChange,
  slowStatements,
} from './recommend-sessions.ts'
import { bloated, deadRows, partitionFaults, wraparoundRisks } from './recommend-tables.ts'
import { type Recommendation, severities } from './recommendation.ts'

/** In the order in which they are done, among those of one severity. */
const rules: readonly ((state: DatabaseState) => Recommendation[])[] = [
  blockedStatements,
  connectionsInUse,
  wraparoundRisks,
  partitionFaults,
  longTransactions,
  settingsToChange,
  invalidIndexes,
  missingUnderForeignKeys,
  missingUnderFilters,
  slowStatements,
  deadRows,
  bloated,
  replicaLag,
  cacheMisses,
  duplicateIndexes,
  unusedIndexes,
]

/** What to do about the state of a database, the most urgent first. */
export const recommend = (state: DatabaseState): Recommendation[] => {
  const all = rules.flatMap(rule => rule(state))
  return severities.flatMap(severity => all.filter(each => each.severity === severity))
}
