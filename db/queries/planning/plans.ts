import { and, asc, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { planInputs } from '../../schema/planning/inputs.ts'
import { plans } from '../../schema/planning/plans.ts'
import { instantText } from '../instant-text.ts'
import { rowsOf } from '../rows.ts'

export type PlanInputRow = typeof planInputs.$inferSelect

/** The success of a run, as a list of plans shows it. */
interface LatestRun {
  readonly id: string
  readonly successProbability: number
  readonly createdAt: string
}

/**
 * The newest run of a plan that has succeeded and is no verification. The index runs_plan gives a plan's runs, newest first. The stored output
 * is read, because the result of the run is long and compressed.
 */
const latestRun = sql<LatestRun | null>`(
  select jsonb_build_object('id', run.id, 'successProbability', output.output_value, 'createdAt', ${instantText(sql`run.created_at`)})
  from planning.runs as run
  join planning.plan_outputs as output on output.run_id = run.id and output.output_name = 'success_probability'
  where run.plan_id = plans.id and run.status = 'succeeded' and run.verifies_run_id is null
  order by run.id desc limit 1)`

export const planRows = rowsOf(plans, { selection: { ...getTableColumns(plans), latestRun } })
export type Plan = Awaited<ReturnType<typeof planRows.insert>>

/** Records that a plan was simulated. This is not a change of the plan, so its version stays the same. */
export const markPlanRun = async (transaction: Transaction, id: string): Promise<void> => {
  await transaction.update(plans).set({ lastRunAt: sql`now()` }).where(eq(plans.id, id))
}

const current = and(isNull(planInputs.supersededBy), isNull(planInputs.removedAt))

/** The current inputs of plans. Superseded and removed inputs are history. */
export const planInputRows = rowsOf(planInputs, { where: current })

const inOrder = [asc(planInputs.sortKey), asc(planInputs.id)]

/** The current inputs of a plan, in the order in which a simulation reads them: a replacement has the place of the input that it replaces. */
export const currentPlanInputs = (transaction: Transaction, planId: string): Promise<PlanInputRow[]> =>
  transaction
    .select()
    .from(planInputs)
    .where(and(eq(planInputs.planId, planId), current))
    .orderBy(...inOrder)

/** The inputs with these ids, current or not: those that a run has read, in the order in which it read them. */
export const planInputsWithIds = (transaction: Transaction, planId: string, ids: readonly string[]): Promise<PlanInputRow[]> =>
  transaction
    .select()
    .from(planInputs)
    .where(and(eq(planInputs.planId, planId), inArray(planInputs.id, [...ids])))
    .orderBy(...inOrder)

export const inputsOf = (planId: string) => eq(planInputs.planId, planId)

/**
 * Replaces an input with a new version. The old row is removed first, because a name must be unique among a plan's current inputs.
 * @param values with the sort key of the old row, or undefined to become the last input of the plan
 */
export const supersedePlanInput = async (
  transaction: Transaction,
  old: PlanInputRow,
  values: typeof planInputs.$inferInsert & { readonly sortKey: string | undefined },
): Promise<PlanInputRow> => {
  await removePlanInput(transaction, old.id)
  const replacement = await planInputRows.insert(transaction, { ...values, version: old.version + 1 })
  await transaction.update(planInputs).set({ supersededBy: replacement.id, removedAt: null }).where(eq(planInputs.id, old.id))
  return replacement
}

export const removePlanInput = async (transaction: Transaction, id: string): Promise<void> => {
  await transaction.update(planInputs).set({ removedAt: sql`now()` }).where(eq(planInputs.id, id))
}
