import { type Goal, goalRows } from '../../../db/queries/wealth/goals.ts'
import { goals as goalTable } from '../../../db/schema/wealth/goals.ts'
import { goalProgress } from '../../../domain/wealth/index.ts'
import { equals, search } from '../../runtime/resource/filters.ts'
import { resource } from '../../runtime/resource/resource.ts'
import { uuid } from '../../runtime/schemas.ts'
import { goal, goalStatus } from '../schemas/goals.ts'
import { householdFilter } from '../schemas/household.ts'

const progressOf = (row: Goal) => goalProgress(row, row.saved.amount, row.saved.today)

export const goals = resource({
  one: 'goal',
  many: 'goals',
  path: '/v1/wealth/goals',
  parameter: { goalId: uuid.describe('The goal.') },
  rows: goalRows,
  answer: goal,
  filters: {
    householdId: equals(goalTable.householdId, householdFilter),
    status: equals(goalTable.status, goalStatus),
    ...search(goalTable.name),
  },
  sorts: ['priority', 'targetDate', 'name', 'createdAt'],
  present: {
    accountIds: row => [...row.saved.accountIds],
    savedAmount: row => row.saved.amount,
    progress: row => progressOf(row).progress,
    remaining: row => progressOf(row).remaining,
    neededPerMonth: row => progressOf(row).neededPerMonth,
  },
})
