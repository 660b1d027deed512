import { listSplits } from '../../../db/queries/market/corporate-actions.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireInstrument } from '../lookups.ts'
import { presentSplit } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['list-splits'], async ({ params, transaction }) => {
  const instrument = await requireInstrument(transaction, params.symbol)
  return ok({ items: (await listSplits(transaction, instrument.id)).map(presentSplit) })
})
