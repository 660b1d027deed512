import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'

/**
 * A whole request must arrive in this time. It is longer than this process is ever busy, because the requests that arrive meanwhile are
 * read later.
 */
const requestMilliseconds = 30_000

/**
 * A connection without traffic for this time is closed. No request takes so long, so its client has stopped reading. Between requests, a client
 * seldom sends at the very moment of closing.
 */
const silenceMilliseconds = 60_000

/** Why a request is not for this listener: a page of another site sent it, or reached this address under another name (DNS rebinding). */
export type Foreign = 'foreign-host' | 'foreign-origin'

export interface ListenerOptions {
  /** 0: any free port. */
  readonly port: number
  readonly handle: RequestListener
  /** Answers a foreign request. Default: the status and a message as JSON. */
  readonly refuse?: (response: ServerResponse, foreign: Foreign) => void
  readonly requestTimeoutMilliseconds?: number | undefined
}

export interface Listener {
  readonly server: Server
  readonly port: number
  readonly url: string
}

/** The addresses of this machine as a client writes them: without the port if it is that of HTTP. */
export const ownOrigins = (port: number): readonly string[] =>
  ['127.0.0.1', 'localhost'].map(name => new URL(`http://${name}:${port}`).origin)

const foreignTo = (own: readonly string[], { headers: { host, origin } }: IncomingMessage): Foreign | undefined => {
  if (host === undefined || !own.includes(`http://${host.toLowerCase().replace(/:80$/, '')}`)) return 'foreign-host'
  return origin === undefined || own.includes(origin) ? undefined : 'foreign-origin'
}

export const foreignMessages: Readonly<Record<Foreign, string>> = {
  'foreign-host': 'The Host header must name this server: 127.0.0.1 or localhost, with its port.',
  'foreign-origin': 'Pages of another origin may not send requests to this server.',
}

const refuseAsJson = (response: ServerResponse, foreign: Foreign): void => {
  response.writeHead(foreign === 'foreign-host' ? 421 : 403, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ message: foreignMessages[foreign] }))
}

/**
 * Starts an HTTP server on the loopback address, which other machines cannot reach. Web pages that the user visits can, so it refuses each
 * request whose Host or Origin is foreign. Slow clients are ended by time limits.
 * @throws an error with the code EADDRINUSE if the port is in use.
 */
export const listen = async (options: ListenerOptions): Promise<Listener> => {
  const { handle, port, refuse = refuseAsJson, requestTimeoutMilliseconds = requestMilliseconds } = options
  const own = { origins: ownOrigins(port) }
  const answer: RequestListener = (request, response) => {
    const foreign = foreignTo(own.origins, request)
    if (foreign) refuse(response, foreign)
    else handle(request, response)
  }
  const server = createServer({
    requestTimeout: requestTimeoutMilliseconds,
    headersTimeout: requestTimeoutMilliseconds,
    keepAliveTimeout: silenceMilliseconds,
    connectionsCheckingInterval: Math.min(1_000, requestTimeoutMilliseconds / 4),
  })
  server.timeout = silenceMilliseconds
  server.on('request', answer)
  // `readBody` asks for a body that its client offers to hold back, after all checks that do not need it.
  server.on('checkContinue', answer)
  await new Promise<void>((fulfil, reject) => server.once('error', reject).listen(port, '127.0.0.1', fulfil))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server did not get a port.')
  own.origins = ownOrigins(address.port)
  return { server, port: address.port, url: `http://127.0.0.1:${address.port}` }
}
