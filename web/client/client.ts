import type { ApiAnswer, ApiRequest, ApiRoute } from '../../lambdas/api-types.ts'
import { ApiProblem, readProblem } from './problem.ts'

/** The parts of a request, as they are known when the route is. */
interface Parts {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly text?: string | Uint8Array<ArrayBuffer>
  readonly mediaType?: string
  readonly ifMatch?: number | string
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

export interface ApiReply<Body> {
  readonly body: Body
  readonly status: number
  /** The version of the resource, for `ifMatch` of a change. */
  readonly etag: string | undefined
  /** The query of the next page, if the answer has a `Link` to one (RFC 8288). */
  readonly next: URLSearchParams | undefined
}

export interface ClientOptions {
  /** The address of the API. Left out: that of the page. */
  readonly url?: string
  /** The access token of a request; undefined for none. */
  readonly accessToken?: () => Promise<string | undefined> | string | undefined
  /** Sends a request; `fetch` when left out. */
  readonly send?: (url: string, init: RequestInit) => Promise<Response>
}

/** The arguments after the route: left out where the route needs nothing. */
type Arguments<Key extends ApiRoute> =
  Partial<ApiRequest<Key>> extends ApiRequest<Key> ? [request?: ApiRequest<Key>] : [request: ApiRequest<Key>]

export interface Client {
  /**
   * Sends a request, and returns the body of its answer.
   * @throws ApiProblem if the answer is not a success, TypeError if there is no answer.
   */
  <Key extends ApiRoute>(route: Key, ...request: Arguments<Key>): Promise<ApiAnswer<Key>>
  /** As above, and returns the status and the version with the body. */
  reply<Key extends ApiRoute>(route: Key, ...request: Arguments<Key>): Promise<ApiReply<ApiAnswer<Key>>>
}

const queryText = (query: Parts['query']): string => {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()}`
}

/** The address of a request: `{planId}` in the path is replaced by the parameter. */
const addressOf = (path: string, { params = {}, query }: Parts): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? '')) + queryText(query)

/** The ETag of a version, as the API writes it. */
const entityTag = (version: number | string): string => (typeof version === 'number' ? `"v${version}"` : version)

const initOf = (
  method: string,
  { body, idempotencyKey, ifMatch, mediaType, signal, text }: Parts,
  token: string | undefined,
): RequestInit => ({
  method,
  headers: {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(mediaType === undefined ? {} : { 'content-type': mediaType }),
    ...(ifMatch === undefined ? {} : { 'if-match': entityTag(ifMatch) }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  ...(text === undefined ? {} : { body: text }),
  ...(signal ? { signal } : {}),
})

const nextOf = (link: string | null): URLSearchParams | undefined => {
  const query = /<[^>?]*\?([^>]*)>;\s*rel="next"/.exec(link ?? '')?.[1]
  return query === undefined ? undefined : new URLSearchParams(query)
}

const bodyOf = async (response: Response): Promise<unknown> => {
  if (response.headers.get('content-type') === 'application/pdf') return response.blob()
  const text = await response.text()
  if (text === '') return undefined
  return /[/+]json\b/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text
}

/**
 * A typed client of the API for browsers and Node. The compiler refuses an unknown route, a missing parameter or a wrong field, from the
 * same route tables that the server checks requests with.
 */
export const apiClient = ({ accessToken, send = fetch, url = '' }: ClientOptions = {}): Client => {
  const reply = async (route: string, parts: Parts = {}): Promise<ApiReply<unknown>> => {
    const [method = '', path = ''] = route.split(' ')
    const response = await send(`${url}${addressOf(path, parts)}`, initOf(method, parts, await accessToken?.()))
    if (!response.ok) throw new ApiProblem(await readProblem(response))
    const { headers, status } = response
    return { body: await bodyOf(response), status, etag: headers.get('etag') ?? undefined, next: nextOf(headers.get('link')) }
  }
  const client = async (route: string, parts?: Parts) => (await reply(route, parts)).body
  return Object.assign(client, { reply }) as Client
}
