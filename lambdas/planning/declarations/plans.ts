import * as z from 'zod'
import { planInputs as inputTable } from '../../../db/schema/planning/inputs.ts'
import { plans as planTable } from '../../../db/schema/planning/plans.ts'
import { planVersions as versionTable } from '../../../db/schema/planning/versions.ts'
import { PLAN_LIMITS } from '../../../domain/planning/index.ts'
import { changes, creates, gets, lists } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { comparedVersions, patchOf, versionNumber, versionText } from '../../runtime/schemas.ts'
import { inserts, updates } from '../../runtime/writes.ts'
import { planMonthEnds, plans, planVersions } from '../resources.ts'
import { plan, planComparison, planFields, planPatchFields, planVersion, rollForward } from '../schemas/plans.ts'
import { database, inputWrites, planPath, versionWrites } from './shared.ts'

const versionPath = z.strictObject({ ...planPath.shape, version: versionText.describe('Number of the version.') })

/** The terms that a plan's history contains: see `planTerms`. */
const restoredTerms = [...(Object.keys(planPatchFields) as (keyof typeof planPatchFields)[]), 'parentPlanId'] as const

export const plansDeclarations = {
  'list-plans': lists(plans),
  'create-plan': creates(plans, {
    writes: [inserts(versionTable)],
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
  'update-plan': changes(plans, {
    body: patchOf(planPatchFields),
    writes: [inserts(versionTable)],
    example: { body: { planningHorizonYears: 35 } },
  }),
  'list-plan-versions': lists(planVersions, {
    description: `Each change makes a version, which has the kind of change, its time and its author. The states are not listed. A plan has at most ${PLAN_LIMITS.versions} versions: then create a branch.`,
  }),
  'get-plan-version': {
    method: 'GET',
    path: '/v1/planning/plans/{planId}/versions/{version}',
    summary: 'Get a version of a plan',
    description: 'The plan and its inputs in that version.',
    access: 'read',
    backends: database,
    params: versionPath,
    refuses: [422],
    responses: { 200: reply('The version.', planVersion) },
  },
  'compare-plan-versions': {
    method: 'GET',
    path: '/v1/planning/plans/{planId}/differences',
    summary: 'Compare two versions of a plan',
    description: 'Lists what was added, removed and changed.',
    access: 'read',
    backends: database,
    transactions: 'snapshot',
    params: planPath,
    query: comparedVersions,
    refuses: [422],
    responses: { 200: reply('The differences.', planComparison) },
  },
  'restore-plan': {
    method: 'POST',
    path: '/v1/planning/plans/{planId}/restorations',
    summary: 'Restore a version of a plan',
    description: 'Makes a new version of the plan and its inputs, equal to a past version.',
    access: 'write',
    backends: database,
    ifMatch: 'required',
    params: planPath,
    body: z.strictObject({ version: versionNumber.describe('Number of the version to restore.') }),
    writes: [updates(planTable, restoredTerms), ...versionWrites, ...inputWrites],
    responses: { 200: reply('The plan as it is now.', plan) },
    example: { body: { version: 3 } },
  },
  'roll-plan-forward': {
    method: 'POST',
    path: '/v1/planning/plans/{planId}/roll-forwards',
    summary: 'Roll a plan forward to a later day',
    description:
      'The real balances of the linked accounts, debts and properties become the plan’s opening balances: they are read from the household’s accounts, unless the request has them. The links stay. Plan years keep their calendar years: inputs that have ended are removed, all others continue as planned. The earlier plan stays in the history.',
    access: 'write',
    backends: database,
    ifMatch: 'required',
    params: planPath,
    body: rollForward.prefault({}),
    writes: [updates(planTable, ['asOfDate', 'planningHorizonYears']), ...versionWrites, ...inputWrites],
    responses: { 200: reply('The plan as it is now.', plan) },
    example: {
      body: { date: '2027-01-31', balances: [{ linkedAccountId: '01990000-0000-7000-8000-000000000003', balance: '512345.67' }] },
    },
  },
  'list-plan-month-ends': lists(planMonthEnds, {
    description:
      'The history of a plan that follows its accounts: at the end of each month, the success probability with the real balances, and where these are among the paths of the run before; or why the plan could not be followed.',
  }),
  'create-branch': {
    method: 'POST',
    path: '/v1/planning/plans/{planId}/branches',
    summary: 'Create a branch of a plan',
    description: 'A branch is a scenario: a copy of the plan and its inputs, with the same seed.',
    access: 'write',
    backends: database,
    transactions: 'snapshot',
    idempotency: 'key',
    params: planPath,
    body: z.strictObject({ name: planFields.name, description: planFields.description }),
    writes: [inserts(planTable), inserts(inputTable), inserts(versionTable)],
    responses: { 201: reply('The branch.', plan) },
    example: { body: { name: 'Retire two years later' } },
  },
} as const
