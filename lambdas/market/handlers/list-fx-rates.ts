import { listFxRates } from '../../../db/queries/market/corporate-actions.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentFxRate } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['list-fx-rates'], async ({ query: { base, limit, quote, ...range }, transaction }) =>
  ok({ items: (await listFxRates(transaction, { base, quote }, range, limit)).map(presentFxRate) }),
)
