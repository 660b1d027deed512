import { findGaps } from '../../../db/queries/market/gaps.ts'
import { invalidValue } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireSeries } from '../lookups.ts'
import { pageByDay, readDay } from '../place-cursor.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(
  marketRoutes['list-bar-gaps'],
  async ({ query: { cursor, from, limit, symbol, timeframe, until }, transaction }) => {
    if (timeframe === '1w' || timeframe === '1mo') {
      throw invalidValue('query.timeframe', 'must be a day or shorter')
    }
    const [series] = await requireSeries(transaction, [symbol], timeframe)
    const request = { from: readDay(cursor) ?? from, until, limit: limit + 1 }
    const gaps = series ? await findGaps(transaction, { seriesId: series.id, ...request }) : []
    return ok(pageByDay(gaps, limit, gap => gap))
  },
)
