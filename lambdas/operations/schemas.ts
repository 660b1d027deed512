import * as z from 'zod'
import { auditActions } from '../../db/schema/operations/audit.ts'
import { eventCategories, eventSeverities, eventStatuses, eventTypes } from '../../db/schema/operations/system-events.ts'
import { auditFindingKinds } from '../../domain/operations/index.ts'
import { instant, nameSchemas, prose, uuid } from '../runtime/schemas.ts'

export const health = z.strictObject({ status: z.literal('ok'), environment: z.string() })

export const readiness = z.strictObject({
  ...health.shape,
  database: z.strictObject({ latencyMs: z.number(), serverVersion: z.string() }),
})

const milliseconds = z.number().min(0)
const count = z.int().min(0)

export const databaseStatus = z.strictObject({
  status: z.enum(['ok', 'attention']),
  serverVersion: z.string(),
  latencyMs: milliseconds,
  connections: z.strictObject({ used: count, active: count, idleInTransaction: count, maximum: count }),
  locks: z.strictObject({ waiting: count.describe('Sessions that wait for a lock.'), longestSeconds: count }),
  longTransactions: z.strictObject({ count: count.describe('Transactions of more than 15 minutes.'), longestSeconds: count }),
  cacheHitShare: z.number().min(0).max(1).nullable().describe('The share of blocks that were found in memory. Null before the first.'),
  replicas: z.array(z.strictObject({ name: z.string(), lagMilliseconds: milliseconds.nullable() })),
  migrations: z.strictObject({
    applied: count,
    notApplied: z.array(z.strictObject({ tag: z.string(), state: z.enum(['applied', 'pending', 'edited', 'skipped']) })),
    unknown: count.describe('Migrations of the database that this code does not have.'),
  }),
})

export const databaseTest = z.strictObject({ writeMs: milliseconds, readMs: milliseconds, rollbackMs: milliseconds })

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

export const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-01')
  .describe('A month: `2026-01`.')

const finding = z.strictObject({
  kind: z.enum(auditFindingKinds),
  row: uuid.optional().describe('The audit row.'),
  seal: z.int().optional().describe('The number of the seal.'),
  month: month.optional(),
  anchor: z.string().optional().describe('The key of the anchor.'),
  restore: z.string().optional().describe('The key of the record of a restore.'),
  detail: z.string(),
})

const restoreNote = z.strictObject({
  key: z.string(),
  declaredAt: instant,
  declaredBy: z.string(),
  reason: z.string(),
  lastSeal: z.int().describe('The number of the last seal of the restored chain.'),
  supersededAnchors: z.int(),
  counts: z.boolean().describe('`false` if a later record supersedes it.'),
})

export const auditVerification = z.strictObject({
  isValid: z.boolean().describe('Nothing that was verified was changed, inserted or removed.'),
  isComplete: z.boolean().describe('`false` if the time was over before all rows were verified. The newest are verified first.'),
  findings: z.array(finding),
  moreFindings: z.int().describe('How many findings are not named.'),
  seals: z.int().describe('The number of the newest seal. All seals are verified, whatever the months.'),
  head: z.strictObject({ number: z.int(), hash: z.string(), totalRows: z.int() }).nullable().describe('The newest seal.'),
  verifiedRows: z.int(),
  verifiedFromSeal: z.int().nullable().describe('The lowest number of the seals whose rows were verified.'),
  unsealedRows: z.int().describe('How many newest rows wait for a seal. They are not protected yet.'),
  oldestUnsealed: instant.nullable().describe('When the oldest of them was written.'),
  anchors: z.int().describe('How many anchors were verified.'),
  newestAnchor: z.string().nullable(),
  unanchoredSeals: z.int().describe('How many seals are newer than the newest anchor.'),
  keyFingerprints: z.array(z.string()).describe('SHA-256 of the public keys that signed the anchors.'),
  restores: z.array(restoreNote).describe('The records of restores that lost audit rows. They are no findings.'),
  supersededAnchors: z.int().describe('How many of the verified anchors these records supersede.'),
  from: month.nullable().describe('The first month that was verified; null without a limit.'),
  to: month.nullable().describe('The last month that was verified; null without a limit.'),
})

export const systemEvent = z.strictObject({
  id: uuid,
  timestamp: instant.describe('When it happened for the first time.'),
  lastSeenAt: instant.describe('When it happened for the last time.'),
  occurrences: z.int().describe('How often it happened within an hour of the first time.'),
  eventType: z.enum(eventTypes),
  eventCategory: z.enum(eventCategories),
  severity: z.enum(eventSeverities),
  message: z.string(),
  component: z.string().nullable().describe('The route, job, task or part of the platform.'),
  environment: z.string().nullable(),
  version: z.string().nullable().describe('The version of the function.'),
  errorCode: z.string().nullable(),
  stackTrace: z.string().nullable(),
  additionalData: z.json().nullable(),
  durationMs: z.int().nullable().describe('The longest of all occurrences, in milliseconds.'),
  memoryUsageMb: z.int().nullable().describe('Memory of the process, in megabytes.'),
  cpuUsagePercent: z.number().nullable().describe('Use of one processor, in percent.'),
  status: z.enum(eventStatuses),
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: uuid.nullable().describe('The administrator; null for an operator command.'),
  resolved: z.boolean(),
  resolvedAt: instant.nullable(),
  resolvedBy: uuid.nullable().describe('The administrator; null for an operator command.'),
  resolutionNotes: z.string().nullable(),
})

export const resolutionNotes = prose.min(1).describe('What the cause was, and what was done.')

nameSchemas({ AuditLog: auditLog, Month: month, AuditVerification: auditVerification, SystemEvent: systemEvent })
