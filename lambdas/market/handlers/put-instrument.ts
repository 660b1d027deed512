import { putInstrument } from '../../../db/queries/market/instruments.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { instruments } from '../resources.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['put-instrument'], async ({ body, params, transaction }) =>
  ok(instruments.present(await putInstrument(transaction, { ...body, symbol: params.symbol }))),
)
