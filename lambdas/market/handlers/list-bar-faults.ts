import { ok, serve } from '../../runtime/serve.ts'
import { type BarFault, checkSeries } from '../check-series.ts'
import { requireSeries } from '../lookups.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['list-bar-faults'], async ({ query: { symbols, timeframe, ...range }, transaction }) => {
  const items: BarFault[] = []
  for (const series of await requireSeries(transaction, symbols, timeframe))
    items.push(...(await checkSeries(transaction, series, timeframe, range)))
  return ok({ items })
})
