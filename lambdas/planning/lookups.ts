import type { Transaction } from '../../db/database.ts'
import {
  type AssumptionSet,
  assumptionSetRows,
  findPublishedAssumptionSet,
  portfolioModelRows,
} from '../../db/queries/planning/assumptions.ts'
import { type Plan, planRows } from '../../db/queries/planning/plans.ts'
import { type Run, runRows } from '../../db/queries/planning/runs.ts'
import { type RunResult, unknownAssets } from '../../domain/planning/index.ts'
import { fieldProblem, invalidReference, notFound, Problem } from '../runtime/problem.ts'
import { requireRow } from '../runtime/resource/handlers.ts'
import { assumptionSets, plans, portfolioModels, runs } from './resources.ts'

/** The plan, or 404. */
export const requirePlan = async (transaction: Transaction, planId: string): Promise<Plan> => {
  const plan = await planRows.find(transaction, planId)
  if (!plan) throw notFound(plans.one)
  return plan
}

/** The plan, locked for changes that take several statements. Throws 404, 403 where it may only be read, 412 where it is of another version. */
export const lockPlan = async (transaction: Transaction, planId: string, expectedVersion?: number): Promise<Plan> =>
  requireRow(await planRows.lock(transaction, planId, expectedVersion), plans, expectedVersion)

/** The plan after a change, as its next version. Throws 412 where it has changed since it was read. */
export const changePlan = async (
  transaction: Transaction,
  { id, version }: Plan,
  change: Parameters<typeof planRows.update>[2],
): Promise<Plan> => requireRow(await planRows.update(transaction, id, change, version), plans, version)

/** The run, or 404. */
export const requireRun = async (transaction: Transaction, runId: string): Promise<Run> => {
  const run = await runRows.find(transaction, runId)
  if (!run) throw notFound(runs.one)
  return run
}

/** The run with its result; 404 where there is none, 409 where it has not succeeded. */
export const requireResult = async (
  transaction: Transaction,
  runId: string,
): Promise<Run & { readonly result: RunResult; readonly outputHash: string }> => {
  const run = await requireRun(transaction, runId)
  if (run.result === null || run.outputHash === null)
    throw new Problem('run-without-result', `This run is ${run.status}: it has no result.`)
  return { ...run, result: run.result, outputHash: run.outputHash }
}

/** Whether a household may refer to a row: it is published, or belongs to the same household. */
const isWithin = (row: { readonly householdId: string | null }, householdId: string | null): boolean =>
  row.householdId === null || row.householdId === householdId

/** The set that a body names for a household, or the newest published one; 422 naming the field when there is none. */
export const referredAssumptionSet = async (
  transaction: Transaction,
  householdId: string | null,
  id: string | undefined,
): Promise<AssumptionSet> => {
  const found = id === undefined ? await findPublishedAssumptionSet(transaction) : await assumptionSetRows.find(transaction, id)
  if (!found || !isWithin(found, householdId)) throw invalidReference('body.cmaId', assumptionSets.one)
  return found
}

/** Another plan that a body names, of the household if one is given; 422 naming the field when there is none. */
export const referredPlan = async (transaction: Transaction, id: string, path: string, householdId?: string): Promise<Plan> => {
  const found = await planRows.find(transaction, id)
  if (!found || (householdId !== undefined && found.householdId !== householdId)) throw invalidReference(path, plans.one)
  return found
}

/** The model that a body names for a household; 422 naming the field when there is none. */
export const referredPortfolioModel = async (transaction: Transaction, householdId: string, id: string) => {
  const found = await portfolioModelRows.find(transaction, id)
  if (!found || !isWithin(found, householdId)) throw invalidReference('body.portfolioModelId', portfolioModels.one)
  return found
}

/** Refuses an allocation that holds asset classes of which the assumptions say nothing. */
export const requireCovered = (assumptions: AssumptionSet, allocation: Readonly<Record<string, number>>, path: string): void => {
  const errors = unknownAssets(assumptions.assumptions, allocation).map(key => ({
    path: `${path}.${key}`,
    message: `${assumptions.name} has no such asset class`,
  }))
  if (errors.length > 0) throw fieldProblem('invalid-value', errors)
}
