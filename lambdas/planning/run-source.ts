import type { Transaction } from '../../db/database.ts'
import { readAnnualReturns, returnDatasetRows } from '../../db/queries/market/index.ts'
import { currentPlanInputs, type Plan } from '../../db/queries/planning/plans.ts'
import type { Allocation, CapitalMarketAssumptions, StoredInput } from '../../domain/planning/index.ts'
import { referredAssumptionSet, referredPortfolioModel } from './lookups.ts'
export interface RunPlan {
  readonly version: number
  readonly asOfDate: string
  readonly planningHorizonYears: number
  readonly stepsPerYear: number
  readonly monteCarloIterations: number
  /** Confidence level of the interval around the success probability, as decimal text. */
  readonly confidenceLevel: string
  /** A 64-bit integer as text. */
  readonly randomSeed: string
}

/** An input as it was stored. */
export interface RunInput extends StoredInput {
  readonly id: string
}

export interface RunAssumptions {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly status: string
  readonly assumptions: CapitalMarketAssumptions
}

export interface RunPortfolioModel {
  readonly id: string
  readonly rowVersion: number
  readonly assetAllocation: Allocation
}

export interface RunDataset {
  readonly series: readonly string[]
  /** Annual returns of the named series, oldest first: `years[i]` is the year of the i-th return of every series. */
  readonly read: (names: readonly string[]) => Promise<{ readonly years: number[]; readonly returns: ReadonlyMap<string, number[]> }>
}

/** The data that a run of a plan needs. It can come from the database in different ways. */
export interface RunSource {
  readonly plan: RunPlan
  /** The current inputs, in the order of the plan. */
  readonly inputs: () => Promise<readonly RunInput[]>
  readonly assumptions: () => Promise<RunAssumptions>
  readonly portfolioModel: () => Promise<RunPortfolioModel>
  readonly dataset: (id: string) => Promise<RunDataset | undefined>
}

/** Reads in the request's transaction. */
export const databaseSource = (transaction: Transaction, plan: Plan): RunSource => ({
  plan: { ...plan, randomSeed: String(plan.randomSeed) },
  inputs: () => currentPlanInputs(transaction, plan.id),
  assumptions: () => referredAssumptionSet(transaction, plan.householdId, plan.cmaId),
  portfolioModel: () => referredPortfolioModel(transaction, plan.householdId, plan.portfolioModelId),
  dataset: async id => {
    const dataset = await returnDatasetRows.find(transaction, id)
    return dataset && { series: dataset.series, read: names => readAnnualReturns(transaction, dataset.id, names) }
  },
})
