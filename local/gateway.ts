import { randomUUID } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { Problem } from '../lambdas/runtime/problem.ts'
import { logger } from '../lambdas/runtime/observability.ts'
import { bodyLimitBytes, type HttpEvent } from '../lambdas/runtime/request.ts'
import type { Route } from '../lambdas/runtime/route.ts'
import { toProblemResult } from '../lambdas/runtime/serve.ts'
import { apiEvent, lambdaContext } from './api-event.ts'
import { foreignMessages, listen } from './listener.ts'
import { loadMeter } from './request-meter.ts'
import { loadHandler } from './load-handler.ts'
import { BodyMemoryFull, BodyTooLarge, bodyMemory, ClientLeft, readBody } from './read-body.ts'
import { makeRouter } from './router.ts'
import { type TokenIssuer, tokenVerifier } from './tokens.ts'
import { webFiles } from './web-files.ts'

/** More requests than a browser or a script of one person sends at a time. Waiting would only make all of them slow. */
const requestsLimit = 300

/** For the bodies of all requests in progress. A body has at most a few megabytes. */
const bodyMemoryBytes = 64 * 1024 * 1024

/** Long enough for every request that is not stuck, short enough to wait for at Ctrl-C. */
const closeTimeoutMilliseconds = 5_000

type Handler = Awaited<ReturnType<typeof loadHandler<HttpEvent, APIGatewayProxyStructuredResultV2>>>

const loadRoute = (route: Route): Promise<Handler> => loadHandler<HttpEvent, APIGatewayProxyStructuredResultV2>(route)

export interface Gateway {
  readonly url: string
  /** Waits a few seconds for the requests in progress, then closes. */
  close(): Promise<void>
}

export interface GatewayOptions {
  readonly routes: readonly Route[]
  readonly userPool: TokenIssuer
  readonly port?: number
  /** The folder of the built web application. Left out: the API only. */
  readonly webFolder?: string | undefined
  /** Loads the handler of a route; default: from its source. */
  readonly load?: (route: Route) => Promise<Handler>
  /** The largest number of requests that are handled at a time; each further one is a 503. */
  readonly requestsLimit?: number
  /** The time in which a whole request must arrive. */
  readonly requestTimeoutMilliseconds?: number
}

const send = (
  response: ServerResponse,
  { body, cookies, headers, isBase64Encoded, statusCode }: APIGatewayProxyStructuredResultV2,
): void => {
  const bytes = body === undefined ? undefined : Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  response.writeHead(statusCode ?? 200, {
    ...(headers as Record<string, string> | undefined),
    ...(cookies ? { 'set-cookie': cookies } : {}),
    // Also of an answer to HEAD, which Node sends without its body.
    ...(bytes ? { 'content-length': bytes.length } : {}),
  })
  response.end(bytes)
}

/** The answer of a handler, or a 503 after the timeout of its function, as API Gateway answers then. The handler is not ended. */
const withinSeconds = async <Result>(timeoutSeconds: number, handling: Promise<Result>): Promise<Result> => {
  const { promise, reject } = Promise.withResolvers<never>()
  const fail = () => reject(new Problem('unavailable', `The request was not completed within ${timeoutSeconds} seconds.`))
  const timer = setTimeout(fail, timeoutSeconds * 1000)
  try {
    return await Promise.race([handling, promise])
  } finally {
    clearTimeout(timer)
  }
}

const clientFault = ({ code }: NodeJS.ErrnoException): Problem => {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem('headers-too-large', 'The headers are too large.')
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem('request-timeout', 'The request did not arrive completely in time.')
    default:
      return new Problem('invalid-request', 'This is not an HTTP request.')
  }
}

/** Answers bytes that are not a complete HTTP request. Node has no response object for them, so the answer is written to the socket. */
const refuseMalformed = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  const { body, headers, statusCode } = toProblemResult(clientFault(error), '', randomUUID())
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' })
  const head = [`HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}`, ...lines.map(([name, value]) => `${name}: ${value}`)]
  if (socket.writable) socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  else socket.destroy()
}

/**
 * The local stand-in for the HTTP API: the same routes, the same check of tokens (signature, issuer, client, expiry), the same events
 * to the same handlers. Unlike API Gateway, it answers its own refusals as problem documents too.
 */
