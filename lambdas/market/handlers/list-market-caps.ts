import { listMarketCaps } from '../../../db/queries/market/corporate-actions.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireInstrument } from '../lookups.ts'
import { presentMarketCap } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['list-market-caps'], async ({ params, query: { limit, ...range }, transaction }) => {
  const instrument = await requireInstrument(transaction, params.symbol)
  return ok({ items: (await listMarketCaps(transaction, instrument.id, range, limit)).map(presentMarketCap) })
})
