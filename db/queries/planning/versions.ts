import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { planVersions } from '../../schema/planning/versions.ts'
import { type PageRequest, pageClauses } from '../paging.ts'

export type PlanVersion = typeof planVersions.$inferSelect

export const insertPlanVersion = async (transaction: Transaction, values: typeof planVersions.$inferInsert): Promise<void> => {
  await transaction.insert(planVersions).values(values)
}

export const listPlanVersions = (transaction: Transaction, planId: string, request: PageRequest): Promise<PlanVersion[]> => {
  const { limit, orderBy, where } = pageClauses(planVersions.id, request, eq(planVersions.planId, planId))
  return transaction.select().from(planVersions).where(where).orderBy(orderBy).limit(limit)
}

export const findPlanVersion = async (transaction: Transaction, planId: string, version: number): Promise<PlanVersion | undefined> => {
  const [row] = await transaction
    .select()
    .from(planVersions)
    .where(and(eq(planVersions.planId, planId), eq(planVersions.version, version)))
  return row
}
