import { useQueries } from '@tanstack/react-query'
import type { ApiItem } from '../../lambdas/api-types.ts'
import { api, keyOf } from '../shell/api.ts'

export type Bar = ApiItem<'GET /v1/market/latest-bars'>

/** The newest daily bar by symbol, asked for page by page of a list. */
export const useLatestBars = (pages: readonly (readonly string[])[]): ReadonlyMap<string, Bar> => {
  const answers = useQueries({
    queries: pages
      .filter(symbols => symbols.length > 0)
      .map(symbols => {
        const query = { symbols: symbols.join(','), timeframe: '1d' } as const
        return {
          queryKey: keyOf('GET /v1/market/latest-bars', { query }),
          queryFn: ({ signal }: { readonly signal: AbortSignal }) => api('GET /v1/market/latest-bars', { query, signal }),
        }
      }),
  })
  return new Map(answers.flatMap(({ data }) => (data?.items ?? []).map(bar => [bar.symbol, bar] as const)))
}
