import { randomBytes } from 'node:crypto'
import { UserPoolError } from './errors.ts'

/** The challenges that can come before the tokens are issued. Nobody answers SELECT_CHALLENGE here. */
export type Challenge = 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA' | 'MFA_SETUP' | 'WEB_AUTHN' | 'SELECT_CHALLENGE'

/**
 * An unfinished sign-in of a user. `totpSecretBase32` is the secret offered during MFA_SETUP; `totpVerified` is true once a code has proved
 * it. `passkeyChallenge` is what a passkey has to sign during WEB_AUTHN, in base64url.
 */
export interface ChallengeSession {
  readonly sub: string
  readonly challenge: Challenge
  readonly totpSecretBase32?: string
  readonly totpVerified?: boolean
  readonly passkeyChallenge?: string
}

const validityMs = 3 * 60_000

const invalidSession = (reason = ''): UserPoolError => new UserPoolError('NotAuthorizedException', `Invalid session for the user${reason}.`)

/** The open challenge sessions: random names, bound to a user and a challenge, valid for one success within three minutes. */
export class ChallengeSessions {
  readonly #sessions = new Map<string, { session: ChallengeSession; expiresAtMs: number; used: boolean }>()
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** Opens a session and returns its name, which cannot be guessed. */
  open(session: ChallengeSession): string {
    const name = randomBytes(48).toString('base64url')
    this.#sessions.set(name, { session, expiresAtMs: this.#clock() + validityMs, used: false })
    return name
  }

  /** @throws UserPoolError NotAuthorizedException if the session is not open, has expired or is for another challenge. */
  get(name: string, challenge: Challenge): ChallengeSession {
    const entry = this.#sessions.get(name)
    if (!entry || entry.session.challenge !== challenge) throw invalidSession()
    if (entry.used) throw invalidSession(', session can only be used once')
    if (this.#clock() >= entry.expiresAtMs) throw invalidSession(', session is expired')
    return entry.session
  }

  /** Closes a session: from now on it is refused. */
  use(name: string): void {
    const entry = this.#sessions.get(name)
    if (entry) entry.used = true
  }

  /** Closes every session of a user. */
  dropAll(sub: string): void {
    for (const [name, entry] of this.#sessions) if (entry.session.sub === sub) this.#sessions.delete(name)
  }
}
