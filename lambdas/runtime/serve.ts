import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import { databaseRoleFor } from '../../db/roles.ts'
import type { TransactionOptions } from '../../db/sessions.ts'
import { inTransaction, type RequestIdentity, type SignedInUser } from './database.ts'
import { readVariable } from './environment.ts'
import { exposedHeaders, readableByAll } from './cross-origin.ts'
import { isUnreachable, parsePart, toProblem } from './errors.ts'
import { entityTag, readIfMatch } from './etag.ts'
import { requireOwner } from './household-rights.ts'
import { once, readIdempotencyKey } from './idempotency.ts'
import { noteFailure, noteSlowness } from './noted-requests.ts'
import { beginLogging, countRequest, logger, traced } from './observability.ts'
import { type Phases, phasesOf, RepeatedRequest, type Transact } from './phases.ts'
import { fieldProblem, Problem } from './problem.ts'
import { recorderFor, recordNoted } from './record-events.ts'
import {
  bearerToken,
  type BulkBody,
  type Caller,
  header,
  type HttpEvent,
  ownCookie,
  readBulkBody,
  readCaller,
  readJsonBody,
  refuseUnstorable,
} from './request.ts'
import type { Route, RouteDeclaration } from './route.ts'
import { securityHeaders } from './security-headers.ts'
import { viewerAddressOf } from './viewer-address.ts'

const householdPath = z.object({ householdId: z.uuid() })

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
type Has<Declaration extends RouteDeclaration, Name extends Declaration['backends'][number]> = Name extends Declaration['backends'][number]
  ? true
  : false

/** The input of a handler: the parsed request, the caller, and one open transaction if its route has the database. */
export interface RequestContext<Declaration extends RouteDeclaration> {
  readonly params: Parsed<Declaration['params']>
  readonly query: Parsed<Declaration['query']>
  readonly body: Parsed<Declaration['body']>
  /** The body of a route that declares `bulkBody`. Throws 413, 415 or 400. */
  readonly bulkBody: () => BulkBody
  readonly transaction: Has<Declaration, 'database'> extends true
    ? Declaration extends { readonly transactions: 'phases' }
      ? undefined
      : Transaction
    : undefined
  /** The transactions of a route that declares `phases`. */
  readonly phases: Declaration extends { readonly transactions: 'phases' } ? Phases : undefined
  /** Null on a route that declares `phases`: each of its transactions has the user. */
  readonly user: Has<Declaration, 'database'> extends true
    ? Declaration extends { readonly access: 'public' } | { readonly transactions: 'phases' }
      ? null
      : SignedInUser
    : null
  readonly caller: Declaration['access'] extends 'public' ? null : Caller
  /** The version in If-Match; undefined when the caller sent `*` or the route does not require the header. */
  readonly expectedVersion: number | undefined
  /** The Idempotency-Key of a route that declares one. If the route has the database, `serve` handles it. */
  readonly idempotencyKey: string | undefined
  readonly request: RequestIdentity
  /** The caller's token, for calls to Cognito on their behalf. Throws 401 when there is none. */
  readonly accessToken: () => string
  /** The value of a header, by its name in lower case. */
  readonly header: (name: string) => string | undefined
  /** The value of a cookie, if there is one. Throws 403 when a page of another origin may have sent it. */
  readonly cookie: (name: string) => string | undefined
}

export interface Reply {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The body is the base64 of bytes that are no text. */
  readonly isBase64?: boolean
  /** Values of Set-Cookie. */
  readonly cookies?: readonly string[]
}

const versioned = (version: number | undefined): Record<string, string> => (version === undefined ? {} : { etag: entityTag(version) })

export const ok = (body: unknown, version?: number): Reply => ({ status: 200, body, headers: versioned(version) })
export const created = (body: unknown, location: string, version?: number): Reply => ({
  status: 201,
  body,
  headers: { location, ...versioned(version) },
})
/** The work goes on after the answer: `location` shows how far it is. */
export const accepted = (body: unknown, location: string, version?: number): Reply => ({
  status: 202,
  body,
  headers: { location, ...versioned(version) },
})
/** The client sends the same request, with the same body, to another route of this API. */
export const redirected = (location: string): Reply => ({ status: 307, headers: { location } })
export const noContent = (): Reply => ({ status: 204 })

