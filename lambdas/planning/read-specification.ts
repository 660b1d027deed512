import type * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import type { Plan } from '../../db/queries/planning/plans.ts'
import {
  assertValidPlan,
  compileHousehold,
  compilePlan,
  isHouseholdPlan,
  missingIncomeWarnings,
  type PlanInput,
  readPlanInput,
  type Specification,
} from '../../domain/planning/index.ts'
import type { ReturnModel } from '../../domain/simulation/index.ts'
import { latestTaxYear } from '../../domain/us-tax/index.ts'
import { fieldProblem, invalidValue } from '../runtime/problem.ts'
import { readReturns } from './read-returns.ts'
import { databaseSource, type RunPlan, type RunSource } from './run-source.ts'
import type { largeRunRequest, runRequest } from './schemas/runs.ts'
export type RunRequest = z.output<typeof runRequest> | z.output<typeof largeRunRequest>

/** Asset classes in the allocations of accounts, each with the first field that names it. */
const accountAssets = (inputs: readonly PlanInput[]): Map<string, string> => {
  const named = inputs.flatMap(({ inputName, inputType, inputValue }) =>
    inputType === 'account'
      ? (inputValue.allocation ?? []).flatMap(({ weights }, index) =>
          Object.keys(weights).map(asset => [asset, `inputs.${inputName}.allocation.${index}.weights.${asset}`] as const),
        )
      : [],
  )
  return new Map(named.toReversed())
}

/**
 * Number of paths of a run: the requested iterations. A historical replay has one path for each start year that leaves room for the
 * horizon.
 */
const pathCount = (plan: RunPlan, request: RunRequest, returns: ReturnModel): number => {
  if (returns.kind !== 'historical_replay') return request.iterations ?? plan.monteCarloIterations
  const starts = returns.years.length - plan.planningHorizonYears + 1
  if (starts < 1)
    throw invalidValue(
      'body.returnModel.datasetId',
      `must have at least as many years as the horizon: it has ${returns.years.length}, the horizon ${plan.planningHorizonYears}`,
    )
  return starts
}

/** The specification of a run for its engine, and the sources of its parts. Throws a Problem that names the field at fault. */
export const specify = async (source: RunSource, request: RunRequest) => {
  const { plan } = source
  const rows = await source.inputs()
  const inputs = rows.map(row => readPlanInput(row))
  const household = isHouseholdPlan(inputs)
  if (household && plan.stepsPerYear !== 1) {
    const message = 'must be 1: a household is simulated in annual steps, because its taxes are annual'
    throw fieldProblem('plan-not-simulable', [{ path: 'plan.stepsPerYear', message }])
  }
  if (household && request.flowTiming === 'end')
    throw invalidValue('body.flowTiming', 'must be begin: the flows of a household come at the start of each year')
  const grid = 'sensitivities' in request ? request.sensitivities : undefined
  if (grid && !household) throw invalidValue('body.sensitivities', 'needs a household plan: add people, incomes and expenses to it')
  const { allocation, origin, returns } = await readReturns(source, request.returnModel, accountAssets(inputs))
  const terms = {
    asOfDate: plan.asOfDate,
    planningHorizonYears: plan.planningHorizonYears,
    monteCarloIterations: pathCount(plan, request, returns),
    randomSeed: request.randomSeed ?? plan.randomSeed,
    defaultAllocation: allocation,
  }
  const specification: Specification = household
    ? {
        ...compileHousehold({ ...terms, latestTaxYear }, inputs, returns),
        ...(grid ? { sensitivities: grid } : {}),
      }
    : compilePlan({ ...terms, stepsPerYear: plan.stepsPerYear === 12 ? 12 : 1, flowTiming: request.flowTiming }, inputs, returns)
  assertValidPlan(specification, inputs)
  const inputIds = rows.map(input => input.id)
  const stated = { planVersion: plan.version, asOfDate: plan.asOfDate, confidenceLevel: Number(plan.confidenceLevel) }
  return { specification, provenance: { ...stated, inputIds, ...origin, warnings: missingIncomeWarnings(specification) } }
}

/** The same, from the database in the request's transaction. */
export const readSpecification = (transaction: Transaction, plan: Plan, request: RunRequest) =>
  specify(databaseSource(transaction, plan), request)
