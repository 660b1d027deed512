import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import * as z from 'zod'
import type { Deployed } from './deployed.ts'
import type { Functions } from './functions.ts'

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

export interface ObjectStoreStandIn extends StandIn {
  /** By bucket and key: `<bucket>/<key>`. */
  readonly objects: Map<string, Uint8Array>
  /** Decides which requests are answered with 403: `PUT <bucket>/<key>`. None at first. */
  refuses: (request: string) => boolean
  /** So many requests are answered with 503 first. */
  slowDowns: number
}

const refusal = (code: string) => `<Error><Code>${code}</Code><Message>${code}</Message></Error>`

const listOf = (objects: ReadonlyMap<string, Uint8Array>, bucket: string, prefix: string): string => {
  const found = [...objects].filter(([name]) => name.startsWith(`${bucket}/${prefix}`)).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const entries = found.map(
    ([name, { length }]) =>
      `<Contents><Key>${name.slice(bucket.length + 1)}</Key><Size>${length}</Size><LastModified>${new Date().toISOString()}</LastModified></Contents>`,
  )
  return `<ListBucketResult><IsTruncated>false</IsTruncated>${entries.join('')}</ListBucketResult>`
}

/** GetObject, PutObject, DeleteObject and ListObjectsV2 of S3. */
export const startObjectStore = async (): Promise<ObjectStoreStandIn> => {
  const objects = new Map<string, Uint8Array>()
  const store: Pick<ObjectStoreStandIn, 'objects' | 'refuses' | 'slowDowns'> = { objects, refuses: () => false, slowDowns: 0 }
  const standIn = await serveStandIn(({ body, headers, method, path, query }) => {
    const name = path.slice(1)
    if (store.slowDowns > 0) {
      store.slowDowns -= 1
      return { status: 503, body: refusal('SlowDown') }
    }
    if (store.refuses(`${method} ${name}`)) return { status: 403, body: refusal('AccessDenied') }
    if (method === 'PUT') {
      if (headers['content-encoding']?.includes('aws-chunked')) throw new Error('Bodies in chunks are not served here.')
      if (headers['if-none-match'] === '*' && objects.has(name)) return { status: 412, body: refusal('PreconditionFailed') }
      objects.set(name, body)
      return {}
    }
    if (method === 'DELETE') {
      objects.delete(name)
      return { status: 204 }
    }
    if (method !== 'GET') throw new Error(`${method} is not served here.`)
    if (query.has('list-type')) return { body: listOf(objects, name.replace(/\/$/, ''), query.get('prefix') ?? '') }
    const object = objects.get(name)
    return object === undefined ? { status: 404, body: refusal('NoSuchKey') } : { body: object }
  })
  return Object.assign(store, standIn)
}

/** The operation of a service that speaks JSON 1.0 or 1.1, and its input. */
const operationOf = ({ body, headers }: Received): { operation: string; input: unknown } => ({
  operation: String(headers['x-amz-target']).split('.').at(-1)!,
  input: JSON.parse(body.toString()),
})

const startExecution = z.object({ stateMachineArn: z.string(), name: z.string().optional(), input: z.string() })
export type StartedExecution = z.infer<typeof startExecution>

/** StartExecution of Step Functions. */
export const startStateMachines = (start: (execution: StartedExecution) => void): Promise<StandIn> =>
  serveStandIn(received => {
    const { input, operation } = operationOf(received)
    if (operation !== 'StartExecution') throw new Error(`${operation} is not served here.`)
    const execution = startExecution.parse(input)
    start(execution)
    const executionArn = `${execution.stateMachineArn.replace(':stateMachine:', ':execution:')}:${execution.name ?? randomUUID()}`
    return { body: JSON.stringify({ executionArn, startDate: Date.now() / 1000 }) }
  })

/** GetPublicKey and Sign of KMS, with one key. */
export const startKeys = (): Promise<StandIn> => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return serveStandIn(received => {
    const { input, operation } = operationOf(received)
    const { Message } = z.object({ Message: z.base64().optional() }).parse(input)
    if (operation === 'GetPublicKey') {
      return { body: JSON.stringify({ PublicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64') }) }
    }
    if (operation !== 'Sign' || Message === undefined) throw new Error(`${operation} is not served here.`)
    return { body: JSON.stringify({ Signature: sign('sha256', Buffer.from(Message, 'base64'), privateKey).toString('base64') }) }
  })
}

/** GetSecretValue of Secrets Manager. */
export const startSecrets = (secrets: Readonly<Record<string, object>>): Promise<StandIn> =>
  serveStandIn(received => {
    const { input, operation } = operationOf(received)
    const { SecretId } = z.object({ SecretId: z.string() }).parse(input)
    const secret = secrets[SecretId]
    if (operation !== 'GetSecretValue' || secret === undefined) throw new Error(`${operation} of ${SecretId} is not served here.`)
    return { body: JSON.stringify({ ARN: SecretId, SecretString: JSON.stringify(secret) }) }
  })

/** Synchronous Invoke of Lambda, by the ARN or the name of a function. */
export const startInvocations = (deployed: Pick<Deployed, 'functions'>, invoke: Functions['invoke']): Promise<StandIn> =>
  serveStandIn(async ({ body, method, path }) => {
    const [, called] = /^\/2015-03-31\/functions\/(.+)\/invocations$/.exec(path) ?? []
    const found = deployed.functions().find(({ arn, name }) => called === arn || called === name)
    if (method !== 'POST' || found === undefined) throw new Error(`${method} ${path} is not served here.`)
    const { error, payload } = await invoke(found.arn, JSON.parse(body.toString()))
    return { ...(error && { headers: { 'x-amz-function-error': 'Unhandled' } }), body: JSON.stringify(payload) }
  })
