import { listReturnDatasets } from '../../../db/queries/market/return-datasets.ts'
import { page, readCursor } from '../../runtime/pagination.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentReturnDataset } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['list-return-datasets'], async ({ query, transaction }) => {
  const rows = await listReturnDatasets(transaction, { limit: query.limit, after: readCursor(query.cursor) })
  return ok(page(rows, query.limit, presentReturnDataset))
})
