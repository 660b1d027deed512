import { and, eq, getTableColumns } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { planVersions } from '../../schema/planning/versions.ts'
import { rowsOf } from '../rows.ts'

export type PlanVersion = typeof planVersions.$inferSelect

const { state: _state, ...summaryColumns } = getTableColumns(planVersions)

/** Versions for lists, without the states. */
export const planVersionRows = rowsOf(planVersions, { version: null, selection: summaryColumns })

export const insertPlanVersion = async (transaction: Transaction, values: typeof planVersions.$inferInsert): Promise<void> => {
  await transaction.insert(planVersions).values(values)
}

export const findPlanVersion = async (transaction: Transaction, planId: string, version: number): Promise<PlanVersion | undefined> => {
  const [row] = await transaction
    .select()
    .from(planVersions)
    .where(and(eq(planVersions.planId, planId), eq(planVersions.version, version)))
  return row
}
