import { isNull } from 'drizzle-orm'
import { holdRows, policyRows, retentionRunRows } from '../../db/queries/operations/retention/policies.ts'
import {
  legalHolds as holdTable,
  retentionPolicies as policyTable,
  retentionRuns as runTable,
} from '../../db/schema/operations/retention.ts'
import { equals, filter, flag, search } from '../runtime/resource/filters.ts'
import { resource } from '../runtime/resource/resource.ts'
import { uuid } from '../runtime/schemas.ts'
import { legalHold, retentionPolicy, retentionRun } from './retention-schemas.ts'

export const retentionPolicies = resource({
  one: 'retention policy',
  many: 'retention policies',
  path: '/v1/operations/retention-policies',
  parameter: { policyId: uuid },
  rows: policyRows,
  answer: retentionPolicy,
  filters: { isActive: equals(policyTable.isActive, flag), ...search(policyTable.name) },
  sorts: ['name'],
})

export const retentionRuns = resource({
  one: 'run of a retention policy',
  many: 'runs of retention policies',
  path: '/v1/operations/retention-runs',
  rows: retentionRunRows,
  answer: retentionRun,
  filters: { policyId: equals(runTable.policyId, uuid), status: equals(runTable.status, retentionRun.shape.status) },
  sorts: ['startedAt'],
})

export const legalHolds = resource({
  one: 'legal hold',
  many: 'legal holds',
  path: '/v1/operations/legal-holds',
  parameter: { holdId: uuid },
  rows: holdRows,
  answer: legalHold,
  filters: {
    userId: equals(holdTable.userId, uuid.describe('The person under the hold.')),
    householdId: equals(holdTable.householdId, uuid.describe('The household under the hold.')),
    inForce: filter(flag.describe('`true`: only holds that were not released.'), isInForce =>
      isInForce ? isNull(holdTable.releasedAt) : undefined,
    ),
  },
  sorts: ['placedAt'],
})
