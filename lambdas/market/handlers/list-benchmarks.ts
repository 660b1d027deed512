import { listBenchmarks } from '../../../db/queries/market/benchmarks.ts'
import { page, readCursor } from '../../runtime/pagination.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentBenchmark } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['list-benchmarks'], async ({ query: { cursor, limit, ...filter }, transaction }) => {
  const rows = await listBenchmarks(transaction, { limit, after: readCursor(cursor) }, filter)
  return ok(page(rows, limit, presentBenchmark))
})
