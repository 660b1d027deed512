import type * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import { findReturnDataset, readAnnualReturns } from '../../db/queries/market.ts'
import { currentPlanInputs, type Plan } from '../../db/queries/planning/plans.ts'
import { type BootstrapModel, compilePlan, lognormalModel, type PlanInput, type SimulationSpec } from '../../domain/planning/index.ts'
import { Problem } from '../runtime/problem.ts'
import { referredAssumptionSet, referredPortfolioModel } from './lookups.ts'
import type { runRequest } from './schemas/runs.ts'

type RunRequest = z.output<typeof runRequest>
type BootstrapRequest = Extract<RunRequest['returnModel'], { kind: 'bootstrap' }>

const readBootstrapModel = async (transaction: Transaction, request: BootstrapRequest): Promise<BootstrapModel> => {
  const dataset = await findReturnDataset(transaction, request.datasetId)
  const refuse = (path: string, message: string) => new Problem(422, `${path}: ${message}`, { errors: [{ path, message }] })
  if (!dataset) throw refuse('body.returnModel.datasetId', 'there is no such dataset')
  const assets = Object.keys(request.allocation).filter(series => request.allocation[series]! > 0)
  const unknown = assets.find(series => !dataset.series.includes(series))
  if (unknown !== undefined)
    throw refuse(`body.returnModel.allocation.${unknown}`, `the dataset has no such series; it has ${dataset.series.join(', ')}`)
  if (!dataset.series.includes(request.inflationSeries)) throw refuse('body.returnModel.inflationSeries', 'the dataset has no such series')
  const { returns, years } = await readAnnualReturns(transaction, dataset.id, [...assets, request.inflationSeries])
  return {
    kind: 'bootstrap',
    years,
    assets: assets.map(series => ({ key: series, weight: request.allocation[series]!, returns: returns.get(series)! })),
    inflation: returns.get(request.inflationSeries)!,
  }
}

/**
 * All that a run reads, gathered in one transaction: the specification for the engine, and where each part of it came from.
 */
export const readSpecification = async (transaction: Transaction, plan: Plan, request: RunRequest) => {
  const inputs = await currentPlanInputs(transaction, plan.id)
  const assumptions = await referredAssumptionSet(transaction, plan.cmaId)
  const model = await referredPortfolioModel(transaction, plan.portfolioModelId)
  if (assumptions.status !== 'approved' && request.returnModel.kind === 'lognormal') {
    const message = `${assumptions.name} is ${assumptions.status}: plans are simulated with approved assumptions only`
    throw new Problem(422, message, { errors: [{ path: 'plan.cmaId', message }] })
  }
  const { returnModel } = request
  const returns =
    returnModel.kind === 'bootstrap'
      ? await readBootstrapModel(transaction, returnModel)
      : lognormalModel(assumptions.assumptions, model.assetAllocation)
  const specification: SimulationSpec = compilePlan(
    {
      asOfDate: plan.asOfDate,
      planningHorizonYears: plan.planningHorizonYears,
      stepsPerYear: plan.stepsPerYear === 12 ? 12 : 1,
      monteCarloIterations: request.iterations ?? plan.monteCarloIterations,
      randomSeed: request.randomSeed ?? String(plan.randomSeed),
      flowTiming: request.flowTiming,
    },
    inputs.map(input => ({ inputType: input.inputType, inputName: input.inputName, inputValue: input.inputValue }) as PlanInput),
    returns,
  )
  const provenance = {
    planVersion: plan.version,
    asOfDate: plan.asOfDate,
    inputIds: inputs.map(input => input.id),
    ...(returnModel.kind === 'bootstrap'
      ? { datasetId: returnModel.datasetId, allocation: returnModel.allocation, inflationSeries: returnModel.inflationSeries }
      : { cmaId: assumptions.id, cmaVersion: assumptions.version, portfolioModelId: model.id, portfolioModelVersion: model.rowVersion }),
  }
  return { specification, provenance, inputIds: provenance.inputIds }
}
