import type { Transaction } from '../../db/database.ts'
import {
  type AssumptionSet,
  findAssumptionSet,
  findPortfolioModel,
  findPublishedAssumptionSet,
  type PortfolioModel,
} from '../../db/queries/planning/assumptions.ts'
import { findPlan, type Plan } from '../../db/queries/planning/plans.ts'
import { findRun, type Run } from '../../db/queries/planning/runs.ts'
import { type RunResult, unknownAssets } from '../../domain/planning/index.ts'
import { requireForChange } from '../runtime/household-rights.ts'
import { editorsOnly, notFound, Problem } from '../runtime/problem.ts'

/** The plan, or 404. */
export const requirePlan = async (transaction: Transaction, planId: string): Promise<Plan> => {
  const plan = await findPlan(transaction, planId)
  if (!plan) throw notFound('plan')
  return plan
}

/** The plan, locked for a change; 404 where there is none, 403 where the caller may only read it. */
export const requirePlanForChange = (transaction: Transaction, planId: string): Promise<Plan> =>
  requireForChange('plan', lock => findPlan(transaction, planId, lock))

/** The run, or 404. */
export const requireRun = async (transaction: Transaction, runId: string): Promise<Run> => {
  const run = await findRun(transaction, runId)
  if (!run) throw notFound('run')
  return run
}

/** The run with its result; 404 where there is none, 409 where it has not succeeded. */
export const requireResult = async (
  transaction: Transaction,
  runId: string,
): Promise<Run & { readonly result: RunResult; readonly outputHash: string }> => {
  const run = await requireRun(transaction, runId)
  if (run.result === null || run.outputHash === null) throw new Problem(409, `This run is ${run.status}: it has no result.`)
  return { ...run, result: run.result, outputHash: run.outputHash }
}

const publishedOr =
  (what: string) =>
  ({ householdId }: { readonly householdId: string | null }): Problem =>
    householdId === null ? new Problem(403, `Published ${what} are read by everyone and changed by nobody. Make your own.`) : editorsOnly()

/** The set, locked for a change; 404 where there is none, 403 where it is published or the caller may only read it. */
export const requireAssumptionSetForChange = (transaction: Transaction, id: string): Promise<AssumptionSet> =>
  requireForChange('set of capital market assumptions', lock => findAssumptionSet(transaction, id, lock), publishedOr('assumptions'))

/** The model, locked for a change; refused like a set. */
export const requirePortfolioModelForChange = (transaction: Transaction, id: string): Promise<PortfolioModel> =>
  requireForChange('portfolio model', lock => findPortfolioModel(transaction, id, lock), publishedOr('models'))

const refersToNothing = (path: string, what: string) =>
  new Problem(422, `There is no such ${what}.`, { errors: [{ path, message: `there is no such ${what}` }] })

/** Whether a household may refer to a row: it is published, or belongs to the same household. */
const isWithin = (row: { readonly householdId: string | null }, householdId: string | null): boolean =>
  row.householdId === null || row.householdId === householdId

/** The set that a body names for a household, or the newest published one; 422 naming the field when there is none. */
export const referredAssumptionSet = async (
  transaction: Transaction,
  householdId: string | null,
  id: string | undefined,
): Promise<AssumptionSet> => {
  const found = id === undefined ? await findPublishedAssumptionSet(transaction) : await findAssumptionSet(transaction, id)
  if (!found || !isWithin(found, householdId)) throw refersToNothing('body.cmaId', 'set of capital market assumptions')
  return found
}

/** Another plan that a body names, of the household if one is given; 422 naming the field when there is none. */
export const referredPlan = async (transaction: Transaction, id: string, path: string, householdId?: string): Promise<Plan> => {
  const found = await findPlan(transaction, id)
  if (!found || (householdId !== undefined && found.householdId !== householdId)) throw refersToNothing(path, 'plan')
  return found
}

/** The model that a body names for a household; 422 naming the field when there is none. */
export const referredPortfolioModel = async (transaction: Transaction, householdId: string, id: string): Promise<PortfolioModel> => {
  const found = await findPortfolioModel(transaction, id)
  if (!found || !isWithin(found, householdId)) throw refersToNothing('body.portfolioModelId', 'portfolio model')
  return found
}

/** Refuses an allocation that holds asset classes of which the assumptions say nothing. */
export const requireCovered = (assumptions: AssumptionSet, allocation: Readonly<Record<string, number>>, path: string): void => {
  const errors = unknownAssets(assumptions.assumptions, allocation).map(key => ({
    path: `${path}.${key}`,
    message: `${assumptions.name} has no such asset class`,
  }))
  if (errors.length > 0) throw new Problem(422, 'The assumptions do not cover the whole allocation.', { errors })
}
