import { ok, serve } from '../../runtime/serve.ts'
import { requireInstrument } from '../lookups.ts'
import { describeInstrument } from '../resources.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['get-instrument'], async ({ params, transaction }) => {
  const instrument = await requireInstrument(transaction, params.symbol)
  return ok(await describeInstrument(transaction, instrument))
})
