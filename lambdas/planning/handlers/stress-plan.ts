import type * as z from 'zod'
import type { Transaction } from '../../../db/database.ts'
import { readAnnualReturns, returnDatasetRows } from '../../../db/queries/market/index.ts'
import { type HouseholdSpec, type Stress, type stressRequest } from '../../../domain/planning/index.ts'
import { invalidReference, invalidValue } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requirePlan } from '../lookups.ts'
import { readHousehold } from '../read-household.ts'
import { planningRoutes } from '../routes.ts'
import { atBody } from '../at-body.ts'
import { analyseInRequest } from '../work-limits.ts'

type RequestedStress = z.output<typeof stressRequest>['stresses'][number]
type RequestedSequence = Extract<RequestedStress, { kind: 'sequence' }>

/** The requested years of a dataset, as returns of the plan's asset classes. */
const readSequence = async (
  transaction: Transaction,
  request: RequestedSequence,
  household: HouseholdSpec,
  path: string,
): Promise<Stress> => {
  const dataset = await returnDatasetRows.find(transaction, request.datasetId)
  if (!dataset) throw invalidReference(`${path}.datasetId`, 'dataset')
  const keys = household.returns.assets.map(asset => asset.key)
  const foreign = Object.keys(request.series).find(key => !keys.includes(key))
  if (foreign !== undefined) throw invalidValue(`${path}.series.${foreign}`, 'the plan holds no such asset class')
  for (const key of keys) {
    const series = request.series[key]
    if (series === undefined) throw invalidValue(`${path}.series.${key}`, 'is required: the plan holds this asset class')
    if (!dataset.series.includes(series)) throw invalidValue(`${path}.series.${key}`, `the dataset has no series ${series}`)
  }
  if (!dataset.series.includes(request.inflationSeries)) throw invalidValue(`${path}.inflationSeries`, 'the dataset has no such series')
  const { returns, years } = await readAnnualReturns(transaction, dataset.id, [
    ...new Set([...keys.map(key => request.series[key]!), request.inflationSeries]),
  ])
  const from = years.indexOf(request.fromYear)
  if (from < 0 || from + request.years > years.length)
    throw invalidValue(`${path}.fromYear`, `the dataset has the years ${dataset.firstYear} to ${dataset.lastYear}`)
  const rows = (series: string) => returns.get(series)!.slice(from, from + request.years)
  return {
    kind: 'sequence',
    name: request.name,
    assets: Object.fromEntries(keys.map(key => [key, rows(request.series[key]!)])),
    inflation: rows(request.inflationSeries),
  }
}

export const handler = serve(planningRoutes['stress-plan'], async ({ body, params, phases }) => {
  const read = await phases.read(async transaction => {
    const household = await readHousehold(transaction, await requirePlan(transaction, params.planId), body)
    const stresses: Stress[] = []
    for (const [index, request] of body.stresses.entries()) {
      stresses.push(request.kind === 'sequence' ? await readSequence(transaction, request, household, `body.stresses.${index}`) : request)
    }
    return { household, stresses }
  })
  return ok(await atBody(() => analyseInRequest<'stresses'>({ kind: 'stresses', ...read }, body.iterations)))
})
