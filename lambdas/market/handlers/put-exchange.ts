import { putExchange } from '../../../db/queries/market/instruments.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentExchange } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['put-exchange'], async ({ body, params, transaction }) =>
  ok(presentExchange(await putExchange(transaction, { ...body, code: params.exchangeCode }))),
)
