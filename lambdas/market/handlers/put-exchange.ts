import { putExchange } from '../../../db/queries/market/instruments.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { exchanges } from '../resources.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['put-exchange'], async ({ body, params, transaction }) =>
  ok(exchanges.present(await putExchange(transaction, { ...body, code: params.exchangeCode }))),
)
