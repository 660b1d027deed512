import type * as z from 'zod'
import type { Transaction } from '../../../db/database.ts'
import { findReturnDataset, readAnnualReturns } from '../../../db/queries/market/index.ts'
import { type HouseholdSpec, type Stress, type stressRequest, stressTests } from '../../../domain/planning/index.ts'
import { Problem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requirePlan } from '../lookups.ts'
import { readHousehold } from '../read-household.ts'
import { planningRoutes } from '../routes.ts'
import { atBody } from '../at-body.ts'

type ToldStress = z.output<typeof stressRequest>['stresses'][number]
type ToldSequence = Extract<ToldStress, { kind: 'sequence' }>

const refuse = (path: string, message: string) => new Problem(422, `${path}: ${message}`, { errors: [{ path, message }] })

/** The years of a dataset that a sequence names, as returns of the plan's own asset classes. */
const readSequence = async (transaction: Transaction, told: ToldSequence, household: HouseholdSpec, path: string): Promise<Stress> => {
  const dataset = await findReturnDataset(transaction, told.datasetId)
  if (!dataset) throw refuse(`${path}.datasetId`, 'there is no such dataset')
  const keys = 'assets' in household.returns ? household.returns.assets.map(asset => asset.key) : Object.keys(told.series)
  for (const key of keys) {
    const series = told.series[key]
    if (series === undefined) throw refuse(`${path}.series.${key}`, 'is needed: the plan holds this asset class')
    if (!dataset.series.includes(series)) throw refuse(`${path}.series.${key}`, `the dataset has no series ${series}`)
  }
  if (!dataset.series.includes(told.inflationSeries)) throw refuse(`${path}.inflationSeries`, 'the dataset has no such series')
  const { returns, years } = await readAnnualReturns(transaction, dataset.id, [
    ...new Set([...keys.map(key => told.series[key]!), told.inflationSeries]),
  ])
  const from = years.indexOf(told.fromYear)
  if (from < 0 || from + told.years > years.length)
    throw refuse(`${path}.fromYear`, `the dataset has ${dataset.firstYear} to ${dataset.lastYear}`)
  const rows = (series: string) => returns.get(series)!.slice(from, from + told.years)
  return {
    kind: 'sequence',
    name: told.name,
    assets: Object.fromEntries(keys.map(key => [key, rows(told.series[key]!)])),
    inflation: rows(told.inflationSeries),
  }
}

export const handler = serve(planningRoutes['stress-plan'], async ({ body, params, transaction }) => {
  const plan = await requirePlan(transaction, params.planId)
  const household = await readHousehold(transaction, plan, body)
  const stresses: Stress[] = []
  for (const [index, told] of body.stresses.entries()) {
    stresses.push(told.kind === 'sequence' ? await readSequence(transaction, told, household, `body.stresses.${index}`) : told)
  }
  return ok({ stresses: atBody(() => stressTests(household, stresses)) })
})
