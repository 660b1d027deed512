import { useQuery } from '@tanstack/react-query'
import type { ApiAnswer, ApiRequest } from '../../../lambdas/api-types.ts'
import { ApiProblem } from '../../client/problem.ts'
import { api } from '../../shell/api.ts'
import { refreshInterval } from '../lots/lot-data.ts'

const route = 'POST /v1/wealth/portfolios/{portfolioId}/rebalancing-proposals'

export type Rebalancing = ApiAnswer<typeof route>
export type RebalancingBody = ApiRequest<typeof route>['body']
export type Proposal = Rebalancing['proposals'][number]
export type Trade = Proposal['trades'][number]

/** Whether a request was refused because the tax lots are being calculated: it succeeds a moment later. */
export const isUnderWay = (error: unknown): boolean => error instanceof ApiProblem && error.code === 'lots-under-way'

/** The proposals for some settings. Those for the settings before stay while they are computed. Read anew on each visit: facts of the year can have changed. */
export const useRebalancing = (portfolioId: string, body: RebalancingBody) =>
  useQuery<Rebalancing>({
    queryKey: [route, portfolioId, body],
    queryFn: ({ signal }) => api(route, { params: { portfolioId }, body, signal }),
    placeholderData: earlier => earlier,
    refetchOnMount: 'always',
    refetchInterval: ({ state }) => (isUnderWay(state.error) ? refreshInterval : false),
  })
