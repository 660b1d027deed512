import * as z from 'zod'
import type { JsonValue } from '../../db/data-api.ts'
import { readAllocation, readAssumptions } from '../../domain/planning/index.ts'
import { databaseFunctions, readInParts } from '../runtime/database-functions.ts'
import type { RequestIdentity } from '../runtime/database.ts'
import { notFound, Problem } from '../runtime/problem.ts'
import type { RunAssumptions, RunInput, RunPlan, RunPortfolioModel, RunSource } from './run-source.ts'

type YearAndReturn = readonly [year: number, value: number]

/** The answer of planning.read_run_material. */
interface RunMaterial {
  readonly user: { readonly isActive: boolean }
  readonly plan: RunPlan | null
  readonly inputs: readonly RunInput[]
  readonly assumptions: RunAssumptions
  readonly model: RunPortfolioModel
  readonly dataset: { readonly series: readonly string[]; readonly returns: Readonly<Record<string, readonly YearAndReturn[]>> } | null
}

// Only the fields that this module uses are checked.
const checked = z.looseObject({ user: z.object({ isActive: z.boolean() }), plan: z.unknown() })

const datasetOf = (dataset: NonNullable<RunMaterial['dataset']>) => ({
  series: dataset.series,
  read: async (names: readonly string[]) => {
    const drawn = names.map(name => [name, dataset.returns[name] ?? []] as const)
    const years = new Set(drawn.flatMap(([, returns]) => returns.map(([year]) => year)))
    return {
      years: [...years].toSorted((a, b) => a - b),
      returns: new Map(drawn.map(([name, returns]) => [name, returns.map(([, value]) => value)])),
    }
  },
})

/**
 * Reads from outside the VPC, in one snapshot, on behalf of the caller that the request names.
 * @param datasetId the dataset that the run's return model names; null without one
 * @throws Problem 404 for a plan that is missing or of another user, 403 for a closed account
 */
export const outsideSource = async (identity: RequestIdentity, planId: string, datasetId: string | null): Promise<RunSource> => {
  const request = JSON.parse(JSON.stringify(identity)) as JsonValue
  const answer = await readInParts(databaseFunctions('runs'), 'planning.read_run_material', { request, planId, datasetId })
  const { assumptions, dataset, inputs, model, plan, user } = checked.parse(answer) as unknown as RunMaterial
  if (!user.isActive) throw new Problem('account-closed', 'This account is closed.')
  if (!plan) throw notFound('plan')
  return {
    plan,
    inputs: async () => inputs,
    assumptions: async () => ({ ...assumptions, assumptions: readAssumptions(assumptions.assumptions) }),
    portfolioModel: async () => ({ ...model, assetAllocation: readAllocation(model.assetAllocation) }),
    dataset: async () => (dataset === null ? undefined : datasetOf(dataset)),
  }
}
