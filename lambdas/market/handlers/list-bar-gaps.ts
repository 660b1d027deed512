import { findGaps } from '../../../db/queries/market/gaps.ts'
import { Problem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireSeries } from '../lookups.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['list-bar-gaps'], async ({ query: { from, limit, symbol, timeframe, until }, transaction }) => {
  if (timeframe === '1w' || timeframe === '1mo') {
    throw new Problem(422, 'Gaps are known of bars of a day or shorter.', {
      errors: [{ path: 'query.timeframe', message: 'longer than a day' }],
    })
  }
  const [series] = await requireSeries(transaction, [symbol], timeframe)
  return ok({ items: series ? await findGaps(transaction, { seriesId: series.id, from, until, limit }) : [] })
})
