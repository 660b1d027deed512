import { auditLogRows } from '../../db/queries/operations/operations.ts'
import { auditLogs as table } from '../../db/schema/operations/audit.ts'
import { equals, range } from '../runtime/resource/filters.ts'
import { resource } from '../runtime/resource/resource.ts'
import { moment, uuid } from '../runtime/schemas.ts'
import { auditLog, resourceType } from './schemas.ts'

export const auditLogs = resource({
  one: 'audit log entry',
  many: 'audit logs',
  path: '/v1/operations/audit-logs',
  rows: auditLogRows,
  answer: auditLog,
  filters: {
    householdId: equals(table.householdId, uuid.describe('The household of the changed resource.')),
    resourceType: equals(table.resourceType, resourceType),
    resourceId: equals(table.resourceId, uuid),
    action: equals(table.action, auditLog.shape.action),
    ...range('timestamp', table.timestamp, moment),
  },
})
