import { listDividends, replaceDividends } from '../../../db/queries/market/corporate-actions.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireInstrument } from '../lookups.ts'
import { presentDividend } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['replace-dividends'], async ({ body, params, transaction }) => {
  const instrument = await requireInstrument(transaction, params.symbol, { forUpdate: true })
  await replaceDividends(transaction, instrument.id, body.items)
  return ok({ items: (await listDividends(transaction, instrument.id)).map(presentDividend) })
})
