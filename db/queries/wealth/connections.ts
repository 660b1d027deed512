import { getTableColumns } from 'drizzle-orm'
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
