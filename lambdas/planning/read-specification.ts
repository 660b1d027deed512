import type * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import { findReturnDataset, readAnnualReturns } from '../../db/queries/market.ts'
import { currentPlanInputs, type Plan, type PlanInputRow } from '../../db/queries/planning/plans.ts'
import {
  type BootstrapModel,
  compileHousehold,
  compilePlan,
  type HouseholdInput,
  isHouseholdPlan,
  lognormalModel,
  type PlanInput,
  type ReturnModel,
  type Specification,
} from '../../domain/planning/index.ts'
import { latestTaxYear } from '../../domain/planning/tax/index.ts'
import { Problem } from '../runtime/problem.ts'
import { referredAssumptionSet, referredPortfolioModel } from './lookups.ts'
import type { runRequest } from './schemas/runs.ts'

type RunRequest = z.output<typeof runRequest>
type BootstrapRequest = Extract<RunRequest['returnModel'], { kind: 'bootstrap' }>

const refuse = (path: string, message: string) => new Problem(422, `${path}: ${message}`, { errors: [{ path, message }] })

/** Asset classes that the accounts themselves name. */
const accountAssets = (inputs: readonly PlanInputRow[]): string[] => {
  const accounts = inputs.filter(input => input.inputType === 'account') as unknown as Extract<HouseholdInput, { inputType: 'account' }>[]
  return [...new Set(accounts.flatMap(({ inputValue }) => (inputValue.allocation ?? []).flatMap(({ weights }) => Object.keys(weights))))]
}

const readBootstrapModel = async (
  transaction: Transaction,
  request: BootstrapRequest,
  besides: readonly string[],
): Promise<BootstrapModel> => {
  const dataset = await findReturnDataset(transaction, request.datasetId)
  if (!dataset) throw refuse('body.returnModel.datasetId', 'there is no such dataset')
  const assets = [...new Set([...Object.keys(request.allocation).filter(series => request.allocation[series]! > 0), ...besides])]
  const unknown = assets.find(series => !dataset.series.includes(series))
  if (unknown !== undefined)
    throw refuse(`body.returnModel.allocation.${unknown}`, `the dataset has no such series; it has ${dataset.series.join(', ')}`)
  if (!dataset.series.includes(request.inflationSeries)) throw refuse('body.returnModel.inflationSeries', 'the dataset has no such series')
  const { returns, years } = await readAnnualReturns(transaction, dataset.id, [...assets, request.inflationSeries])
  return {
    kind: 'bootstrap',
    years,
    assets: assets.map(series => ({ key: series, weight: request.allocation[series] ?? 0, returns: returns.get(series)! })),
    inflation: returns.get(request.inflationSeries)!,
  }
}

/** The return model a run asks for, over the plan's allocation and what its accounts name besides; and where it came from. */
const readReturns = async (transaction: Transaction, plan: Plan, request: RunRequest, besides: readonly string[]) => {
  const { returnModel } = request
  if (returnModel.kind === 'bootstrap') {
    const returns: ReturnModel = await readBootstrapModel(transaction, returnModel, besides)
    const { allocation, datasetId, inflationSeries } = returnModel
    return { returns, allocation, origin: { datasetId, allocation, inflationSeries } }
  }
  const assumptions = await referredAssumptionSet(transaction, plan.cmaId)
  const model = await referredPortfolioModel(transaction, plan.portfolioModelId)
  if (assumptions.status !== 'approved') {
    throw refuse('plan.cmaId', `${assumptions.name} is ${assumptions.status}: plans are simulated with approved assumptions only`)
  }
  const returns: ReturnModel = lognormalModel(assumptions.assumptions, model.assetAllocation, besides)
  const origin = {
    cmaId: assumptions.id,
    cmaVersion: assumptions.version,
    portfolioModelId: model.id,
    portfolioModelVersion: model.rowVersion,
  }
  return { returns, allocation: model.assetAllocation, origin }
}

/** All that a run reads, gathered in one transaction: the specification for its engine, and where each part of it came from. */
export const readSpecification = async (transaction: Transaction, plan: Plan, request: RunRequest) => {
  const rows = await currentPlanInputs(transaction, plan.id)
  const household = isHouseholdPlan(rows)
  if (household && plan.stepsPerYear !== 1) throw refuse('plan.stepsPerYear', 'a household is simulated in annual steps, as its taxes are')
  if (household && request.flowTiming === 'end') throw refuse('body.flowTiming', 'a household’s flows come at the start of each year')
  const { allocation, origin, returns } = await readReturns(transaction, plan, request, household ? accountAssets(rows) : [])
  const terms = {
    asOfDate: plan.asOfDate,
    planningHorizonYears: plan.planningHorizonYears,
    monteCarloIterations: request.iterations ?? plan.monteCarloIterations,
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
