import { createServer, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'

export interface StandIn {
  readonly url: string
  close(): Promise<void>
}

export interface Received {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** Serves a part of an AWS service on the loopback address. An error in `answer` is a 400 that names it, so the caller does not retry. */
export const serveStandIn = async (answer: (received: Received) => Answer | Promise<Answer>): Promise<StandIn> => {
  const receive = async (message: IncomingMessage): Promise<Answer> => {
    const { pathname, searchParams } = new URL(message.url ?? '/', 'http://stand-in')
    const { headers, method = '' } = message
    return answer({ method, path: decodeURIComponent(pathname), query: searchParams, headers, body: await buffer(message) })
  }
  const server = createServer((message, response) => {
    receive(message)
      .catch((error: unknown): Answer => ({ status: 400, body: JSON.stringify({ __type: 'ValidationException', message: String(error) }) }))
      .then(({ body = '', headers = {}, status = 200 }) => response.writeHead(status, headers).end(body))
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>(fulfil => server.listen(0, '127.0.0.1', fulfil))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The stand-in did not get a port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise(fulfil => server.close(fulfil))
    },
  }
}

/** GetObject and PutObject of S3. Objects are kept by bucket and key: `<bucket>/<key>`. */
export const startObjectStore = async (): Promise<StandIn & { readonly objects: Map<string, Uint8Array> }> => {
  const objects = new Map<string, Uint8Array>()
  const standIn = await serveStandIn(({ body, headers, method, path }) => {
    const name = path.slice(1)
    if (method === 'PUT') {
      if (headers['content-encoding']?.includes('aws-chunked')) throw new Error('Bodies in chunks are not served here.')
      objects.set(name, body)
      return {}
    }
    const object = objects.get(name)
    if (method !== 'GET') throw new Error(`${method} is not served here.`)
    if (object === undefined)
      return { status: 404, body: '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>' }
    return { headers: { 'content-type': 'application/octet-stream' }, body: object }
  })
  return { ...standIn, objects }
}
