import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { listen } from '../listener.ts'
import { readBody } from '../read-body.ts'
import { Bank, type Item } from './bank.ts'
import { errorBody, PlaidError, plaidErrors, type PlaidErrorCode } from './errors.ts'
import { linkPage } from './link-page.ts'
import { operations, type Served } from './operations.ts'
import { WebhookKeys, type WebhookOptions } from './webhooks.ts'

const requestLimitBytes = 1024 * 1024

export interface PlaidOptions {
  readonly clientId: string
  readonly secret: string
  /** Default 0: any free port. */
  readonly port?: number
  /** Keeps items over a restart. Left out: they are in memory only. */
  readonly stateFile?: string | undefined
  /** The time in milliseconds since the epoch; default the system's. */
  readonly clock?: () => number
}

export interface RunningPlaid {
  /** For the client: `new Configuration({ basePath: endpoint, … })`. */
  readonly endpoint: string
  readonly bank: Bank
  readonly keys: WebhookKeys
  /** Sends a webhook to the address that the item has. Returns the status of the answer. */
  readonly sendWebhook: (item: Item, body: object, options?: WebhookOptions) => Promise<number>
  readonly close: () => Promise<void>
}

const send = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

const sendPage = (response: ServerResponse, page: string): void => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end(page)
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new PlaidError('INVALID_FIELD', 'the body is not valid JSON')
  }
}

/**
 * Serves the operations of Plaid that Nestegg calls, with the page of Hosted Link, on the loopback address, to the real client. It fails in
 * Plaid's ways when its `bank` is asked to.
 */
export const startPlaid = async ({ clientId, clock = Date.now, port = 0, secret, stateFile }: PlaidOptions): Promise<RunningPlaid> => {
  const bank = new Bank(clock, stateFile)
  const keys = await WebhookKeys.create(clock)
  const own = { url: '' }
  const served: Served = { bank, keys, url: () => own.url }

  const authenticate = ({ headers }: IncomingMessage, body: unknown): void => {
    const given = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
    const id = headers['plaid-client-id'] ?? given['client_id']
    const password = headers['plaid-secret'] ?? given['secret']
    if (id !== clientId || password !== secret) throw new PlaidError('INVALID_API_KEYS')
  }

  const answerOperation = async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const requestId = randomUUID().slice(0, 15)
    const refuse = (code: PlaidErrorCode, message?: string) => send(response, plaidErrors[code].status, errorBody(code, requestId, message))
    try {
      const body = parseJson((await readBody(request, response, requestLimitBytes)).toString('utf8'))
      authenticate(request, body)
      const work = operations[path]
      if (!work) return refuse('NOT_FOUND')
      const fault = bank.takeFault(path)
      if (fault === 'time-out') return undefined
      if (fault !== undefined && fault !== 'lost-answer') return refuse(fault)
      const answer = work(body, served)
      if (fault === 'lost-answer') return void request.socket.destroy()
      return send(response, 200, { ...answer, request_id: requestId })
    } catch (error) {
      return error instanceof PlaidError ? refuse(error.code, error.message) : refuse('INTERNAL_SERVER_ERROR')
    }
  }

  const answerLink = async (request: IncomingMessage, response: ServerResponse, token: string): Promise<void> => {
    try {
      const link = bank.linkToken(token)
      if (request.method === 'GET') return sendPage(response, linkPage(link))
      const form = new URLSearchParams((await readBody(request, response, requestLimitBytes)).toString('utf8'))
      const ended = form.has('leave') ? bank.leaveLink(token) : bank.finishLink(token, form.get('institution') || undefined)
      if (ended.completionUrl === null) return sendPage(response, linkPage(ended))
      response.writeHead(303, { location: ended.completionUrl })
      return void response.end()
    } catch (error) {
      response.writeHead(404, { 'content-type': 'text/plain' })
      return void response.end(error instanceof Error ? error.message : String(error))
    }
  }

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname
    void (path.startsWith('/link/link-')
      ? answerLink(request, response, path.slice('/link/'.length))
      : answerOperation(request, response, path))
  }

  const { server, url } = await listen({ port, handle })
  own.url = url
  return {
    endpoint: url,
    bank,
    keys,
    sendWebhook: async (item, content, options) => {
      if (item.webhook === null) throw new Error(`The item ${item.itemId} has no webhook.`)
      const body = JSON.stringify({ environment: 'sandbox', item_id: item.itemId, ...content }, null, 2)
      const headers = { 'content-type': 'application/json', 'plaid-verification': await keys.sign(body, options) }
      const { status } = await fetch(item.webhook, { method: 'POST', headers, body })
      return status
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>(fulfil => server.close(() => fulfil()))
    },
  }
}
