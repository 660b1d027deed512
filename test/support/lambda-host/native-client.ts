import { Agent, request } from 'node:http'

/**
 * The exports of the runtime client's native add-on (src/native/rapid-client.cc of aws-lambda-ric), over plain HTTP: `next` waits for an
 * invocation, `done` and `error` answer it. All use one connection, so that an answer always arrives before the next request.
 */
const [host = '', port = ''] = (process.env['AWS_LAMBDA_RUNTIME_API'] ?? '').split(':')
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

interface Answer {
  readonly bodyJson: string
  readonly headers: NodeJS.Dict<string | string[]>
}

const send = (method: 'GET' | 'POST', path: string, body?: string): Promise<Answer> =>
  new Promise((fulfil, reject) => {
    const headers = { 'content-type': 'application/json' }
    const outgoing = request({ agent, host, port, method, path: `/2018-06-01/runtime/invocation/${path}`, headers }, incoming => {
      let bodyJson = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (chunk: string) => {
        bodyJson += chunk
      })
      incoming.on('end', () => fulfil({ bodyJson, headers: incoming.headers }))
    })
    outgoing.on('error', reject).end(body)
  })

export const next = (): Promise<Answer> => send('GET', 'next')

/** The runtime client does not wait for these two. When the host has ended, `next` ends the process. */
export const done = (id: string, body: string): void => void send('POST', `${id}/response`, body).catch(() => undefined)
export const error = (id: string, body: string): void => void send('POST', `${id}/error`, body).catch(() => undefined)
