import { putBenchmark } from '../../../db/queries/market/benchmarks.ts'
import { knownSymbols } from '../../../db/queries/market/instruments.ts'
import { fieldProblem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { benchmarks } from '../resources.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['put-benchmark'], async ({ body, params, transaction }) => {
  const known = await knownSymbols(
    transaction,
    body.composition.map(part => part.symbol),
  )
  const errors = body.composition.flatMap((part, index) =>
    known.has(part.symbol) ? [] : [{ path: `body.composition.${index}.symbol`, message: `no instrument has the symbol ${part.symbol}` }],
  )
  if (errors.length > 0) throw fieldProblem('invalid-reference', errors)
  return ok(benchmarks.present(await putBenchmark(transaction, { ...body, symbol: params.symbol })))
})
