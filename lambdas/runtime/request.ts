import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { fieldProblem, Problem } from './problem.ts'
import type { RouteDeclaration } from './route.ts'
import { unstorable } from './storable.ts'

/** Largest size of a body; a larger one is a 413. The limit of API Gateway is 10 MB. */
export const bodyLimitBytes = 1_048_576

export type HttpEvent = APIGatewayProxyEventV2

/** Header names arrive in lower case from API Gateway's payload format 2.0. */
export const header = (event: HttpEvent, name: string): string | undefined => event.headers[name]

const utf8 = new TextDecoder('utf-8', { fatal: true })

const invalidBody = (message: string, cause: unknown) => fieldProblem('invalid-request', [{ path: 'body', message }], { cause })

const parseJson = (event: HttpEvent, body: string): unknown => {
  try {
    return JSON.parse(event.isBase64Encoded ? utf8.decode(Buffer.from(body, 'base64')) : body)
  } catch (cause) {
    throw invalidBody(`must be valid JSON in UTF-8${cause instanceof SyntaxError ? `: ${cause.message}` : ''}`, cause)
  }
}

const refuseTooLarge = (event: HttpEvent, body: string, limitBytes: number): void => {
  if (Buffer.byteLength(body, event.isBase64Encoded ? 'base64' : 'utf8') > limitBytes)
    throw new Problem('payload-too-large', `A body may have at most ${limitBytes} bytes.`)
}

const mediaTypeOf = (event: HttpEvent): string | undefined => header(event, 'content-type')?.split(';')[0]?.trim().toLowerCase()

export interface BulkBody {
  /** One of the media types that the route declares. */
  readonly mediaType: string
  /** Empty for a media type that is not text: then `bytes` has the content. */
  readonly text: string
  readonly bytes: Uint8Array
}

const isTextual = (mediaType: string): boolean => mediaType.startsWith('text/') || mediaType.endsWith('json')

/** The unchanged body in one of the declared media types. Throws 413, 415 or 400. */
export const readBulkBody = (event: HttpEvent, { bulkBody }: RouteDeclaration): BulkBody => {
  if (!bulkBody) throw new TypeError('This route declares no bulkBody.')
  const { limitBytes, mediaTypes } = bulkBody
  const { body = '' } = event
  refuseTooLarge(event, body, limitBytes)
  const mediaType = mediaTypeOf(event)
  if (mediaType === undefined || !mediaTypes.includes(mediaType)) {
    throw new Problem('unsupported-media-type', `Send ${mediaTypes.join(' or ')}, not ${mediaType ?? 'a body without Content-Type'}.`)
  }
  const bytes = Buffer.from(body, event.isBase64Encoded ? 'base64' : 'utf8')
  if (!isTextual(mediaType)) return { mediaType, text: '', bytes }
  try {
    return { mediaType, text: event.isBase64Encoded ? utf8.decode(bytes) : body, bytes }
  } catch (cause) {
    throw invalidBody('must be text in UTF-8', cause)
  }
}

/** The JSON value of a request's body. Throws 413, 415 or 400; `undefined` when there is no body. */
export const readJsonBody = (event: HttpEvent): unknown => {
  const { body } = event
  if (body === undefined || body === '') return undefined
  refuseTooLarge(event, body, bodyLimitBytes)
  const mediaType = mediaTypeOf(event)
  if (mediaType !== undefined && mediaType !== 'application/json' && !mediaType.endsWith('+json')) {
    throw new Problem('unsupported-media-type', `Send application/json, not ${mediaType}.`)
  }
  const value = parseJson(event, body)
  refuseUnstorable(value, 'body')
  return value
}

/** Throws a 400 that names each value that cannot be stored as it is. */
export const refuseUnstorable = (value: unknown, root: string): void => {
  const errors = unstorable(value, root)
  if (errors.length > 0) throw fieldProblem('invalid-request', errors)
}

/**
 * The value of a cookie. A browser sends cookies by itself, so they count only in requests of a page of the same origin, which no page can
 * pretend to be: browsers alone set Sec-Fetch-Site.
 * @throws Problem 403 for a cookie in any other request.
 */
export const ownCookie = (event: HttpEvent, name: string): string | undefined => {
  const value = event.cookies?.find(cookie => cookie.startsWith(`${name}=`))?.slice(name.length + 1)
  if (!value) return undefined
  if (header(event, 'sec-fetch-site') !== 'same-origin') {
    throw new Problem(
      'same-origin-required',
      'A cookie counts only in a request of a page of this origin (Sec-Fetch-Site: same-origin). Open the page at its own address.',
    )
  }
  return value
}

export interface Caller {
  /** Cognito's `sub`. */
  readonly subject: string
  /** The same for all requests of one sign-in. */
  readonly sessionId: string | undefined
  /** When the user signed in, in seconds since 1970. It stays the same when the token is refreshed. */
  readonly issuedAt: number | undefined
}

/**
 * The caller, from the claims that the gateway's authorizer has verified. Only access tokens are accepted: an ID token is for the
 * client only. Claims arrive as strings, lists as `[a b]`, so only scalars are read.
 */
export const readCaller = (event: HttpEvent): Caller => {
  const claims = (event.requestContext as { authorizer?: { jwt?: { claims?: Record<string, unknown> } } }).authorizer?.jwt?.claims
  const subject = claims?.['sub']
  const challenge = { headers: { 'www-authenticate': 'Bearer' } }
  if (typeof subject !== 'string' || subject === '')
    throw new Problem('sign-in-required', 'Send an access token: Authorization: Bearer <token>.', challenge)
  if (claims?.['token_use'] !== 'access')
    throw new Problem('sign-in-required', 'This is not an access token. Send the access token, not the ID token.', challenge)
  const session = claims['origin_jti'] ?? claims['jti']
  const issuedAt = Number(claims['auth_time'] ?? claims['iat'])
  return {
    subject,
    sessionId: typeof session === 'string' ? session : undefined,
    issuedAt: Number.isFinite(issuedAt) ? issuedAt : undefined,
  }
}

/** The raw access token, for calls to Cognito on behalf of the caller. */
export const bearerToken = (event: HttpEvent): string => {
  const token = /^Bearer (.+)$/i.exec(header(event, 'authorization') ?? '')?.[1]
  if (token === undefined)
    throw new Problem('sign-in-required', 'Send an access token: Authorization: Bearer <token>.', {
      headers: { 'www-authenticate': 'Bearer' },
    })
  return token
}
