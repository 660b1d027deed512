import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { Problem } from '../lambdas/runtime/problem.ts'
import { logger } from '../lambdas/runtime/observability.ts'
import type { HttpEvent } from '../lambdas/runtime/request.ts'
import type { Route } from '../lambdas/runtime/route.ts'
import { apiEvent, lambdaContext } from './api-event.ts'
import { loadHandler } from './load-handler.ts'
import { makeRouter } from './router.ts'

/** API Gateway's own limit. */
const payloadLimitBytes = 10 * 1024 * 1024

/** Long enough for every request that is not stuck, short enough to wait for at Ctrl-C. */
const closeTimeoutMilliseconds = 5_000

type Handler = Awaited<ReturnType<typeof loadHandler<HttpEvent, APIGatewayProxyStructuredResultV2>>>

export interface Gateway {
  readonly url: string
  /** Waits a few seconds for the requests in progress, then closes. */
  close(): Promise<void>
}

export interface GatewayOptions {
  readonly routes: readonly Route[]
  readonly userPool: { readonly issuer: string; readonly jwksUri: string; readonly clientId: string }
  readonly port?: number
}

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length
    if (sizeBytes <= payloadLimitBytes) chunks.push(chunk)
  }
  if (sizeBytes > payloadLimitBytes) throw new Problem('payload-too-large', `A body may have at most ${payloadLimitBytes} bytes.`)
  return Buffer.concat(chunks)
}

/** Whether the client closed the connection before it had sent the whole request. No one waits for an answer then. */
const hasLeft = (request: IncomingMessage): boolean => request.destroyed && !request.complete

const send = (response: ServerResponse, result: APIGatewayProxyStructuredResultV2): void => {
  response.writeHead(result.statusCode ?? 200, result.headers as Record<string, string> | undefined)
  response.end(result.body === undefined ? undefined : Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8'))
}

const sendProblem = (response: ServerResponse, problem: Problem, path: string, requestId: string): void =>
  send(response, {
    statusCode: problem.status,
    headers: { 'content-type': 'application/problem+json', 'x-request-id': requestId, ...problem.headers },
    body: JSON.stringify(problem.toDocument(path, requestId)),
  })

/** The answer of a handler, or a 503 after the timeout of its function, as API Gateway answers then. The handler is not ended. */
export const withinSeconds = async <Result>(timeoutSeconds: number, handling: Promise<Result>): Promise<Result> => {
  const { promise, reject } = Promise.withResolvers<never>()
  const fail = () => reject(new Problem('unavailable', `The request was not completed within ${timeoutSeconds} seconds.`))
  const timer = setTimeout(fail, timeoutSeconds * 1000)
  try {
    return await Promise.race([handling, promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Answers bytes that are not an HTTP request. Node has no response object for them, so the answer is written to the socket. */
const refuseMalformed = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW'
  const problem = tooLarge
    ? new Problem('headers-too-large', 'The headers are too large.')
    : new Problem('invalid-request', 'This is not an HTTP request.')
  const requestId = randomUUID()
  const body = JSON.stringify(problem.toDocument('', requestId))
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
  ]
  if (socket.writable) socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  else socket.destroy()
}

/**
 * The local stand-in for the HTTP API: the same routes, the same check of tokens (signature, issuer, client, expiry), the same events
 * to the same handlers. Unlike API Gateway, it answers its own refusals as problem documents too.
 */
export const startGateway = async ({ port = 0, routes, userPool }: GatewayOptions): Promise<Gateway> => {
  const find = makeRouter(routes)
  const keys = createRemoteJWKSet(new URL(userPool.jwksUri))
  const handlers = new Map<string, Promise<Handler>>()
  const handlerOf = (route: Route): Promise<Handler> => {
    const loaded = handlers.get(route.id) ?? loadHandler<HttpEvent, APIGatewayProxyStructuredResultV2>(route)
    handlers.set(route.id, loaded)
    return loaded
  }

  const verify = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    const challenge = { headers: { 'www-authenticate': 'Bearer' } }
    if (token === undefined) throw new Problem('sign-in-required', 'Send an access token: Authorization: Bearer <token>.', challenge)
    try {
      const { payload } = await jwtVerify(token, keys, { issuer: userPool.issuer, algorithms: ['RS256'] })
      const audience = payload.aud ?? payload['client_id']
      if (audience === userPool.clientId) return payload
    } catch (cause) {
      const expired = cause instanceof Error && 'code' in cause && cause.code === 'ERR_JWT_EXPIRED'
      throw new Problem('sign-in-required', expired ? 'The access token has expired. Refresh it.' : 'The access token is not valid.', {
        ...challenge,
        cause,
      })
    }
    throw new Problem('sign-in-required', 'The access token is for another client.', challenge)
  }

  const answer = async (request: IncomingMessage, path: string, requestId: string): Promise<APIGatewayProxyStructuredResultV2> => {
    const body = await readBody(request)
    const match = find(request.method ?? 'GET', path)
    if ('allowed' in match) {
      if (match.allowed.length === 0) throw new Problem('not-found', 'There is no such route. See /docs.')
      throw new Problem('method-not-allowed', `Method not allowed. Use ${match.allowed.join(' or ')}.`, {
        headers: { allow: match.allowed.join(', ') },
      })
    }
    const claims = match.route.access === 'public' ? undefined : await verify(request)
    const timeoutSeconds = match.route.timeoutSeconds ?? 29
    const context = lambdaContext(match.route.id.replace('/', '-'), requestId, timeoutSeconds)
    const handler = await handlerOf(match.route)
    return withinSeconds(timeoutSeconds, handler(apiEvent(request, body, match, requestId, claims), context))
  }

  const server = createServer((request, response) => {
    const requestId = randomUUID()
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    answer(request, path, requestId).then(
      result => send(response, result),
      (error: unknown) => {
        if (hasLeft(request)) return
        if (!(error instanceof Problem)) logger.error('the gateway failed', { error })
        sendProblem(
          response,
          error instanceof Problem ? error : new Problem('internal', 'The request could not be completed.'),
          path,
          requestId,
        )
      },
    )
  })
  server.on('clientError', refuseMalformed)
  await new Promise<void>((fulfil, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', fulfil)
  })
  const address = server.address()
  const actualPort = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://127.0.0.1:${actualPort}`,
    close: () =>
      new Promise<void>(fulfil => {
        const impatience = setTimeout(() => server.closeAllConnections(), closeTimeoutMilliseconds)
        server.close(() => {
          clearTimeout(impatience)
          fulfil()
        })
        server.closeIdleConnections()
      }),
  }
}
