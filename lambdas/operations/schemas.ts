import * as z from 'zod'
import { auditActions } from '../../db/schema/operations/audit.ts'
import { instant, uuid } from '../runtime/schemas.ts'

export const health = z.strictObject({
  status: z.literal('ok'),
  environment: z.string(),
  database: z.strictObject({ latencyMs: z.number(), serverVersion: z.string() }),
})

export const auditLog = z.strictObject({
  id: uuid,
  timestamp: instant,
  userId: uuid.nullable().describe('Who did it.'),
  householdId: uuid.nullable().describe('The household to which the changed resource belongs.'),
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
