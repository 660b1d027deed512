import { type AuditLog, listAuditLogs } from '../../../db/queries/operations/operations.ts'
import { page, readCursor } from '../../runtime/pagination.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { operationsRoutes } from '../routes.ts'

const present = (row: AuditLog) => ({
  id: row.id,
  timestamp: row.timestamp,
  userId: row.userId,
  householdId: row.householdId,
  action: row.action,
  resourceType: row.resourceType,
  resourceId: row.resourceId,
  route: row.route,
  sessionId: row.sessionId,
  requestId: row.requestId,
  ipAddress: row.ipAddress,
  userAgent: row.userAgent,
  oldValues: row.oldValues,
  newValues: row.newValues,
  changedFields: row.changedFields,
  severity: row.severity,
})

export const handler = serve(operationsRoutes['list-audit-logs'], async ({ query: { cursor, limit, ...filter }, transaction }) => {
  const rows = await listAuditLogs(transaction, { limit, after: readCursor(cursor) }, filter)
  return ok(page(rows, limit, present))
})
