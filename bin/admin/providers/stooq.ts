import { fetchText, type MarketDataProvider, type PriceRequest, ProviderError, type RetryOptions } from './market-data-provider.ts'

const intervals = { '1d': 'd', '1w': 'w', '1mo': 'm' } as const

const urlOf = (base: string, { from, symbol, timeframe, to }: PriceRequest): URL => {
  const url = new URL('/q/d/l/', base)
  // At Stooq, American symbols end with their market; indices and currency pairs do not.
  url.searchParams.set('s', /^\^|[.=]/.test(symbol) ? symbol.toLowerCase() : `${symbol.toLowerCase()}.us`)
  url.searchParams.set('i', intervals[timeframe])
  if (from) url.searchParams.set('d1', from.replaceAll('-', ''))
  if (to) url.searchParams.set('d2', to.replaceAll('-', ''))
  return url
}

/** Stooq's download of daily, weekly and monthly prices (https://stooq.com/q/d/): Date,Open,High,Low,Close,Volume. */
export const stooq = ({
  baseUrl = 'https://stooq.com',
  ...retry
}: RetryOptions & { readonly baseUrl?: string } = {}): MarketDataProvider => ({
  name: 'stooq',
  fetchPrices: async request => {
    const text = await fetchText(urlOf(baseUrl, request), retry)
    if (!text.startsWith('Date,'))
      throw new ProviderError(`stooq has no prices of ${request.symbol}: ${text.slice(0, 80).trim() || 'an empty answer'}`)
    return text
  },
})
