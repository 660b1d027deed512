import * as z from 'zod'
import { planNeeds } from '../../../domain/planning/index.ts'
import { reply } from '../../runtime/responses.ts'
import type { RouteDeclaration } from '../../runtime/route.ts'
import { calendarDate, instant, nameSchemas, uuid } from '../../runtime/schemas.ts'
import { householdRole } from '../schemas.ts'

const count = z.int().min(0)

const plan = z.strictObject({
  id: uuid,
  name: z.string(),
  asOfDate: calendarDate,
  need: z
    .enum(planNeeds)
    .nullable()
    .describe(
      'What somebody has to do. `mismatch`: the newest run does not match its verification. `failed`: the newest run has failed. `never-run`: it was never simulated. `changed`: it was changed after its newest run. `unverified`: the newest run was not verified.',
    ),
  latestRun: z
    .strictObject({ successProbability: z.number(), createdAt: instant })
    .nullable()
    .describe('The newest run that has succeeded.'),
  previousSuccessProbability: z.number().nullable().describe('That of the run that succeeded before it.'),
})

const today = z.strictObject({
  household: z
    .strictObject({ members: count, openInvitations: count, plans: count.describe('Archived ones too.') })
    .nullable()
    .describe('Null without `householdId`.'),
  plans: z.array(plan).describe('Up to 50 plans that are not archived, the one that was changed last first.'),
  expiringInvitations: z
    .array(z.strictObject({ email: z.string(), expiresAt: instant }))
    .describe('Open invitations to the household that expire within two days. Only owners of it see them.'),
  receivedInvitations: z
    .array(z.strictObject({ householdName: z.string(), role: householdRole, expiresAt: instant }))
    .describe('Open invitations to your address. The mail has the token that accepts it.'),
})

nameSchemas({ Today: today, PlanOfToday: plan })

export const todayDeclarations = {
  'get-today': {
    method: 'GET',
    path: '/v1/identity/today',
    summary: 'Get what needs you',
    description: 'The state of a household on one page: its plans with their newest results, and what somebody has to do.',
    access: 'read',
    backends: ['database'],
    query: z.strictObject({ householdId: uuid.optional().describe('The household. Left out: only what concerns you.') }),
    responses: { 200: reply('The state.', today) },
  },
} as const satisfies Record<string, RouteDeclaration>
