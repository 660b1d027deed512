import type { Transaction } from '../../db/database.ts'
import {
  type AssumptionSet,
  assumptionSetRows,
  findPublishedAssumptionSet,
  portfolioModelRows,
} from '../../db/queries/planning/assumptions.ts'
import { type Plan, planRows } from '../../db/queries/planning/plans.ts'
import { type Run, runRows } from '../../db/queries/planning/runs.ts'
import { readAllocation, type RunResult, unknownAssets } from '../../domain/planning/index.ts'
import { fieldProblem, invalidReference, notFound, Problem } from '../runtime/problem.ts'
import { requireRow } from '../runtime/resource/handlers.ts'
import { assumptionSets, plans, portfolioModels, runs } from './resources.ts'

/** The plan. Throws 404 when there is none. */
export const requirePlan = async (transaction: Transaction, planId: string): Promise<Plan> => {
  const plan = await planRows.find(transaction, planId)
  if (!plan) throw notFound(plans.one)
  return plan
}

/**
 * The plan, locked for a change in several statements. Throws 404, 403 when the caller may only read it, 412 when it has another version.
 */
export const lockPlan = async (transaction: Transaction, planId: string, expectedVersion?: number): Promise<Plan> =>
  requireRow(await planRows.lock(transaction, planId, expectedVersion), plans)

/** The plan after a change, with its next version number. Throws 412 when it has changed since it was read. */
export const changePlan = async (
  transaction: Transaction,
  { id, version }: Plan,
  change: Parameters<typeof planRows.update>[2],
): Promise<Plan> => requireRow(await planRows.update(transaction, id, change, version), plans)

/** The run. Throws 404 when there is none. */
export const requireRun = async (transaction: Transaction, runId: string): Promise<Run> => {
  const run = await runRows.find(transaction, runId)
  if (!run) throw notFound(runs.one)
  return run
}

/** The run with its result. Throws 404 when there is no run, 409 when it has not succeeded. */
export const requireResult = async (
  transaction: Transaction,
  runId: string,
): Promise<Run & { readonly result: RunResult; readonly outputHash: string }> => {
  const run = await requireRun(transaction, runId)
  if (run.result === null || run.outputHash === null)
    throw new Problem('run-without-result', `This run is ${run.status}: it has no result.`)
  return { ...run, result: run.result, outputHash: run.outputHash }
}

/** Whether a household may refer to a row: the row is published or belongs to the household. */
const isWithin = (row: { readonly householdId: string | null }, householdId: string | null): boolean =>
  row.householdId === null || row.householdId === householdId

/**
 * The assumption set that a body names for a household, or the newest published one. Throws a 422 that names the field when there is none.
 */
export const referredAssumptionSet = async (
  transaction: Transaction,
  householdId: string | null,
  id: string | undefined,
): Promise<AssumptionSet> => {
  const found = id === undefined ? await findPublishedAssumptionSet(transaction) : await assumptionSetRows.find(transaction, id)
  if (!found || !isWithin(found, householdId)) throw invalidReference('body.cmaId', assumptionSets.one)
  return found
}

/** Another plan that a body names, of the household if one is given. Throws a 422 that names the field when there is none. */
export const referredPlan = async (transaction: Transaction, id: string, path: string, householdId?: string): Promise<Plan> => {
  const found = await planRows.find(transaction, id)
  if (!found || (householdId !== undefined && found.householdId !== householdId)) throw invalidReference(path, plans.one)
  return found
}

/**
 * The portfolio model that a body names for a household. Throws a 422 that names the field when there is none, or the weight that cannot be
 * read.
 */
export const referredPortfolioModel = async (transaction: Transaction, householdId: string, id: string) => {
  const found = await portfolioModelRows.find(transaction, id)
  if (!found || !isWithin(found, householdId)) throw invalidReference('body.portfolioModelId', portfolioModels.one)
  return { ...found, assetAllocation: readAllocation(found.assetAllocation) }
}

/** Throws 422 for an allocation with asset classes that the assumption set does not have. */
export const requireCovered = (assumptions: AssumptionSet, allocation: Readonly<Record<string, number>>, path: string): void => {
  const errors = unknownAssets(assumptions.assumptions, allocation).map(key => ({
    path: `${path}.${key}`,
    message: `${assumptions.name} has no such asset class`,
  }))
  if (errors.length > 0) throw fieldProblem('invalid-value', errors)
}
