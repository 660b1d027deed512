import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { ApiAnswer, ApiItem, ApiRequest, ApiRoute } from '../../lambdas/api-types.ts'
import { api, keyOf } from './api.ts'

type ListRoute = {
  [Route in ApiRoute]: Route extends `GET ${string}`
    ? ApiAnswer<Route> extends { readonly items: readonly unknown[]; readonly nextCursor: string | null }
      ? Route
      : never
    : never
}[ApiRoute]

type Page<Route extends ListRoute> = {
  readonly items: readonly ApiItem<Route>[]
  readonly nextCursor: string | null
  readonly total?: number | undefined
}

/** The pages of a list that have been read so far. `more` reads the next one, and is undefined after the last. */
export interface ApiPages<Item> {
  readonly pages: readonly (readonly Item[])[] | undefined
  readonly items: readonly Item[] | undefined
  /** All items that match, if `count` was asked for. */
  readonly total: number | undefined
  readonly error: Error | null
  readonly retry: () => unknown
  readonly busy: boolean
  readonly more: (() => void) | undefined
}

/** A list, page by page. The items that are shown stay while another request, such as another order, is answered. */
export const useApiPages = <Route extends ListRoute>(
  route: Route,
  request: Omit<ApiRequest<Route>, 'signal'>,
  {
    enabled = true,
    refetchInterval,
  }: {
    readonly enabled?: boolean
    /** So often the list is read again, by what it has now. */
    readonly refetchInterval?: (items: readonly ApiItem<Route>[]) => number | false
  } = {},
): ApiPages<ApiItem<Route>> => {
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useInfiniteQuery({
    queryKey: [...keyOf(route, request), 'pages'],
    // The compiler cannot see that a route with an optional request takes one.
    queryFn: ({ pageParam, signal }) => {
      const { query, ...rest } = request as { readonly query?: object }
      const send = api as (route: string, request: object) => Promise<Page<Route>>
      return send(route, { ...rest, query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: page => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: query => refetchInterval?.(query.state.data?.pages.flatMap(page => page.items) ?? []) ?? false,
    enabled,
  })
  return {
    pages: data?.pages.map(page => page.items),
    items: data?.pages.flatMap(page => page.items),
    total: data?.pages[0]?.total,
    error,
    retry: refetch,
    busy: isFetchingNextPage,
    more: hasNextPage ? () => void fetchNextPage() : undefined,
  }
}
