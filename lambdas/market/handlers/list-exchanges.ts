import { listExchanges } from '../../../db/queries/market/instruments.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentExchange } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['list-exchanges'], async ({ transaction }) =>
  ok({ items: (await listExchanges(transaction)).map(presentExchange) }),
)
