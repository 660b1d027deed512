import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline/promises'

const setting = (name: string): string => {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`Set ${name}.`)
  return value
}

const url = process.env['NESTEGG_URL'] ?? 'http://localhost:3000'
let token: string | undefined

/** An answer that is not a success, as a problem document (RFC 9457). */
class RequestError extends Error {
  readonly status: number

  constructor(request: string, status: number, text: string) {
    super(`${request} answered ${status}: ${text}`)
    this.status = status
  }
}

/** Sends a request with the token, and returns the parsed body. A text body is sent as CSV, any other as JSON. */
export const request = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': typeof body === 'string' ? 'text/csv' : 'application/json' }),
      // A request that is sent again with the same key takes effect once.
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new RequestError(`${method} ${path}`, response.status, text)
  return (text === '' ? undefined : JSON.parse(text)) as Body
}

interface SignInResult {
  readonly tokens: { readonly accessToken: string } | null
}

const createSession = async (credentials: object): Promise<void> => {
  const { tokens } = await request<SignInResult>('POST', '/v1/identity/sessions', credentials)
  if (!tokens) throw new Error('This user has an authenticator app. Use a user without one for the examples.')
  token = tokens.accessToken
}

const signUp = async (credentials: { readonly email: string }): Promise<void> => {
  await request('POST', '/v1/identity/sign-ups', credentials)
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const code = await terminal.question(`The code that was sent to ${credentials.email}: `)
  terminal.close()
  await request('POST', '/v1/identity/sign-ups/confirmations', { email: credentials.email, code: code.trim() })
}

/** Signs in as NESTEGG_EMAIL with NESTEGG_PASSWORD, and signs up first if there is no such user. */
export const signIn = async (): Promise<void> => {
  const credentials = { email: setting('NESTEGG_EMAIL'), password: setting('NESTEGG_PASSWORD') }
  try {
    await createSession(credentials)
  } catch (error) {
    if (!(error instanceof RequestError) || error.status !== 401) throw error
    await signUp(credentials)
    await createSession(credentials)
  }
}
