import { integer, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from '../columns.ts'
import { operations } from './schema.ts'

export const auditActions = ['CREATE', 'READ', 'UPDATE', 'DELETE', 'EXECUTE'] as const

/**
 * Who changed what, when and from where, with the values before and after. Only triggers write it. It is partitioned by month, which
 * drizzle-kit cannot express: a hand-written migration makes the table, and this declaration serves queries.
 */
export const auditLogs = operations.table('audit_logs', {
  id: id(),
  timestamp: instant('timestamp').notNull(),
  /** The user who made the change. */
  userId: uuid('user_id'),
  /** The household to which the changed row belongs, if it belongs to one. */
  householdId: uuid('household_id'),
  sessionId: text('session_id'),
  action: text('action', { enum: auditActions }).notNull(),
  resourceType: text('resource_type').notNull(),
  resourceId: uuid('resource_id'),
  route: text('route'),
  ipAddress: text('ip_address'),
  userAgent: text('user_agent'),
  requestId: text('request_id'),
  oldValues: jsonb('old_values').$type<unknown>(),
  newValues: jsonb('new_values').$type<unknown>(),
  changedFields: jsonb('changed_fields').$type<string[]>(),
  metadata: jsonb('metadata').$type<unknown>(),
  severity: text('severity').notNull(),
  complianceCategory: text('compliance_category'),
  retentionUntil: instant('retention_until').notNull(),
  executionTimeMs: integer('execution_time_ms'),
})