export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const { load = loadRoute, port = 0, routes, userPool } = options
  const find = makeRouter(routes)
  const webFile = options.webFolder === undefined ? undefined : webFiles(options.webFolder)
  const meter = loadMeter(options.requestsLimit ?? requestsLimit)
  const memory = bodyMemory(bodyMemoryBytes)
  const verify = tokenVerifier(userPool)
  const handlers = new Map<string, Promise<Handler>>()
  const handlerOf = (route: Route): Promise<Handler> => {
    const loaded = handlers.get(route.id) ?? load(route)
    handlers.set(route.id, loaded)
    return loaded
  }

  const tooBusy = () =>
    new Problem('unavailable', 'The server has too many requests. Try again.', {
      headers: { 'retry-after': String(meter.retryAfterSeconds()) },
    })

  const readBodyOf = async (request: IncomingMessage, response: ServerResponse, { bulkBody }: Route): Promise<Buffer> => {
    const limitBytes = bulkBody?.limitBytes ?? bodyLimitBytes
    try {
      return await readBody(request, response, limitBytes, memory)
    } catch (error) {
      if (error instanceof BodyTooLarge) throw new Problem('payload-too-large', `A body may have at most ${limitBytes} bytes.`)
      throw error instanceof BodyMemoryFull ? tooBusy() : error
    }
  }

  /** What a request needs least is checked first, so that a refused one costs least. Only then is its body read. */
  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    requestId: string,
  ): Promise<APIGatewayProxyStructuredResultV2> => {
    if (meter.isFull()) throw tooBusy()
    const match = find(request.method ?? 'GET', path)
    if ('allowed' in match) {
      if (match.allowed.length === 0) {
        const isPage = ['GET', 'HEAD'].includes(request.method ?? '') && !path.startsWith('/v1/')
        const file = isPage ? await webFile?.(path) : undefined
        if (file) return file
        throw new Problem('not-found', 'There is no such route. See /docs.')
      }
      throw new Problem('method-not-allowed', `Method not allowed. Use ${match.allowed.join(' or ')}.`, {
        headers: { allow: match.allowed.join(', ') },
      })
    }
    const claims = match.route.access === 'public' ? undefined : await verify(request.headers.authorization)
    const body = await readBodyOf(request, response, match.route)
    // Clients that are slow to send do not count as requests in progress: they would keep the others out.
    if (meter.isFull()) throw tooBusy()
    meter.begin(response)
    const timeoutSeconds = match.route.timeoutSeconds ?? 29
    const context = lambdaContext(match.route.id.replace('/', '-'), requestId, timeoutSeconds)
    const handler = await handlerOf(match.route)
    return withinSeconds(timeoutSeconds, handler(apiEvent(request, body, match, requestId, claims), context))
  }

  const refuse = (response: ServerResponse, error: unknown, path: string, requestId: string): void => {
    if (error instanceof ClientLeft) return
    if (!(error instanceof Problem)) logger.error('the gateway failed', { error })
    const problem = error instanceof Problem ? error : new Problem('internal', 'The request could not be completed.')
    send(response, toProblemResult(problem, path, requestId))
  }

  /** The latest response on each connection. */
  const responses = new WeakMap<Duplex, ServerResponse>()
  const { server, url } = await listen({
    port,
    requestTimeoutMilliseconds: options.requestTimeoutMilliseconds,
    refuse: (response, foreign) => refuse(response, new Problem(foreign, foreignMessages[foreign]), '', randomUUID()),
    handle: (request, response) => {
      const requestId = randomUUID()
      const path = (request.url ?? '/').split('?')[0] ?? '/'
      responses.set(request.socket, response)
      answer(request, response, path, requestId)
        .then(result => send(response, result))
        .catch((error: unknown) => refuse(response, error, path, requestId))
    },
  })
  server.on('clientError', (error, socket) => {
    const response = responses.get(socket)
    // The request was refused before it had arrived: it has its answer.
    if (response?.headersSent && !response.req.complete) socket.destroy()
    else refuseMalformed(error, socket)
  })
  return {
    url,
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
