import { randomBytes, randomUUID } from 'node:crypto'

/** How long a refresh token lasts: 30 days, Cognito's default. */
const refreshTokenValidityMs = 30 * 24 * 3_600_000

/** One completed sign-in. Its refresh token, and all access tokens with its id as `origin_jti`, are valid only as long as it is. */
export interface Grant {
  /** Becomes the claim `origin_jti`. */
  readonly id: string
  readonly sub: string
  /** Becomes the claim `event_id`. */
  readonly eventId: string
  readonly refreshToken: string
  /** The time of authentication, in seconds since the epoch: the claim `auth_time`. */
  readonly authTimeSeconds: number
  readonly expiresAtMs: number
  readonly revoked: boolean
}

/** The grants of this process. Like the signing key, they are not kept over a restart. */
export class Grants {
  readonly #grants = new Map<string, Grant>()
  readonly #idsByRefreshToken = new Map<string, string>()
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** Records a completed sign-in with a new opaque refresh token. */
  create(sub: string): Grant {
    const now = this.#clock()
    const grant: Grant = {
      id: randomUUID(),
      sub,
      eventId: randomUUID(),
      refreshToken: randomBytes(64).toString('base64url'),
      authTimeSeconds: Math.floor(now / 1000),
      expiresAtMs: now + refreshTokenValidityMs,
      revoked: false,
    }
    this.#grants.set(grant.id, grant)
    this.#idsByRefreshToken.set(grant.refreshToken, grant.id)
    return grant
  }

  /** The grant with this id (`origin_jti`). */
  get(id: string): Grant | undefined {
    return this.#grants.get(id)
  }

  /** The grant of this refresh token, revoked or not. */
  byRefreshToken(refreshToken: string): Grant | undefined {
    return this.#grants.get(this.#idsByRefreshToken.get(refreshToken) ?? '')
  }

  /** Revokes one grant. */
  revoke(id: string): void {
    const grant = this.#grants.get(id)
    if (grant) this.#grants.set(id, { ...grant, revoked: true })
  }

  /** Revokes every grant of a user. */
  revokeAll(sub: string): void {
    for (const grant of this.#grants.values()) if (grant.sub === sub) this.revoke(grant.id)
  }
}
