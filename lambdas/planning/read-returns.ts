import { type Allocation, lognormalModel, type RequestedReturnModel, turbulentRegimes, unknownAssets } from '../../domain/planning/index.ts'
import type { ReturnModel } from '../../domain/simulation/index.ts'
import { fieldProblem, invalidReference, invalidValue } from '../runtime/problem.ts'
import type { RunSource } from './run-source.ts'

type RequestedHistory = Extract<RequestedReturnModel, { datasetId: string }>

export interface Returns {
  readonly returns: ReturnModel
  /** Weights by asset key, for every account without its own allocation. */
  readonly allocation: Allocation
  /** The source of the model's figures. */
  readonly origin: Readonly<Record<string, unknown>>
}

/** Asset classes in the allocations of accounts, each with the field that names it. */
export type AccountAssets = ReadonlyMap<string, string>

const readHistory = async (source: RunSource, request: RequestedHistory, besides: AccountAssets): Promise<Returns> => {
  const { allocation, datasetId, inflationSeries, ...model } = request
  const dataset = await source.dataset(datasetId)
  if (!dataset) throw invalidReference('body.returnModel.datasetId', 'dataset')
  const assets = [...new Set([...Object.keys(allocation).filter(series => allocation[series]! > 0), ...besides.keys()])]
  const unknown = assets.find(series => !dataset.series.includes(series))
  if (unknown !== undefined) {
    const path = unknown in allocation ? `body.returnModel.allocation.${unknown}` : besides.get(unknown)!
    throw invalidValue(path, `the dataset has no such series; it has ${dataset.series.join(', ')}`)
  }
  if (!dataset.series.includes(inflationSeries)) throw invalidValue('body.returnModel.inflationSeries', 'the dataset has no such series')
  const { returns, years } = await dataset.read([...assets, inflationSeries])
  const history = {
    years,
    assets: assets.map(series => ({ key: series, weight: allocation[series] ?? 0, returns: returns.get(series)! })),
    inflation: returns.get(inflationSeries)!,
  }
  return { returns: { ...model, ...history }, allocation, origin: { datasetId, allocation, inflationSeries } }
}

/** The return model that a run requests, for the asset classes of the plan's allocation and of its accounts. */
export const readReturns = async (source: RunSource, request: RequestedReturnModel, besides: AccountAssets): Promise<Returns> => {
  if ('datasetId' in request) return readHistory(source, request, besides)
  const assumptions = await source.assumptions()
  const model = await source.portfolioModel()
  if (assumptions.status !== 'approved') {
    const message = `${assumptions.name} is ${assumptions.status}: plans are simulated with approved assumption sets only`
    throw fieldProblem('plan-not-simulable', [{ path: 'plan.cmaId', message }])
  }
  const [missing] = unknownAssets(assumptions.assumptions, model.assetAllocation)
  if (missing !== undefined) {
    const message = `holds ${missing}, and ${assumptions.name} has no such asset class`
    throw fieldProblem('plan-not-simulable', [{ path: 'plan.portfolioModelId', message }])
  }
  const [unknown] = unknownAssets(assumptions.assumptions, Object.fromEntries([...besides.keys()].map(asset => [asset, 0])))
  if (unknown !== undefined) {
    throw fieldProblem('plan-not-simulable', [{ path: besides.get(unknown)!, message: `${assumptions.name} has no such asset class` }])
  }
  const lognormal = lognormalModel(assumptions.assumptions, model.assetAllocation, [...besides.keys()])
  const returns: ReturnModel =
    request.kind === 'student_t'
      ? { ...lognormal, kind: 'student_t', degreesOfFreedom: request.degreesOfFreedom }
      : request.kind === 'regime'
        ? turbulentRegimes(lognormal, request)
        : lognormal
  const origin = {
    cmaId: assumptions.id,
    cmaVersion: assumptions.version,
    portfolioModelId: model.id,
    portfolioModelVersion: model.rowVersion,
  }
  return { returns, allocation: model.assetAllocation, origin }
}
