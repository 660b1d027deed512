import { apiClient } from '../client/client.ts'
import { ApiProblem } from '../client/problem.ts'
import { patientFetch } from './connection.ts'
import { createStore, storedOnDevice } from './store.ts'

/**
 * `unknown`: the page has just been opened. `ended`: the session has ended while the page was open, so sign-in is shown over the page and
 * all requests wait for it.
 */
export type SessionState = 'unknown' | 'signed-out' | 'signed-in' | 'ended'

interface Token {
  readonly accessToken: string
  readonly expiresAt: number
}

export const sessionState = createStore<SessionState>('unknown')

/** Whether this browser may have the cookie of a session. Without it, a first visit sends no request that can only be refused. */
const mayHaveCookie = storedOnDevice('signed-in', false)

/** In memory only: neither a script of another page nor a copy of the disk can read it. */
let token: Token | undefined
let waiting = Promise.withResolvers<void>()

type News = { readonly kind: 'token'; readonly token: Token } | { readonly kind: 'end' }
const tabs = new BroadcastChannel('nestegg-session')

/** Requests without an access token: sign-in itself. */
export const publicApi = apiClient({ send: patientFetch })

const keep = (next: Token): void => {
  token = next
  mayHaveCookie.set(true)
  sessionState.set('signed-in')
  waiting.resolve()
}

/** How often tokens were taken since the page was opened: by a sign-in or by a refresh. */
export const sessionsBegun = createStore(0)

/** Begins a session with the tokens of a sign-in, in every tab of the browser. */
export const beginSession = (tokens: { readonly accessToken: string; readonly expiresInSeconds: number }): void => {
  keep({ accessToken: tokens.accessToken, expiresAt: Date.now() + tokens.expiresInSeconds * 1000 })
  tabs.postMessage({ kind: 'token', token: token! } satisfies News)
  sessionsBegun.set(count => count + 1)
}

const forget = (state: SessionState): void => {
  token = undefined
  mayHaveCookie.set(false)
  if (sessionState.get() === 'signed-in') waiting = Promise.withResolvers<void>()
  sessionState.set(state)
}

/** Ends the session in every tab. The server has ended it already, or refuses its tokens. */
export const endSession = (): void => {
  forget('signed-out')
  tabs.postMessage({ kind: 'end' } satisfies News)
}

tabs.addEventListener('message', ({ data }: MessageEvent<News>) => {
  if (data.kind === 'token') keep(data.token)
  else forget('signed-out')
})

const isFresh = (known: Token | undefined): known is Token => known !== undefined && known.expiresAt - Date.now() > 30_000

/** Exchanges the cookie for a new access token. One tab of the browser does it, and the others get its token. */
const refresh = (refused: string | undefined): Promise<void> =>
  navigator.locks.request('nestegg-refresh', async () => {
    if (isFresh(token) && token.accessToken !== refused) return
    beginSession(await publicApi('POST /v1/identity/sessions/refreshes', { body: {} }))
  })

const tryRefresh = async (refused: string | undefined): Promise<boolean> => {
  try {
    await refresh(refused)
    return true
  } catch (error) {
    if (error instanceof ApiProblem && error.status < 500) return false
    throw error
  }
}

const resumeMilliseconds = 2000

/** Opens the session of an earlier visit, if there is one. While the server gives no answer, it asks again. */
export const resumeSession = async (): Promise<void> => {
  try {
    if (mayHaveCookie.get() && (await tryRefresh(undefined))) return
    if (sessionState.get() === 'unknown') forget('signed-out')
  } catch {
    // `connection` shows it. A session that may still exist is not given up.
    setTimeout(() => void resumeSession(), resumeMilliseconds)
  }
}

/** A valid access token. If the session has ended, it waits until the person has signed in again. */
export const accessToken = async (refused?: string): Promise<string> => {
  while (!isFresh(token) || token.accessToken === refused) {
    if (await tryRefresh(refused)) continue
    if (sessionState.get() === 'signed-in') forget('ended')
    await waiting.promise
  }
  return token.accessToken
}
