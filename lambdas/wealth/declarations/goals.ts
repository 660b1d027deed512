import * as z from 'zod'
import { goalAccounts } from '../../../db/schema/wealth/goals.ts'
import { changes, creates, gets, lists, removes } from '../../runtime/resource/declarations.ts'
import { patchOf } from '../../runtime/schemas.ts'
import { deletes, inserts } from '../../runtime/writes.ts'
import { goals } from '../resources/goals.ts'
import { goalFields, goalPatchFields } from '../schemas/goals.ts'

const links = [inserts(goalAccounts), deletes(goalAccounts)]

export const goalsDeclarations = {
  'list-goals': lists(goals),
  'create-goal': creates(goals, {
    body: z.strictObject(goalFields),
    writes: links,
    example: {
      body: {
        householdId: '01990000-0000-7000-8000-000000000001',
        name: 'New roof',
        kind: 'home',
        targetAmount: '32000.00',
        targetDate: '2031-06-30',
      },
    },
  }),
  'get-goal': gets(goals),
  'update-goal': changes(goals, { body: patchOf(goalPatchFields), writes: links, example: { body: { priority: 1 } } }),
  'delete-goal': removes(goals),
} as const