const readBody = (route: RouteDeclaration, event: HttpEvent): unknown => {
  if (route.body) return parsePart(route.body, readJsonBody(event), 'body')
  if (!route.bulkBody && event.body) throw fieldProblem('invalid-request', [{ path: 'body', message: 'must be left out on this route' }])
  return undefined
}

/** Repeated query parameters of one name arrive joined by commas. No parameter of this API is a list, so the text is used unchanged. */
const parse = (route: RouteDeclaration, event: HttpEvent) => {
  if (route.params) refuseUnstorable(event.pathParameters, 'path')
  if (route.query) refuseUnstorable(event.queryStringParameters, 'query')
  return {
    params: route.params ? parsePart(route.params, event.pathParameters ?? {}, 'path') : undefined,
    query: route.query ? parsePart(route.query, event.queryStringParameters ?? {}, 'query') : undefined,
    body: readBody(route, event),
    expectedVersion: route.ifMatch ? readIfMatch(header(event, 'if-match')) : undefined,
    idempotencyKey: route.idempotency ? readIdempotencyKey(header(event, 'idempotency-key')) : undefined,
  }
}

const authorize = (route: Route, user: SignedInUser | null): void => {
  if (route.access === 'public') return
  if (!user?.isActive) throw new Problem('account-closed', 'This account is closed.')
  if (route.access === 'admin' && user.role !== 'admin')
    throw new Problem('administrator-required', 'Only administrators may make this request.')
}

/** The household that the path of a route for owners names. */
const householdOf = (params: unknown): string => householdPath.parse(params).householdId

/** A problem with a status that the route does not declare is a fault of the server, like a body outside its schema. */
const checkProblem = (route: Route, problem: Problem): Problem =>
  problem.status === 500 || problem.status in route.responses
    ? problem
    : toProblem(new Error(`${route.id} answered ${problem.status}, which it does not declare.`, { cause: problem }))

const checkReply = (route: Route, reply: Reply): void => {
  const declared = route.responses[reply.status]
  if (!declared) throw new Error(`${route.id} answered ${reply.status}, which it does not declare.`)
  if (declared.body) {
    const checked = declared.body.safeParse(reply.body)
    if (!checked.success) throw new Error(`${route.id} answered ${reply.status} with a body outside its schema: ${checked.error.message}`)
  }
}

const commonHeaders = (requestId: string) => ({ 'x-request-id': requestId, 'cache-control': 'no-store', ...securityHeaders() })

/** A header that is in no list would be invisible to the pages of other origins. */
const checkHeaders = (headers: object): void => {
  const known = new Set<string>([...exposedHeaders, ...readableByAll, ...Object.keys(securityHeaders())])
  const unknown = Object.keys(headers).filter(name => !known.has(name))
  if (unknown.length > 0) throw new Error(`An answer has headers that cross-origin.ts does not list: ${unknown.join(', ')}`)
}

const setting = (cookies: readonly string[] = []): { cookies?: string[] } => (cookies.length > 0 ? { cookies: [...cookies] } : {})

const toResult = (route: Route, reply: Reply, requestId: string): APIGatewayProxyStructuredResultV2 => {
  const headers = { ...commonHeaders(requestId), ...reply.headers }
  const answer = { statusCode: reply.status, headers, ...setting(reply.cookies) }
  if (reply.body === undefined) return answer
  const contentType = route.responses[reply.status]?.contentType ?? 'application/json'
  const body = typeof reply.body === 'string' && contentType !== 'application/json' ? reply.body : JSON.stringify(reply.body)
  return { ...answer, headers: { 'content-type': contentType, ...headers }, body, ...(reply.isBase64 ? { isBase64Encoded: true } : {}) }
}

/** The answer to a refused request, by a handler or by the local gateway. */
export const toProblemResult = (problem: Problem, instance: string, requestId: string) => ({
  statusCode: problem.status,
  headers: { 'content-type': 'application/problem+json', ...commonHeaders(requestId), ...problem.headers },
  ...setting(problem.cookies),
  body: JSON.stringify(problem.toDocument(instance, requestId)),
})

/** The reply of the first request with the same Idempotency-Key. */
const firstReply = (error: unknown): Reply => {
  if (error instanceof RepeatedRequest) return error.reply
  throw error
}

/**
 * Makes a Lambda handler from a route and its work. Parses the request by the route's schemas, runs `work` in one transaction on behalf
 * of the caller with the database role of the route's access, handles idempotency keys, and answers errors with problem+json. What all
 * handlers have in common belongs here.
 */
