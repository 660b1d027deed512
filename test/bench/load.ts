import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { connect, type DatabaseLocation } from '../../db/connections.ts'
import type { DatabaseRole } from '../../db/roles.ts'

export type Statement = readonly [text: string, parameters: readonly string[]]

/** One kind of request, or one transaction of statements, sent again and again. */
export type Load =
  | {
      readonly kind: 'http'
      readonly url: string
      readonly token: string
      readonly method: string
      readonly path: string
      readonly body: string | undefined
    }
  | { readonly kind: 'sql'; readonly location: DatabaseLocation; readonly role: DatabaseRole; readonly statements: readonly Statement[] }

export interface LoadResult {
  readonly perSecond: number
  readonly errors: number
  /** Milliseconds. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** The local platform has as many connections per role. */
const poolSize = 4

interface Sender {
  send(): Promise<void>
  close(): Promise<void>
}

const httpSender = ({ body, method, path, token, url }: Extract<Load, { kind: 'http' }>, connections: number): Sender => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length }),
  }
  const send = () =>
    new Promise<void>((fulfil, reject) => {
      const sent = request(`${url}${path}`, { agent, method, headers }, response => {
        response.resume()
        response.once('end', () => (response.statusCode! < 300 ? fulfil() : reject(new Error(String(response.statusCode)))))
      })
      sent.once('error', reject)
      sent.end(body)
    })
  return { send, close: async () => agent.destroy() }
}

const sqlSender = ({ location, role, statements }: Extract<Load, { kind: 'sql' }>): Sender => {
  const sql = connect(location, role, poolSize)
  const send = async () => {
    await sql.begin(async transaction => {
      for (const [text, parameters] of statements) await transaction.unsafe(text, [...parameters])
    })
  }
  return { send, close: () => sql.end() }
}

/** Each connection sends its next request when it has its answer, until the time is over. */
const measure = async (load: Load, connections: number, seconds: number): Promise<LoadResult> => {
  const sender = load.kind === 'http' ? httpSender(load, connections) : sqlSender(load)
  const times: number[] = []
  let errors = 0
  let lastError: unknown
  const start = performance.now()
  const end = start + seconds * 1000
  const worker = async () => {
    for (let before = performance.now(); before < end; before = performance.now()) {
      try {
        await sender.send()
        times.push(performance.now() - before)
      } catch (error) {
        errors += 1
        lastError = error
      }
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  if (times.length === 0) throw lastError
  const elapsedSeconds = (performance.now() - start) / 1000
  await sender.close()
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { perSecond: times.length / elapsedSeconds, errors, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

const { connections, load, seconds } = workerData as { readonly load: Load; readonly connections: number; readonly seconds: number }
parentPort!.postMessage(await measure(load, connections, seconds), [])
