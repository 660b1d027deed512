import { eq, getTableColumns, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { plaidConnections } from '../../schema/wealth/connections.ts'
import { rowsOf } from '../rows.ts'

const {
  id,
  householdId,
  institutionId,
  institutionName,
  isActive,
  syncStatus,
  errorCode,
  errorMessage,
  lastSyncAt,
  nextSyncAt,
  consentExpiresAt,
  changedSplits,
  version,
  createdAt,
  updatedAt,
} = getTableColumns(plaidConnections)

/** Without the columns that only functions of the Data API may read. */
export const connectionRows = rowsOf(plaidConnections, {
  selection: {
    id,
    householdId,
    institutionId,
    institutionName,
    isActive,
    syncStatus,
    errorCode,
    errorMessage,
    lastSyncAt,
    nextSyncAt,
    consentExpiresAt,
    changedSplits,
    version,
    createdAt,
    updatedAt,
  },
})

/** When the rules were applied to a connection last, and an instant before what no synchronisation has stored yet. Undefined: it was removed. */
export const findRulesApplied = async (transaction: Transaction, connectionId: string) => {
  const [row] = await transaction
    .select({
      rulesAppliedAt: plaidConnections.rulesAppliedAt,
      // No statement of a synchronisation takes so long.
      settledAt: sql<string>`(now() - interval '5 minutes')::text`,
    })
    .from(plaidConnections)
    .where(eq(plaidConnections.id, connectionId))
  return row
}

/** Stores that the rules have seen what has changed before an instant. */
export const setRulesApplied = async (transaction: Transaction, connectionId: string, rulesAppliedAt: string): Promise<void> => {
  await transaction.update(plaidConnections).set({ rulesAppliedAt }).where(eq(plaidConnections.id, connectionId))
}
