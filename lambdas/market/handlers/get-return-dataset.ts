import { readAnnualReturns, returnDatasetRows } from '../../../db/queries/market/return-datasets.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { returnDatasets } from '../resources.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['get-return-dataset'], async ({ params, transaction }) => {
  const dataset = await returnDatasetRows.find(transaction, params.datasetId)
  if (!dataset) throw notFound(returnDatasets.one)
  const { returns, years } = await readAnnualReturns(transaction, dataset.id, dataset.series)
  return ok({ ...returnDatasets.present(dataset), years, returns: Object.fromEntries(returns) })
})
