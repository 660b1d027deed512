import * as z from 'zod'
import { auditLogRows } from '../../db/queries/operations/operations.ts'
import { systemEventRows } from '../../db/queries/operations/system-events.ts'
import { auditLogs as table } from '../../db/schema/operations/audit.ts'
import { systemEvents as systemEventTable } from '../../db/schema/operations/system-events.ts'
import { Problem } from '../runtime/problem.ts'
import { equals, range, search } from '../runtime/resource/filters.ts'
import { resource } from '../runtime/resource/resource.ts'
import { moment, uuid } from '../runtime/schemas.ts'
import { auditLog, resourceType, systemEvent } from './schemas.ts'

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
  sorts: ['timestamp'],
})

/** The audit rows of everybody, for administrators. */
export const allAuditLogs = resource({
  one: 'audit log entry',
  many: 'all audit logs',
  path: '/v1/operations/audit/entries',
  rows: auditLogRows,
  answer: auditLog,
  filters: { ...filters, userId: equals(table.userId, uuid.describe('The user who made the change.')) },
  sorts: ['timestamp'],
})

export const systemEvents = resource({
  one: 'system event',
  many: 'system events',
  path: '/v1/operations/system-events',
  parameter: { systemEventId: uuid },
  rows: systemEventRows,
  answer: systemEvent,
  filters: {
    severity: equals(systemEventTable.severity, systemEvent.shape.severity),
    status: equals(systemEventTable.status, systemEvent.shape.status),
    component: equals(systemEventTable.component, z.string().max(100).describe('The route, job, task or part: `planning/create-run`.')),
    eventType: equals(systemEventTable.eventType, systemEvent.shape.eventType),
    eventCategory: equals(systemEventTable.eventCategory, systemEvent.shape.eventCategory),
    ...range('timestamp', systemEventTable.timestamp, moment),
    ...search(systemEventTable.component, systemEventTable.message),
  },
  sorts: ['timestamp', 'occurrences'],
  readOnly: () => new Problem('already-resolved', 'This event is resolved.'),
})
