import { findBenchmark } from '../../../db/queries/market/benchmarks.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentBenchmark } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['get-benchmark'], async ({ params, transaction }) => {
  const benchmark = await findBenchmark(transaction, params.symbol)
  if (!benchmark) throw notFound('benchmark')
  return ok(presentBenchmark(benchmark))
})
