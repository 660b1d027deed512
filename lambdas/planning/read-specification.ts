import type * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import { currentPlanInputs, type Plan, type PlanInputRow } from '../../db/queries/planning/plans.ts'
import {
  compileHousehold,
  compilePlan,
  type HouseholdInput,
  isHouseholdPlan,
  type PlanInput,
  type ReturnModel,
  type Specification,
} from '../../domain/planning/index.ts'
import { latestTaxYear } from '../../domain/planning/tax/index.ts'
import { readReturns, refuse } from './read-returns.ts'
import type { runRequest } from './schemas/runs.ts'

type RunRequest = z.output<typeof runRequest>

/** Asset classes that the accounts themselves name. */
const accountAssets = (inputs: readonly PlanInputRow[]): string[] => {
  const accounts = inputs.filter(input => input.inputType === 'account') as unknown as Extract<HouseholdInput, { inputType: 'account' }>[]
  return [...new Set(accounts.flatMap(({ inputValue }) => (inputValue.allocation ?? []).flatMap(({ weights }) => Object.keys(weights))))]
}

/** Paths of a run: as many as were asked for, but a replay of the past has one for each start year that leaves room for the horizon. */
const pathCount = (plan: Plan, request: RunRequest, returns: ReturnModel): number => {
  if (returns.kind !== 'historical_replay') return request.iterations ?? plan.monteCarloIterations
  const starts = returns.years.length - plan.planningHorizonYears + 1
  if (starts < 1)
    throw refuse(
      'body.returnModel.datasetId',
      `its ${returns.years.length} years are fewer than the horizon of ${plan.planningHorizonYears}`,
    )
  return starts
}

/** All that a run reads, gathered in one transaction: the specification for its engine, and where each part of it came from. */
export const readSpecification = async (transaction: Transaction, plan: Plan, request: RunRequest) => {
  const rows = await currentPlanInputs(transaction, plan.id)
  const household = isHouseholdPlan(rows)
  if (household && plan.stepsPerYear !== 1) throw refuse('plan.stepsPerYear', 'a household is simulated in annual steps, as its taxes are')
  if (household && request.flowTiming === 'end') throw refuse('body.flowTiming', 'a household’s flows come at the start of each year')
  const { allocation, origin, returns } = await readReturns(transaction, plan, request.returnModel, household ? accountAssets(rows) : [])
  const terms = {
    asOfDate: plan.asOfDate,
    planningHorizonYears: plan.planningHorizonYears,
    monteCarloIterations: pathCount(plan, request, returns),
    randomSeed: request.randomSeed ?? String(plan.randomSeed),
  }
  // Checked against their types' schemas when they were told.
  const inputs = rows.map(({ inputName, inputType, inputValue }) => ({ inputType, inputName, inputValue }))
  const specification: Specification = household
    ? compileHousehold({ ...terms, defaultAllocation: allocation, latestTaxYear }, inputs as HouseholdInput[], returns)
    : compilePlan(
        { ...terms, stepsPerYear: plan.stepsPerYear === 12 ? 12 : 1, flowTiming: request.flowTiming },
        inputs as PlanInput[],
        returns,
      )
  const inputIds = rows.map(input => input.id)
  return { specification, provenance: { planVersion: plan.version, asOfDate: plan.asOfDate, inputIds, ...origin }, inputIds }
}
