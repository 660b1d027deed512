import * as z from 'zod'
import { pageOf, pageQuery } from '../../runtime/pagination.ts'
import { refusals, reply } from '../../runtime/responses.ts'
import { label, patchOf, prose, uuid } from '../../runtime/schemas.ts'
import { plan, planComparison, planFields, planPatchFields, planVersion, planVersionSummary, rollForward } from '../schemas/plans.ts'
import { changing, database, planPath, reading, writing } from './shared.ts'

const versionPath = z.strictObject({ planId: uuid, version: z.coerce.number().int().min(1) })

export const plansDeclarations = {
  'list-plans': {
    method: 'GET',
    path: '/v1/planning/plans',
    summary: 'Your plans, newest first',
    access: 'read',
    backends: database,
    query: z.strictObject({ ...pageQuery, status: planPatchFields.status.optional(), householdId: uuid.optional() }),
    responses: { 200: reply('A page.', pageOf(plan)), ...refusals(...reading) },
  },
  'create-plan': {
    method: 'POST',
    path: '/v1/planning/plans',
    summary: 'Make a plan',
    access: 'write',
    backends: database,
    idempotency: 'key',
    body: z.strictObject(planFields),
    responses: { 201: reply('The plan.', plan), ...refusals(...writing) },
    example: {
      body: {
        householdId: '01990000-0000-7000-8000-000000000001',
        name: 'Retire at 65',
        portfolioModelId: '01990000-0000-7000-8000-000000000002',
        planningHorizonYears: 40,
      },
    },
  },
  'get-plan': {
    method: 'GET',
    path: '/v1/planning/plans/{planId}',
    summary: 'One plan',
    access: 'read',
    backends: database,
    params: planPath,
    responses: { 200: reply('The plan.', plan), ...refusals(...reading) },
  },
  'update-plan': {
    method: 'PATCH',
    path: '/v1/planning/plans/{planId}',
    summary: 'Change a plan',
    access: 'write',
    backends: database,
    ifMatch: 'required',
    params: planPath,
    body: patchOf(planPatchFields),
    responses: { 200: reply('As it is now.', plan), ...refusals(...changing) },
    example: { body: { planningHorizonYears: 35 } },
  },
  'list-plan-versions': {
    method: 'GET',
    path: '/v1/planning/plans/{planId}/versions',
    summary: 'A plan’s history: what changed, when, by whom',
    access: 'read',
    backends: database,
    params: planPath,
    query: z.strictObject(pageQuery),
    responses: { 200: reply('A page.', pageOf(planVersionSummary)), ...refusals(...reading) },
  },
  'get-plan-version': {
    method: 'GET',
    path: '/v1/planning/plans/{planId}/versions/{version}',
    summary: 'A plan and its inputs as they were at a version',
    access: 'read',
    backends: database,
    params: versionPath,
    responses: { 200: reply('The past state.', planVersion), ...refusals(...reading, 422) },
  },
  'compare-plan-versions': {
    method: 'GET',
    path: '/v1/planning/plans/{planId}/differences',
    summary: 'What changed in a plan from one version to another',
    access: 'read',
    backends: database,
    params: planPath,
    query: z.strictObject({
      from: z.coerce.number().int().min(1),
      to: z.coerce.number().int().min(1).optional().describe('The plan as it stands when left out.'),
    }),
    responses: { 200: reply('The differences.', planComparison), ...refusals(...reading, 422) },
  },
  'restore-plan': {
    method: 'POST',
    path: '/v1/planning/plans/{planId}/restorations',
    summary: 'Bring a plan and its inputs back to a past version, as a new version',
    access: 'write',
    backends: database,
    ifMatch: 'required',
    params: planPath,
    body: z.strictObject({ version: z.int().min(1).describe('Number of the version to restore.') }),
    responses: { 200: reply('The plan as it is now.', plan), ...refusals(...changing) },
    example: { body: { version: 3 } },
  },
  'roll-plan-forward': {
    method: 'POST',
    path: '/v1/planning/plans/{planId}/roll-forwards',
    summary: 'Open a plan again on a later day, from the real balances of its linked accounts',
    description:
      'The balances become the plan’s opening balances, and the links stay. Plan years keep their calendar years: what has ended leaves the plan, the rest moves on as foreseen. The plan as it was stays in its history.',
    access: 'write',
    backends: database,
    ifMatch: 'required',
    params: planPath,
    body: rollForward,
    responses: { 200: reply('The plan as it is now.', plan), ...refusals(...changing) },
    example: {
      body: { date: '2027-01-31', balances: [{ linkedAccountId: '01990000-0000-7000-8000-000000000003', balance: '512345.67' }] },
    },
  },
  'create-branch': {
    method: 'POST',
    path: '/v1/planning/plans/{planId}/branches',
    summary: 'Branch a plan into a scenario: a copy of it and its inputs, with the same seed',
    access: 'write',
    backends: database,
    idempotency: 'key',
    params: planPath,
    body: z.strictObject({
      name: label.describe('Name of the branch.'),
      description: prose.nullable().optional().describe('What the branch is for. As in the plan when left out.'),
    }),
    responses: { 201: reply('The branch.', plan), ...refusals(...writing) },
    example: { body: { name: 'Retire two years later' } },
  },
} as const
