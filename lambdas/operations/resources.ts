import { auditLogRows } from '../../db/queries/operations/operations.ts'
import { auditLogs as table } from '../../db/schema/operations/audit.ts'
import { equals, range } from '../runtime/resource/filters.ts'
import { resource } from '../runtime/resource/resource.ts'
import { moment, uuid } from '../runtime/schemas.ts'
import { auditLog, resourceType } from './schemas.ts'

const filters = {
  householdId: equals(
    table.householdId,
    uuid.meta({ description: 'The household of the changed resource.', parameter: 'HouseholdOfChange' }),
  ),
  resourceType: equals(table.resourceType, resourceType),
  resourceId: equals(table.resourceId, uuid),
  action: equals(table.action, auditLog.shape.action),
  ...range('timestamp', table.timestamp, moment),
}

export const auditLogs = resource({
  one: 'audit log entry',
  many: 'audit logs',
  path: '/v1/operations/audit-logs',
  rows: auditLogRows,
  answer: auditLog,
  filters,
})

/** The audit rows of everybody, for administrators. */
export const allAuditLogs = resource({
  one: 'audit log entry',
  many: 'all audit logs',
  path: '/v1/operations/audit/entries',
  rows: auditLogRows,
  answer: auditLog,
  filters: { ...filters, userId: equals(table.userId, uuid.describe('The user who made the change.')) },
})
