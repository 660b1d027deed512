import { changeSymbol } from '../../../db/queries/market/instruments.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireInstrument } from '../lookups.ts'
import { describeInstrument } from '../resources.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['change-symbol'], async ({ body, params, transaction }) => {
  const instrument = await requireInstrument(transaction, params.symbol, { forUpdate: true })
  const changed = await changeSymbol(transaction, instrument, body.symbol, body.effectiveDate)
  return ok(await describeInstrument(transaction, changed))
})
