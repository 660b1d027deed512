import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { ApiItem } from '../../lambdas/api-types.ts'
import { api, keyOf } from '../shell/api.ts'
import { type Adjustment, type Shown, windowMilliseconds } from './timeframes.ts'

export type Bar = ApiItem<'GET /v1/market/bars'>

export interface WantedBars {
  readonly symbol: string
  readonly shown: Shown
  readonly adjustment: Adjustment
  /** The first moment that must be loaded; undefined for the newest bars only. */
  readonly from: string | undefined
}

interface Window {
  readonly from: string
  readonly until: string
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** All bars between two moments. */
const readAll = async ({ adjustment, shown, symbol }: WantedBars, window: Window, signal: AbortSignal): Promise<Bar[]> => {
  const bars: Bar[] = []
  const { resample, stored: timeframe } = shown
  const query = { symbols: symbol, timeframe, adjustment, limit: 10_000, ...window, ...(resample ? { resample } : {}) }
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await api('GET /v1/market/bars', { query: { ...query, ...(cursor === undefined ? {} : { cursor }) }, signal })
    bars.push(...page.items)
    cursor = page.nextCursor
  }
  return bars
}

interface Loaded extends Window {
  readonly bars: readonly Bar[]
}

/** The windows, which are read newest first, as one list. A function that stays the same, so that the list does. */
const join = ({ pages }: InfiniteData<Loaded>) => ({ bars: pages.toReversed().flatMap(page => page.bars), loadedFrom: pages.at(-1)?.from })

/** The newest bars, and older ones window by window. Weeks and months are few: they are loaded at once, so that none is cut by a window. */
export const useBars = (wanted: WantedBars) => {
  const { adjustment, from, shown, symbol } = wanted
  const step = windowMilliseconds(shown)
  const first = Date.parse(shown.firstTime)
  const end = Date.parse(shown.lastTime) + 1
  const startBefore = (until: number): string => instant(shown.resample !== undefined || until - step < first ? first : until - step)
  const newest = startBefore(end)
  const { data, error, fetchNextPage, hasNextPage, isFetching, refetch } = useInfiniteQuery({
    queryKey: [...keyOf('GET /v1/market/bars', { symbol, shown, adjustment, from }), 'windows'],
    queryFn: async ({ pageParam, signal }): Promise<Loaded> => ({ ...pageParam, bars: await readAll(wanted, pageParam, signal) }),
    initialPageParam: { from: from !== undefined && from < newest ? from : newest, until: instant(end) },
    getNextPageParam: ({ from: loaded }) =>
      Date.parse(loaded) <= first ? undefined : { from: startBefore(Date.parse(loaded)), until: loaded },
    placeholderData: keepPreviousData,
    select: join,
    staleTime: 300_000,
  })
  return {
    bars: data?.bars,
    loadedFrom: data?.loadedFrom,
    error,
    retry: refetch,
    isFetching,
    loadOlder: hasNextPage && !isFetching ? () => void fetchNextPage() : undefined,
  }
}
