import { createStore } from './store.ts'

/** `waking`: the server answers 503, as while its database starts. `offline`: there is no answer. */
export type Connection = 'good' | 'waking' | 'offline'

/** What the banner of every page shows. */
export const connection = createStore<Connection>('good')

/** A database that was paused needs half a minute. */
const patienceMilliseconds = 90_000

const wait = (milliseconds: number, signal?: AbortSignal | null): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    })
  })

/** Whether a request can be sent twice without taking effect twice. */
const canRepeat = ({ headers, method }: RequestInit): boolean => {
  const names = headers as Readonly<Record<string, string>> | undefined
  return method === 'GET' || method === 'PUT' || names?.['idempotency-key'] !== undefined || names?.['if-match'] !== undefined
}

/** Milliseconds until the next attempt: what the server asks for, else a second that doubles up to eight. */
const pause = (attempt: number, response: Response | undefined): number => {
  const asked = Number(response?.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(asked) ? Math.min(asked, 30) * 1000 : Math.min(1000 * 2 ** attempt, 8000)
}

/**
 * As `fetch`, and repeats a request that has no answer or a 503, if that is safe, for a minute and a half. Every page shows meanwhile that
 * the server is waking up.
 */
export const patientFetch = async (url: string, init: RequestInit): Promise<Response> => {
  const giveUpAt = Date.now() + patienceMilliseconds
  for (let attempt = 0; ; attempt++) {
    let response: Response | undefined
    let failure: unknown
    try {
      response = await fetch(url, init)
    } catch (error) {
      if (init.signal?.aborted) throw error
      failure = error
    }
    if (response && response.status !== 503) {
      if (connection.get() !== 'good') connection.set('good')
      return response
    }
    connection.set(response ? 'waking' : 'offline')
    const delay = pause(attempt, response)
    if (!canRepeat(init) || Date.now() + delay > giveUpAt) {
      if (response) return response
      throw failure
    }
    await wait(delay, init.signal)
  }
}
