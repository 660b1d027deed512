import * as z from 'zod'
import { changes, creates, gets, lists } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { label, patchOf, prose, uuid } from '../../runtime/schemas.ts'
import { plans, planVersions } from '../resources.ts'
import { plan, planComparison, planFields, planPatchFields, planVersion, rollForward } from '../schemas/plans.ts'
import { database, planPath } from './shared.ts'

const versionPath = z.strictObject({ planId: uuid, version: z.coerce.number().int().min(1) })

export const plansDeclarations = {
  'list-plans': lists(plans),
  'create-plan': creates(plans, {
    body: z.strictObject(planFields),
    example: {
      body: {
        householdId: '01990000-0000-7000-8000-000000000001',
        name: 'Retire at 65',
        cmaId: '01990000-0000-7000-8000-000000000003',
        portfolioModelId: '01990000-0000-7000-8000-000000000002',
        planningHorizonYears: 40,
      },
    },
  }),
  'get-plan': gets(plans),
  'update-plan': changes(plans, { body: patchOf(planPatchFields), example: { body: { planningHorizonYears: 35 } } }),
  'list-plan-versions': lists(planVersions, { description: 'What changed, when and by whom.' }),
  'get-plan-version': {
    method: 'GET',
    path: '/v1/planning/plans/{planId}/versions/{version}',
    summary: 'A plan and its inputs as they were at a version',
    access: 'read',
    backends: database,
    params: versionPath,
    responses: { 200: reply('The past state.', planVersion) },
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
    responses: { 200: reply('The differences.', planComparison) },
  },
  'restore-plan': {
    method: 'POST',
    path: '/v1/planning/plans/{planId}/restorations',
    summary: 'Bring a plan and its inputs back to a past version, as a new version',
    access: 'write',
    backends: database,
    ifMatch: 'required',
    params: planPath,
    body: z.strictObject({ version: z.int().min(1) }),
    responses: { 200: reply('The plan as it is now.', plan) },
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
    responses: { 200: reply('The plan as it is now.', plan) },
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
    body: z.strictObject({ name: label, description: prose.nullable().optional() }),
    responses: { 201: reply('The branch.', plan) },
    example: { body: { name: 'Retire two years later' } },
  },
} as const
