import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { Problem } from './problem.ts'

/** What a body may weigh; above it 413. API Gateway itself stops at 10 MB. */
export const bodyLimitBytes = 1_048_576

export type HttpEvent = APIGatewayProxyEventV2

/** Header names arrive in lower case from API Gateway's payload format 2.0. */
export const header = (event: HttpEvent, name: string): string | undefined => event.headers[name]

/** The JSON value of a request's body. Throws 413, 415 or 400; `undefined` when there is no body. */
export const readJsonBody = (event: HttpEvent): unknown => {
  if (event.body === undefined || event.body === '') return undefined
  const text = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString('utf8') : event.body
  if (Buffer.byteLength(text) > bodyLimitBytes) throw new Problem(413, `A body may have at most ${bodyLimitBytes} bytes.`)
  const mediaType = header(event, 'content-type')?.split(';')[0]?.trim().toLowerCase()
  if (mediaType !== undefined && mediaType !== 'application/json' && !mediaType.endsWith('+json')) {
    throw new Problem(415, `Send application/json; this was ${mediaType}.`)
  }
  // PostgreSQL stores no NUL in text, in whatever spelling it comes.
  if (text.includes('\\u0000') || text.includes('\0'))
    throw new Problem(400, 'The body contains the character U+0000, which cannot be stored.')
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Problem(400, 'The body is not valid JSON.', {
      cause,
      errors: [{ path: 'body', message: cause instanceof Error ? cause.message : 'not JSON' }],
    })
  }
}

export interface Caller {
  /** Cognito's `sub`. */
  readonly subject: string
  /** The token's own id, which ties the requests of one sign-in together. */
  readonly sessionId: string | undefined
}

/**
 * Who calls, from the claims that the gateway's authorizer has verified. Only access tokens count: an ID token is for the
 * client's eyes. Claims arrive as strings, lists as `[a b]`, so nothing but scalars is read from them.
 */
export const readCaller = (event: HttpEvent): Caller => {
  const claims = (event.requestContext as { authorizer?: { jwt?: { claims?: Record<string, unknown> } } }).authorizer?.jwt?.claims
  const subject = claims?.['sub']
  const challenge = { headers: { 'www-authenticate': 'Bearer' } }
  if (typeof subject !== 'string' || subject === '')
    throw new Problem(401, 'Send an access token: Authorization: Bearer <token>.', challenge)
  if (claims?.['token_use'] !== 'access')
    throw new Problem(401, 'This is not an access token. Send the access token, not the ID token.', challenge)
  const session = claims['origin_jti'] ?? claims['jti']
  return { subject, sessionId: typeof session === 'string' ? session : undefined }
}

/** The raw access token, for calls to Cognito in the caller's own name. */
export const bearerToken = (event: HttpEvent): string => {
  const token = /^Bearer (.+)$/i.exec(header(event, 'authorization') ?? '')?.[1]
  if (token === undefined)
    throw new Problem(401, 'Send an access token: Authorization: Bearer <token>.', { headers: { 'www-authenticate': 'Bearer' } })
  return token
}
