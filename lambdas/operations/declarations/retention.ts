import * as z from 'zod'
import { legalHolds as holdTable, retentionPolicies as table } from '../../../db/schema/operations/retention.ts'
import { changes, gets, lists, removes } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { patchOf } from '../../runtime/schemas.ts'
import { inserts, updates } from '../../runtime/writes.ts'
import { policyFields, policyRule, policyTable } from '../retention/policy-form.ts'
import { retentionWrites } from '../retention/writes.ts'
import { legalHolds, retentionPolicies, retentionRuns } from '../retention-resources.ts'
import { holdFields, legalHold, retentionDryRun, retentionOutcome, retentionPolicy, retentionTable } from '../retention-schemas.ts'

const access = 'admin'
const policyPath = z.strictObject(retentionPolicies.parameter!)

export const placeWrites = [inserts(holdTable)]
export const releaseWrites = [updates(holdTable, ['releasedAt', 'releasedBy'])]

export const retentionDeclarations = {
  'list-retention-policies': lists(retentionPolicies, { access }),
  'create-retention-policy': {
    method: 'POST',
    path: retentionPolicies.path,
    summary: 'Create a retention policy',
    description:
      'Its table, action and conditions must fit the lifecycle of the table. It runs for the first time at its next scheduled time.',
    access,
    backends: ['database'],
    idempotency: 'key',
    body: z.strictObject({ tableName: policyTable, ...policyFields }),
    writes: [inserts(table)],
    responses: { 201: reply('The retention policy.', retentionPolicy) },
    example: {
      body: {
        name: 'Debug events',
        tableName: 'operations.system_events',
        conditions: [{ column: 'severity', operator: 'in', value: ['debug', 'info'] }],
        retentionPeriodDays: 30,
        action: 'delete',
        scheduleCron: '0 3 * * *',
      },
    },
  },
  'get-retention-policy': gets(retentionPolicies, { access }),
  'update-retention-policy': changes(retentionPolicies, {
    access,
    body: patchOf(policyFields),
    writes: [updates(table, ['nextExecution'])],
    refuses: [409],
    example: { body: { retentionPeriodDays: 60 } },
  }),
  'delete-retention-policy': removes(retentionPolicies, {
    access,
    description:
      'Its runs are removed too, its archives stay. A default policy comes back with the next deployment: make it inactive instead.',
  }),
  'dry-run-retention-policy': {
    method: 'POST',
    path: `${retentionPolicies.path}/{policyId}/dry-runs`,
    summary: 'Count the rows of a retention policy',
    description:
      'Says how many rows the policy would process now, how many a legal hold keeps, and the keys of the oldest ones. Changes nothing.',
    access,
    backends: ['database'],
    transactions: 'phases',
    params: policyPath,
    responses: { 200: reply('What a run would do.', retentionDryRun) },
  },
  'run-retention-policy': {
    method: 'POST',
    path: `${retentionPolicies.path}/{policyId}/runs`,
    summary: 'Run a retention policy',
    description: 'Runs it now, for some seconds. If it answers `partial`, the job of every hour goes on.',
    access,
    backends: ['database', 'archive-store'],
    transactions: 'phases',
    params: policyPath,
    writes: retentionWrites,
    responses: { 200: reply('What was done.', retentionOutcome) },
  },
  'count-retention-rows': {
    method: 'POST',
    path: '/v1/operations/retention-dry-runs',
    summary: 'Count the rows of a policy before it is stored',
    description: 'Says how many rows a policy would process now. The policy must fit its table. Nothing is stored.',
    access,
    backends: ['database'],
    transactions: 'phases',
    body: z.strictObject({ tableName: policyTable, ...policyRule }),
    responses: { 200: reply('What a run would do.', retentionDryRun) },
    example: { body: { tableName: 'operations.system_events', retentionPeriodDays: 30, action: 'delete' } },
  },
  'list-retention-tables': {
    method: 'GET',
    path: '/v1/operations/retention-tables',
    summary: 'List the tables of retention policies',
    description: 'Every table that a policy may name, with the actions and the columns of conditions that fit it.',
    access,
    backends: ['database'],
    responses: { 200: reply('All tables, by name.', z.strictObject({ items: z.array(retentionTable) })) },
  },
  'list-retention-runs': lists(retentionRuns, { access }),
  'list-legal-holds': lists(legalHolds, { access }),
  'place-legal-hold': {
    method: 'POST',
    path: legalHolds.path,
    summary: 'Place a legal hold',
    description: 'From now on, retention keeps all rows of the person or household. Name one of both.',
    access,
    backends: ['database'],
    idempotency: 'key',
    body: z.strictObject(holdFields),
    writes: placeWrites,
    responses: { 201: reply('The hold.', legalHold) },
    example: { body: { householdId: '01990000-0000-7000-8000-000000000001', reason: 'Claim 2026-17' } },
  },
  'release-legal-hold': {
    method: 'POST',
    path: `${legalHolds.path}/{holdId}/release`,
    summary: 'Release a legal hold',
    description: 'A hold is released once. Another one can be placed.',
    access,
    backends: ['database'],
    params: z.strictObject(legalHolds.parameter!),
    writes: releaseWrites,
    responses: { 200: reply('The hold.', legalHold) },
  },
} as const
