import { listDividends } from '../../../db/queries/market/corporate-actions.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireInstrument } from '../lookups.ts'
import { presentDividend } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['list-dividends'], async ({ params, transaction }) => {
  const instrument = await requireInstrument(transaction, params.symbol)
  return ok({ items: (await listDividends(transaction, instrument.id)).map(presentDividend) })
})
