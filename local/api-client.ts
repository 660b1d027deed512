export interface ApiAnswer<Body> {
  readonly status: number
  readonly body: Body
  readonly headers: Headers
}

/** An answer that is not 2xx, with its body. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal'
  readonly status: number

  constructor(request: string, status: number, text: string) {
    super(`${request} answered ${status}: ${text}`)
    this.status = status
  }
}

/** A small client of the platform's own HTTP API. Throws an ApiRefusal on any answer that is not 2xx. */
export const apiClient = (url: string, accessToken?: string) => {
  const call = async <Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer<Body>> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new ApiRefusal(`${method} ${path}`, response.status, text)
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body, headers: response.headers }
  }
  return {
    get: async <Body>(path: string) => (await call<Body>('GET', path)).body,
    post: async <Body>(path: string, body?: unknown, headers?: Record<string, string>) =>
      (await call<Body>('POST', path, body, headers)).body,
    call,
  }
}

export type ApiClient = ReturnType<typeof apiClient>
