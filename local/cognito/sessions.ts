import { randomBytes } from 'node:crypto'
import { UserPoolError } from './errors.ts'

/** The challenges the pool can put between a right password and the tokens. */
export type Challenge = 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA' | 'MFA_SETUP'

/** A sign-in half-way: whose it is, and what is asked. `totpSecretBase32` is the secret offered during MFA_SETUP, `totpVerified` says it was proved. */
export interface ChallengeSession {
  readonly sub: string
  readonly challenge: Challenge
  readonly totpSecretBase32?: string
  readonly totpVerified?: boolean
}

const validityMs = 3 * 60_000

const invalidSession = (reason = ''): UserPoolError => new UserPoolError('NotAuthorizedException', `Invalid session for the user${reason}.`)

/** The challenge sessions that are open: random names, bound to a user and a challenge, good for one success within three minutes. */
export class ChallengeSessions {
  readonly #sessions = new Map<string, { session: ChallengeSession; expiresAtMs: number; used: boolean }>()
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** Opens a session and gives its name, an unguessable string. */
  open(session: ChallengeSession): string {
    const name = randomBytes(48).toString('base64url')
    this.#sessions.set(name, { session, expiresAtMs: this.#clock() + validityMs, used: false })
    return name
  }

  /** @throws UserPoolError NotAuthorizedException unless the session is open, within its time, and for this challenge. */
  get(name: string, challenge: Challenge): ChallengeSession {
    const entry = this.#sessions.get(name)
    if (!entry || entry.session.challenge !== challenge) throw invalidSession()
    if (entry.used) throw invalidSession(', session can only be used once')
    if (this.#clock() >= entry.expiresAtMs) throw invalidSession(', session is expired')
    return entry.session
  }

  /** Uses a session up: from now on it is refused. */
  use(name: string): void {
    const entry = this.#sessions.get(name)
    if (entry) entry.used = true
  }

  /** Drops every session of a user, when the sign-in they stand for no longer counts. */
  dropAll(sub: string): void {
    for (const [name, entry] of this.#sessions) if (entry.session.sub === sub) this.#sessions.delete(name)
  }
}
