import * as z from 'zod'
import { conditionTypes, retentionActions } from '../../db/schema/lifecycle.ts'
import { executionStatuses, retentionRunStatuses } from '../../db/schema/operations/retention.ts'
import { instant, nameSchemas, prose, uuid } from '../runtime/schemas.ts'
import { policyFields, retentionCondition } from './retention/policy-form.ts'

export const retentionPolicy = z.strictObject({
  id: uuid,
  ...policyFields,
  description: z.string().nullable(),
  isActive: z.boolean(),
  tableName: z.string(),
  conditions: z.array(retentionCondition),
  scheduleCron: z.string(),
  timezone: z.string(),
  lastExecuted: instant.nullable(),
  nextExecution: instant.nullable(),
  recordsProcessed: z.int().describe('Rows of all executions.'),
  lastExecutionDurationMs: z.int().nullable(),
  lastExecutionStatus: z.enum(executionStatuses).nullable(),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

export const retentionRun = z.strictObject({
  id: uuid,
  policyId: uuid,
  scheduledFor: instant,
  cutoff: instant.describe('Rows before it were processed.'),
  status: z.enum(retentionRunStatuses),
  startedAt: instant,
  finishedAt: instant.nullable(),
  recordsProcessed: z.int(),
  batches: z.int(),
  partitionsDropped: z.int(),
  error: z.string().nullable(),
})

export const retentionDryRun = z.strictObject({
  cutoff: instant,
  records: z.int().describe('Rows that the policy would process.'),
  held: z.int().describe('Rows that a legal hold keeps.'),
  samples: z.array(z.record(z.string(), z.json())).describe('The keys of the oldest rows.'),
})

export const retentionTable = z.strictObject({
  tableName: z.string(),
  actions: z.array(z.enum(retentionActions)),
  conditions: z
    .array(z.strictObject({ column: z.string(), type: z.enum(conditionTypes).describe('How values of the column are written.') }))
    .describe('The columns that conditions may name.'),
  onlyWholeMonths: z.boolean().describe('Rows are removed by whole months, without conditions.'),
})

export const retentionOutcome = z.strictObject({
  status: z.enum(executionStatuses),
  records: z.int(),
  partitions: z.int().describe('Months that were removed as a whole.'),
  error: z.string().nullable(),
})

export const holdFields = {
  userId: uuid.nullable().optional().describe('The person. Also covers the households of which the person is a member.'),
  householdId: uuid.nullable().optional().describe('The household.'),
  reason: prose.min(1).describe('Why their data must be kept.'),
}
export const legalHold = z.strictObject({
  id: uuid,
  userId: uuid.nullable(),
  householdId: uuid.nullable(),
  reason: z.string(),
  placedAt: instant,
  placedBy: uuid.nullable().describe('The administrator; null for an operator command.'),
  releasedAt: instant.nullable(),
  releasedBy: uuid.nullable(),
})

nameSchemas({
  RetentionCondition: retentionCondition,
  RetentionPolicy: retentionPolicy,
  RetentionRun: retentionRun,
  RetentionTable: retentionTable,
  RetentionDryRun: retentionDryRun,
  LegalHold: legalHold,
})
