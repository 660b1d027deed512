import type { Transaction } from '../../db/database.ts'
import { currentPlanInputs, type Plan, type PlanInputRow } from '../../db/queries/planning/plans.ts'
import { findPlanVersion, insertPlanVersion, type PlanVersion } from '../../db/queries/planning/versions.ts'
import type { PlanInputState, PlanState } from '../../domain/planning/index.ts'
import { notFound } from '../runtime/problem.ts'

/** The terms of a plan that make it what it is: what is kept in its history and restored from it. */
export const planTerms = (plan: Plan) => ({
  name: plan.name,
  description: plan.description,
  status: plan.status,
  parentPlanId: plan.parentPlanId,
  cmaId: plan.cmaId,
  portfolioModelId: plan.portfolioModelId,
  monteCarloIterations: plan.monteCarloIterations,
  randomSeed: String(plan.randomSeed),
  planningHorizonYears: plan.planningHorizonYears,
  stepsPerYear: plan.stepsPerYear,
  asOfDate: plan.asOfDate,
  confidenceLevel: plan.confidenceLevel,
  tags: plan.tags,
  category: plan.category,
})

export type PlanTermsRow = ReturnType<typeof planTerms>

/** The terms of a past state as columns of planning.plans. */
export const termColumns = (state: PlanState) => {
  // Written by planTerms, and by nothing else.
  const { randomSeed, ...terms } = state.plan as unknown as PlanTermsRow
  return { ...terms, randomSeed: BigInt(randomSeed) }
}

const inputState = (input: PlanInputRow): PlanInputState => ({
  inputType: input.inputType,
  inputName: input.inputName,
  inputValue: input.inputValue,
  dataSource: input.dataSource,
  confidenceScore: input.confidenceScore,
})

export const readPlanState = async (transaction: Transaction, plan: Plan): Promise<PlanState> => {
  const inputs = await currentPlanInputs(transaction, plan.id)
  return { plan: planTerms(plan), inputs: inputs.map(inputState) }
}

/** Writes what a plan says now into its history, under the version that it has now. */
export const recordVersion = async (
  transaction: Transaction,
  plan: Plan,
  change: PlanVersion['change'],
  fromVersion: number | null = null,
): Promise<void> => {
  const state = await readPlanState(transaction, plan)
  await insertPlanVersion(transaction, {
    householdId: plan.householdId,
    planId: plan.id,
    version: plan.version,
    change,
    fromVersion,
    state,
  })
}

/** A version of a plan's history, or 404. */
export const requirePlanVersion = async (transaction: Transaction, plan: Plan, version: number): Promise<PlanVersion> => {
  const found = await findPlanVersion(transaction, plan.id, version)
  if (!found) throw notFound('version of this plan')
  return found
}
