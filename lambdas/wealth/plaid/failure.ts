import * as z from 'zod'
import { Problem } from '../../runtime/problem.ts'

/** A request that Plaid did not fulfil. It has nothing of the request, which holds secrets. */
export class PlaidFailure extends Error {
  override readonly name = 'PlaidFailure'
  /** Plaid's `error_code`, or `UNREACHABLE`. */
  readonly code: string
  /** Plaid's `error_type`. */
  readonly type: string
  /** Plaid's own words for the person. */
  readonly display: string | null
  readonly retryAfterSeconds: number | null

  constructor(code: string, type: string, display: string | null = null, retryAfterSeconds: number | null = null) {
    super(`Plaid: ${type} ${code}`)
    this.code = code
    this.type = type
    this.display = display
    this.retryAfterSeconds = retryAfterSeconds
  }
}

const answered = z.object({
  response: z.object({
    data: z.object({ error_code: z.string(), error_type: z.string(), display_message: z.string().nullish() }),
    headers: z.looseObject({ 'retry-after': z.coerce.number().optional().catch(undefined) }).optional(),
  }),
})

/** The failure of a request. The error of the HTTP client is dropped: it holds the access token and the secret. */
export const failureOf = (error: unknown): PlaidFailure => {
  const read = answered.safeParse(error)
  if (!read.success) return new PlaidFailure('UNREACHABLE', 'NETWORK')
  const { data, headers } = read.data.response
  return new PlaidFailure(data.error_code, data.error_type, data.display_message || null, headers?.['retry-after'] ?? null)
}

/** The answer of a request to Plaid. @throws PlaidFailure */
export const ask = async <Body>(call: Promise<{ readonly data: Body }>): Promise<Body> => {
  try {
    return (await call).data
  } catch (error) {
    throw failureOf(error)
  }
}

/** What the person ends by signing in at the institution again. @see https://plaid.com/docs/errors/item */
const signInCodes = new Set([
  'ITEM_LOGIN_REQUIRED',
  'PENDING_EXPIRATION',
  'PENDING_DISCONNECT',
  'INVALID_CREDENTIALS',
  'INVALID_MFA',
  'INVALID_SEND_METHOD',
  'INVALID_UPDATED_USERNAME',
  'INSUFFICIENT_CREDENTIALS',
  'ITEM_LOCKED',
  'USER_SETUP_REQUIRED',
  'USER_INPUT_TIMEOUT',
  'ACCESS_NOT_GRANTED',
  'MFA_NOT_SUPPORTED',
  'NO_ACCOUNTS',
])

const ownWords = ({ code, type }: Pick<PlaidFailure, 'code' | 'type'>): string => {
  if (signInCodes.has(code)) return 'The institution asks you to sign in again.'
  if (type === 'INSTITUTION_ERROR') return 'The institution does not answer at the moment.'
  if (type === 'RATE_LIMIT_EXCEEDED') return 'There were too many requests. The next one waits.'
  return 'The accounts could not be read. It is tried again by itself.'
}

/** How a failure is stored with its connection. */
export const describeFailure = (
  failure: Pick<PlaidFailure, 'code' | 'display' | 'type'> & { readonly retryAfterSeconds?: number | null },
) => ({
  status: signInCodes.has(failure.code) ? 'sign-in-required' : 'failed',
  code: failure.code,
  message: (failure.display ?? ownWords(failure)).slice(0, 500),
  retryAfterSeconds: failure.retryAfterSeconds ?? null,
})

/** The problem of a request that needed Plaid. */
export const problemOf = (failure: PlaidFailure): Problem => {
  const wait = { 'retry-after': String(failure.retryAfterSeconds ?? 60) }
  if (signInCodes.has(failure.code)) return new Problem('institution-sign-in-required', ownWords(failure))
  if (failure.type === 'RATE_LIMIT_EXCEEDED') return new Problem('plaid-limit', ownWords(failure), { headers: wait })
  return new Problem('plaid-unavailable', failure.display ?? 'Plaid or the institution does not answer at the moment.', { headers: wait })
}

/** Makes problems of the failures of Plaid in a request. */
export const forCaller = async <Result>(work: Promise<Result>): Promise<Result> => {
  try {
    return await work
  } catch (error) {
    throw error instanceof PlaidFailure ? problemOf(error) : error
  }
}