export const serve = <Declaration extends RouteDeclaration>(
  route: Route<Declaration>,
  work: (context: RequestContext<Declaration>) => Promise<Reply>,
) => {
  const answer = async (event: HttpEvent, request: RequestIdentity, caller: Caller | null): Promise<Reply> => {
    const given = {
      caller,
      request,
      accessToken: () => bearerToken(event),
      bulkBody: () => readBulkBody(event, route),
      header: (name: string) => header(event, name),
      cookie: (name: string) => ownCookie(event, name),
    }
    // Who is not an administrator learns nothing of what such a request must look like. For others, a database is not needed to refuse one.
    let known = route.access === 'admin' ? undefined : parse(route, event)
    const parsed = () => (known ??= parse(route, event))
    const respond = (transaction: Transaction | undefined, user: SignedInUser | null, phases?: Phases) =>
      work({ ...parsed(), ...given, transaction, user, phases } as unknown as RequestContext<Declaration>)
    if (!route.backends.includes('database')) return respond(undefined, null)
    const transact = <Result>(
      use: (transaction: Transaction, user: SignedInUser | null) => Promise<Result>,
      options: TransactionOptions = { snapshot: route.transactions === 'snapshot' },
    ) =>
      inTransaction(
        databaseRoleFor(route.access),
        request,
        async (transaction, user) => {
          authorize(route, user)
          if (route.ownersOnly) await requireOwner(transaction, householdOf(parsed().params), route.access === 'read' ? 'read' : 'write')
          return use(transaction, user)
        },
        options,
      )
    const keyed = () => {
      const { idempotencyKey, params } = parsed()
      if (idempotencyKey === undefined) return undefined
      return { route: route.id, key: idempotencyKey, content: { path: params ?? null, body: readJsonBody(event) ?? null } }
    }
    if (route.transactions === 'phases') {
      // Before the request is parsed.
      if (route.access === 'admin') await transact(async () => undefined)
      return respond(undefined, null, phasesOf(transact as Transact, keyed()))
    }
    return transact((transaction, user) => {
      const request = keyed()
      return request === undefined || user === null
        ? respond(transaction, user)
        : once(transaction, { ...request, userId: user.id }, () => respond(transaction, user))
    })
  }

  return async (event: HttpEvent, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    const startedAt = performance.now()
    const { requestId, http } = event.requestContext
    const viewerAddress = viewerAddressOf(event)
    beginLogging(context, { requestId, route: route.id })
    let result: APIGatewayProxyStructuredResultV2
    let failure: { readonly error: unknown; readonly problem: Problem } | undefined
    try {
      const caller = route.access === 'public' ? null : readCaller(event)
      const request = {
        ...(caller ? { subject: caller.subject, issuedAt: caller.issuedAt, sessionId: caller.sessionId } : {}),
        requestId,
        route: route.id,
        ipAddress: viewerAddress,
        userAgent: http.userAgent,
      }
      const reply = await traced(route.id, () => answer(event, request, caller).catch(firstReply))
      if (readVariable('RESPONSE_VALIDATION') === 'on') checkReply(route, reply)
      result = toResult(route, reply, requestId)
    } catch (error) {
      const found = toProblem(error)
      const problem = readVariable('RESPONSE_VALIDATION') === 'on' ? checkProblem(route, found) : found
      if (problem.status >= 500) logger.error('request failed', { error: problem.cause ?? error })
      result = toProblemResult(problem, http.path, requestId)
      failure = { problem, error }
    }
    if (readVariable('RESPONSE_VALIDATION') === 'on') checkHeaders(result.headers ?? {})
    const durationMs = performance.now() - startedAt
    countRequest(route.id, result.statusCode ?? 200, durationMs)
    // Behind a front, the access log of the API has addresses of CloudFront only.
    const viewer = viewerAddress === http.sourceIp ? {} : { viewerAddress }
    logger.info('request', { status: result.statusCode, durationMs: Math.round(durationMs * 10) / 10, ...viewer })
    if (failure) noteFailure(route, failure, durationMs)
    else noteSlowness(route, durationMs)
    // Another attempt to reach the database would only delay the answer.
    if (!isUnreachable(failure?.error)) await recordNoted(recorderFor(route.backends, databaseRoleFor(route.access)))
    return result
  }
}
