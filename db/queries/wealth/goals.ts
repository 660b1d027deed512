import { eq, getTableColumns, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { goalAccounts, goals } from '../../schema/wealth/goals.ts'
import { rowsOf } from '../rows.ts'

interface Saved {
  readonly today: string
  readonly accountIds: readonly string[]
  /** The balances of the linked accounts today, as exact text. */
  readonly amount: string
}

const saved = sql<Saved>`(
  select jsonb_build_object('today', day.today,
    'accountIds', coalesce((select jsonb_agg(l.account_id order by l.account_id) from wealth.goal_accounts l where l.goal_id = goals.id), '[]'),
    'amount', coalesce((select sum(wealth.balance_at(l.account_id, day.today)) from wealth.goal_accounts l where l.goal_id = goals.id), 0)::text)
  from (select (now() at time zone h.timezone)::date as today from identity.households h where h.id = goals.household_id) as day)`

/** Goals with what is saved for them. A goal that was just inserted has no linked accounts yet: read it again. */
export const goalRows = rowsOf(goals, { selection: { ...getTableColumns(goals), saved } })
export type Goal = Awaited<ReturnType<typeof goalRows.insert>>

/** Links a goal to exactly these accounts. */
export const linkGoal = async (
  transaction: Transaction,
  { householdId, id }: Pick<Goal, 'id' | 'householdId'>,
  accountIds: readonly string[],
): Promise<void> => {
  await transaction.delete(goalAccounts).where(eq(goalAccounts.goalId, id))
  if (accountIds.length > 0)
    await transaction.insert(goalAccounts).values([...new Set(accountIds)].map(accountId => ({ goalId: id, accountId, householdId })))
}
