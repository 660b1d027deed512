import { and, asc, eq, lte, ne, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { planMonthEnds } from '../../schema/planning/month-ends.ts'
import { plans } from '../../schema/planning/plans.ts'
import { rowsOf } from '../rows.ts'
import type { Plan } from './plans.ts'
import { planRows } from './plans.ts'

export const planMonthEndRows = rowsOf(planMonthEnds, { version: null })

/** The plans of a household that follow their accounts, and were not yet followed to this month end. Plans that begin later are left out. */
export const findPlansToFollow = async (transaction: Transaction, householdId: string, monthEnd: string): Promise<Plan[]> => {
  const found = await transaction
    .select({ id: plans.id })
    .from(plans)
    .where(
      and(
        eq(plans.householdId, householdId),
        eq(plans.followsAccounts, true),
        ne(plans.status, 'archived'),
        lte(plans.asOfDate, monthEnd),
        sql`not exists (select from ${planMonthEnds} done where done.plan_id = ${plans.id} and done.month_end = ${monthEnd} and done.status = 'followed')`,
      ),
    )
    .orderBy(asc(plans.id))
  const read: Plan[] = []
  for (const { id } of found) read.push((await planRows.find(transaction, id))!)
  return read
}

/** Stores the month end of a plan. It replaces one that was not followed, and that differs; never one that was. */
export const storeMonthEnd = async (transaction: Transaction, values: typeof planMonthEnds.$inferInsert): Promise<void> => {
  const { accountsBalance, netWorth, planVersion, reason, report, runId, status, successProbability } = values
  await transaction
    .insert(planMonthEnds)
    .values(values)
    .onConflictDoUpdate({
      target: [planMonthEnds.planId, planMonthEnds.monthEnd],
      set: {
        status,
        reason: reason ?? null,
        runId: runId ?? null,
        planVersion: planVersion ?? null,
        successProbability: successProbability ?? null,
        accountsBalance: accountsBalance ?? null,
        netWorth: netWorth ?? null,
        report: report ?? null,
      },
      setWhere: and(eq(planMonthEnds.status, 'not_followed'), sql`${planMonthEnds.reason} is distinct from excluded.reason`),
    })
}
