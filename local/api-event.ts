import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { APIGatewayProxyEventV2WithJWTAuthorizer, Context } from 'aws-lambda'
import type { Route } from '../lambdas/runtime/route.ts'

export interface Match {
  readonly route: Route
  /** Decoded path parameters by name. */
  readonly params: Record<string, string>
}

/** API Gateway passes every claim as a string, and a list as `[a b]`. */
const claimText = (value: unknown): string => (Array.isArray(value) ? `[${value.join(' ')}]` : String(value))

const isText = (contentType: string | undefined) =>
  contentType === undefined || /^(text\/|application\/(.+\+)?(json|xml|javascript|x-www-form-urlencoded))/i.test(contentType)

/**
 * The event that an HTTP API passes to a function for a request: payload format 2.0, with the claims of a verified token.
 * Source: API Gateway developer guide, "Working with AWS Lambda proxy integrations for HTTP APIs".
 */
export const apiEvent = (
  request: IncomingMessage,
  body: Buffer,
  match: Match,
  requestId: string,
  claims: Record<string, unknown> | undefined,
): APIGatewayProxyEventV2WithJWTAuthorizer => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const query: Record<string, string> = {}
  for (const [name, value] of url.searchParams) query[name] = name in query ? `${query[name]},${value}` : value
  // As in AWS, cookies are not among the headers.
  const { cookie, ...others } = request.headers
  const headers = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]),
  )
  const text = isText(headers['content-type']) && isUtf8(body)
  const now = new Date()
  const { method = 'GET' } = request
  return {
    version: '2.0',
    routeKey: `${match.route.method} ${match.route.path}`,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie ? { cookies: cookie.split(/;\s*/) } : {}),
    headers,
    ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
    ...(Object.keys(match.params).length > 0 ? { pathParameters: match.params } : {}),
    requestContext: {
      accountId: 'local',
      apiId: 'local',
      authorizer: {
        principalId: '',
        integrationLatency: 0,
        jwt: { claims: Object.fromEntries(Object.entries(claims ?? {}).map(([name, value]) => [name, claimText(value)])), scopes: [] },
      },
      domainName: headers['host'] ?? 'localhost',
      domainPrefix: 'localhost',
      http: {
        method,
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: `${match.route.method} ${match.route.path}`,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 ? { body: body.toString(text ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.length > 0 && !text,
  }
}

/** The context of an invocation, with the fields that this platform's functions use. */
export const lambdaContext = (functionName: string, requestId: string, timeoutSeconds: number): Context => {
  const deadline = performance.now() + timeoutSeconds * 1000
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    awsRequestId: requestId,
    logGroupName: functionName,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  }
}
