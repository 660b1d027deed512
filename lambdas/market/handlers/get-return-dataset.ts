import { findReturnDataset, readAnnualReturns } from '../../../db/queries/market/return-datasets.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentReturnDataset } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['get-return-dataset'], async ({ params, transaction }) => {
  const dataset = await findReturnDataset(transaction, params.datasetId)
  if (!dataset) throw notFound('dataset')
  const { returns, years } = await readAnnualReturns(transaction, dataset.id, dataset.series)
  return ok({ ...presentReturnDataset(dataset), years, returns: Object.fromEntries(returns) })
})
