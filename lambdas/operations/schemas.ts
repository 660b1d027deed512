import * as z from 'zod'
import { auditActions } from '../../db/schema/operations/audit.ts'
import { instant, nameSchemas, uuid } from '../runtime/schemas.ts'

export const health = z.strictObject({ status: z.literal('ok'), environment: z.string() })

export const readiness = z.strictObject({
  ...health.shape,
  database: z.strictObject({ latencyMs: z.number(), serverVersion: z.string() }),
})

export const resourceType = z.string().max(100).describe('Schema and table: `planning.plans`.')

export const auditLog = z.strictObject({
  id: uuid,
  timestamp: instant,
  userId: uuid.nullable().describe('The user who made the change.'),
  householdId: uuid.nullable().describe('The household of the changed resource.'),
  action: z.enum(auditActions),
  resourceType: z.string(),
  resourceId: uuid.nullable(),
  route: z.string().nullable(),
  sessionId: z.string().nullable(),
  requestId: z.string().nullable(),
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  oldValues: z.json().nullable(),
  newValues: z.json().nullable(),
  changedFields: z.array(z.string()).nullable(),
  severity: z.string(),
})

nameSchemas({ AuditLog: auditLog })
