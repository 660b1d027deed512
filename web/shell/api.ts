import { QueryClient, type QueryKey, useQuery, type UseQueryOptions } from '@tanstack/react-query'
import type { ApiAnswer, ApiRequest, ApiRoute } from '../../lambdas/api-types.ts'
import { apiClient } from '../client/client.ts'
import { patientFetch } from './connection.ts'
import { accessToken } from './session.ts'

/** Sends a request again with a new token after a 401: the session was ended elsewhere, or its token has just expired. */
const sendInSession = async (url: string, init: RequestInit): Promise<Response> => {
  const response = await patientFetch(url, init)
  if (response.status !== 401) return response
  const headers = init.headers as Record<string, string>
  const token = await accessToken(headers['authorization']?.replace('Bearer ', ''))
  return patientFetch(url, { ...init, headers: { ...headers, authorization: `Bearer ${token}` } })
}

/** The API, as the signed-in person. */
export const api = apiClient({ accessToken: () => accessToken(), send: sendInSession })

/** What the server has said. Repeating a request is the work of `patientFetch`, so a query that fails has failed. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: 30_000, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})

type GetRoute = Extract<ApiRoute, `GET ${string}`>
type RequestOf<Route extends GetRoute> = Omit<ApiRequest<Route>, 'signal'>
type Options<Answer> = Pick<UseQueryOptions<Answer>, 'enabled' | 'refetchInterval' | 'placeholderData' | 'staleTime' | 'gcTime'>
type Arguments<Route extends GetRoute> =
  Partial<RequestOf<Route>> extends RequestOf<Route>
    ? [request?: RequestOf<Route>, options?: Options<ApiAnswer<Route>>]
    : [request: RequestOf<Route>, options?: Options<ApiAnswer<Route>>]

/** The key under which the answer of a GET is kept. The route alone is the start of the keys of all its requests. */
export const keyOf = (route: GetRoute, request: object = {}): QueryKey => [route, request]

/** The answer of a GET, kept and refreshed. */
export const useApi = <Route extends GetRoute>(route: Route, ...[request, options]: Arguments<Route>) =>
  useQuery<ApiAnswer<Route>>({
    queryKey: keyOf(route, request),
    // The compiler cannot see that a route with an optional request takes one.
    queryFn: ({ signal }) => (api as (route: string, request: object) => Promise<ApiAnswer<Route>>)(route, { ...request, signal }),
    ...options,
  })

/** Reads again what these routes have answered, on every page that shows it. */
export const refreshQueries = (...routes: readonly GetRoute[]): Promise<void> =>
  Promise.all(routes.map(route => queries.invalidateQueries({ queryKey: [route] }))).then(() => undefined)
