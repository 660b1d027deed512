import { storeFxRates } from '../../../db/queries/market/corporate-actions.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['store-fx-rates'], async ({ body, transaction }) => {
  if (body.items.length > 0) await storeFxRates(transaction, body.items)
  return ok({ stored: body.items.length })
})
