import * as z from 'zod'
import { nonNegativeMoney } from '../../../domain/shared/index.ts'
import { goalKinds, goalStatuses } from '../../../domain/wealth/index.ts'
import { calendarDate, currency, instant, label, nameSchemas, prose, uuid } from '../../runtime/schemas.ts'

const goalKind = z.enum(goalKinds).meta({ id: 'GoalKind', description: 'What the money is for.' })
export const goalStatus = z.enum(goalStatuses).meta({ id: 'GoalStatus', description: 'Stage of a goal.' })

export const goalPatchFields = {
  name: label.describe('Name of the goal.'),
  kind: goalKind,
  targetAmount: nonNegativeMoney.describe('What is needed. Above zero.'),
  currency: currency.describe('Of the target and of every linked account.'),
  targetDate: calendarDate.nullable().describe('When it is needed.'),
  priority: z.int().min(1).max(5).describe('1 is the most important.'),
  personId: uuid.nullable().describe('The person of the household whom it is for.'),
  status: goalStatus,
  notes: prose.nullable().describe('Notes of your choice.'),
  accountIds: z.array(uuid).max(100).describe('The accounts that are saved for it. Their balances are the progress.'),
}

export const goalFields = {
  householdId: uuid.describe('The household of the goal.'),
  name: goalPatchFields.name,
  kind: goalKind,
  targetAmount: goalPatchFields.targetAmount,
  currency: currency.optional().describe('By default the currency of the household.'),
  targetDate: goalPatchFields.targetDate.optional().describe('When it is needed.'),
  priority: goalPatchFields.priority.default(3),
  personId: goalPatchFields.personId.optional().describe('The person of the household whom it is for.'),
  notes: goalPatchFields.notes.optional().describe('Notes of your choice.'),
  accountIds: goalPatchFields.accountIds.default([]),
}

export const goal = z.strictObject({
  id: uuid,
  householdId: uuid,
  name: z.string(),
  kind: goalKind,
  targetAmount: z.string(),
  currency: z.string(),
  targetDate: calendarDate.nullable(),
  priority: z.int(),
  personId: uuid.nullable(),
  status: goalStatus,
  notes: z.string().nullable(),
  accountIds: z.array(uuid),
  savedAmount: z.string().describe('Sum of the balances of the linked accounts today.'),
  progress: z.number().describe('What is saved as a fraction of the target, from 0 to 1, rounded down to four decimals.'),
  remaining: z.string().describe('What is missing.'),
  neededPerMonth: z
    .string()
    .nullable()
    .describe('What has to be saved each month until the target date, without any growth, rounded up. Null without a date in the future.'),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

nameSchemas({ Goal: goal })
