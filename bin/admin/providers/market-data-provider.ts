import type { Timeframe } from '../../../domain/market/index.ts'
export interface PriceRequest {
  readonly symbol: string
  readonly timeframe: Extract<Timeframe, '1d' | '1w' | '1mo'>
  /** First and last day. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** A source of prices. A provider that answers with the common price CSV only has to implement this. */
export interface MarketDataProvider {
  readonly name: string
  /** The prices of one symbol as CSV. @throws ProviderError if they cannot be fetched. */
  readonly fetchPrices: (request: PriceRequest) => Promise<string>
}

export class ProviderError extends Error {
  override readonly name = 'ProviderError'
}

export interface RetryOptions {
  readonly attempts?: number
  /** The wait before the second attempt. It doubles before each further attempt. */
  readonly firstWaitMs?: number
}

const waitFor = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))

/** The wait that a server requests (RFC 9110 Retry-After, in seconds), at most one minute. */
const askedWaitMs = (response: Response): number | undefined => {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? Math.min(seconds, 60) * 1000 : undefined
}

/**
 * Fetches text with GET. Retries after a longer wait each time if the network fails or the server answers 429 or 5xx.
 * @throws ProviderError with the reason of the last failure.
 */
export const fetchText = async (url: URL, { attempts = 4, firstWaitMs = 500 }: RetryOptions = {}): Promise<string> => {
  for (let attempt = 1; ; attempt += 1) {
    let reason: string
    let wait: number | undefined
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(30_000), headers: { accept: 'text/csv, text/plain' } })
      if (response.ok) return await response.text()
      reason = `${url.host} answered ${response.status}`
      if (response.status !== 429 && response.status < 500) throw new ProviderError(`${reason}.`)
      wait = askedWaitMs(response)
    } catch (error) {
      if (error instanceof ProviderError) throw error
      reason = `${url.host} could not be reached (${error instanceof Error ? error.message : String(error)})`
    }
    if (attempt === attempts) throw new ProviderError(`${reason}, ${attempts} times.`)
    await waitFor(wait ?? firstWaitMs * 2 ** (attempt - 1))
  }
}
