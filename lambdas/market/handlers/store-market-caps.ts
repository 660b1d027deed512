import { storeMarketCaps } from '../../../db/queries/market/corporate-actions.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireInstrument } from '../lookups.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['store-market-caps'], async ({ body, params, transaction }) => {
  const instrument = await requireInstrument(transaction, params.symbol)
  if (body.items.length > 0) await storeMarketCaps(transaction, instrument.id, body.items)
  return ok({ stored: body.items.length })
})
