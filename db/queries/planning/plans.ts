import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { planInputs } from '../../schema/planning/inputs.ts'
import { plans } from '../../schema/planning/plans.ts'
import { type PageRequest, pageClauses } from '../paging.ts'

export type Plan = typeof plans.$inferSelect
export type PlanInputRow = typeof planInputs.$inferSelect

export const listPlans = (
  transaction: Transaction,
  request: PageRequest,
  filter: { readonly status?: Plan['status'] | undefined; readonly householdId?: string | undefined },
): Promise<Plan[]> => {
  const { limit, orderBy, where } = pageClauses(
    plans.id,
    request,
    filter.status && eq(plans.status, filter.status),
    filter.householdId ? eq(plans.householdId, filter.householdId) : undefined,
  )
  return transaction.select().from(plans).where(where).orderBy(orderBy).limit(limit)
}

export const findPlan = async (transaction: Transaction, id: string, { forUpdate = false } = {}): Promise<Plan | undefined> => {
  const query = transaction.select().from(plans).where(eq(plans.id, id))
  return (await (forUpdate ? query.for('update') : query))[0]
}

export const insertPlan = async (transaction: Transaction, values: typeof plans.$inferInsert): Promise<Plan> => {
  const [row] = await transaction.insert(plans).values(values).returning()
  return row!
}

export const updatePlan = async (transaction: Transaction, id: string, change: Partial<typeof plans.$inferInsert>): Promise<Plan> => {
  const [row] = await transaction
    .update(plans)
    .set({ ...change, version: sql`${plans.version} + 1` })
    .where(eq(plans.id, id))
    .returning()
  return row!
}

/** Notes that a plan was simulated. Not a change of the plan: its version stays. */
export const markPlanRun = async (transaction: Transaction, id: string): Promise<void> => {
  await transaction.update(plans).set({ lastRunAt: sql`now()` }).where(eq(plans.id, id))
}

const current = and(isNull(planInputs.supersededBy), isNull(planInputs.removedAt))

export const listPlanInputs = (transaction: Transaction, planId: string, request: PageRequest): Promise<PlanInputRow[]> => {
  const { limit, orderBy, where } = pageClauses(planInputs.id, request, eq(planInputs.planId, planId), current)
  return transaction.select().from(planInputs).where(where).orderBy(orderBy).limit(limit)
}

/** Everything a plan has been told, as it stands, oldest first: what a simulation reads. */
export const currentPlanInputs = (transaction: Transaction, planId: string): Promise<PlanInputRow[]> =>
  transaction
    .select()
    .from(planInputs)
    .where(and(eq(planInputs.planId, planId), current))
    .orderBy(asc(planInputs.id))

export const findCurrentPlanInput = async (transaction: Transaction, planId: string, id: string): Promise<PlanInputRow | undefined> => {
  const [row] = await transaction
    .select()
    .from(planInputs)
    .where(and(eq(planInputs.id, id), eq(planInputs.planId, planId), current))
    .for('update')
  return row
}

export const insertPlanInput = async (transaction: Transaction, values: typeof planInputs.$inferInsert): Promise<PlanInputRow> => {
  const [row] = await transaction.insert(planInputs).values(values).returning()
  return row!
}

/** Puts a new version in an input's place. The old row steps aside first: only one current input of a plan may have a name. */
export const supersedePlanInput = async (
  transaction: Transaction,
  old: PlanInputRow,
  values: typeof planInputs.$inferInsert,
): Promise<PlanInputRow> => {
  await removePlanInput(transaction, old.id)
  const replacement = await insertPlanInput(transaction, { ...values, version: old.version + 1 })
  await transaction.update(planInputs).set({ supersededBy: replacement.id, removedAt: null }).where(eq(planInputs.id, old.id))
  return replacement
}

export const removePlanInput = async (transaction: Transaction, id: string): Promise<void> => {
  await transaction.update(planInputs).set({ removedAt: sql`now()` }).where(eq(planInputs.id, id))
}
