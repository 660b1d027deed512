import type { ApiAnswer, ApiItem, ApiRequest } from '../../../lambdas/api-types.ts'
import { api, refreshQueries, useApi } from '../../shell/api.ts'

export type Portfolio = ApiItem<'GET /v1/wealth/portfolios'>
export type Holdings = ApiAnswer<'GET /v1/wealth/portfolios/{portfolioId}/holdings'>
export type Holding = Holdings['items'][number]
export type AllocationPart = Holdings['allocation'][number]
export type PortfolioPatch = ApiRequest<'PATCH /v1/wealth/portfolios/{portfolioId}'>['body']
type PortfolioBody = ApiRequest<'POST /v1/wealth/portfolios'>['body']

export const portfolioPath = (portfolioId: string): string => `/portfolios/${portfolioId}`

/** Reads again what shows portfolios. */
export const refreshPortfolios = (): Promise<void> =>
  refreshQueries(
    'GET /v1/wealth/portfolios',
    'GET /v1/wealth/portfolios/{portfolioId}',
    'GET /v1/wealth/portfolios/{portfolioId}/holdings',
    'GET /v1/wealth/portfolios/{portfolioId}/versions',
    'GET /v1/wealth/portfolios/{portfolioId}/differences',
  )

/** The portfolios of a household, by name. They are not read before the household is known. */
export const usePortfolios = (householdId: string | undefined) =>
  useApi(
    'GET /v1/wealth/portfolios',
    { query: { householdId: householdId ?? '', limit: 200, sort: 'name' } },
    { enabled: householdId !== undefined },
  )

/** The holdings of a portfolio on a day, by default today. Those of the day before stay while another day is read. */
export const useHoldings = (portfolioId: string, date = '') =>
  useApi(
    'GET /v1/wealth/portfolios/{portfolioId}/holdings',
    { params: { portfolioId }, query: date === '' ? {} : { date } },
    { placeholderData: earlier => earlier },
  )

export const readPortfolio = (portfolioId: string): Promise<Portfolio> =>
  api('GET /v1/wealth/portfolios/{portfolioId}', { params: { portfolioId } })

export const createPortfolio = async (body: PortfolioBody, idempotencyKey?: string): Promise<Portfolio> => {
  const stored = await api('POST /v1/wealth/portfolios', { body, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) })
  await refreshPortfolios()
  return stored
}

export const patchPortfolio = async (portfolioId: string, body: PortfolioPatch, ifMatch: number): Promise<Portfolio> => {
  const stored = await api('PATCH /v1/wealth/portfolios/{portfolioId}', { params: { portfolioId }, body, ifMatch })
  await refreshPortfolios()
  return stored
}

export const destroyPortfolio = async (portfolioId: string, ifMatch: number): Promise<void> => {
  await api('DELETE /v1/wealth/portfolios/{portfolioId}', { params: { portfolioId }, ifMatch })
  await refreshPortfolios()
}

/** The settings of a portfolio, as a request writes them. */
export const settingsOf = (portfolio: Portfolio) => ({
  name: portfolio.name,
  description: portfolio.description,
  currency: portfolio.currency,
  accountIds: portfolio.accountIds,
  targetKind: portfolio.targetKind,
  targetAllocation: portfolio.targetAllocation,
  portfolioModelId: portfolio.portfolioModelId,
  rebalancing: portfolio.rebalancing,
  benchmarkId: portfolio.benchmarkId,
})

/** Marks a portfolio as the one that is shown first, whatever its version is now. */
export const makeDefault = async (portfolioId: string): Promise<unknown> =>
  patchPortfolio(portfolioId, { isDefault: true }, (await readPortfolio(portfolioId)).version)

/** Whether the keys of the parts of an allocation are symbols. */
export const isByInstrument = ({ targetKind }: Pick<Portfolio, 'targetKind'>): boolean => targetKind === 'instrument'
