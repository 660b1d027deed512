import { randomBytes, randomUUID } from 'node:crypto'
import { refreshTokenSeconds, replacedTokenSeconds } from '../../lambdas/identity/token-lifetimes.ts'

/** One completed sign-in. Its refresh tokens, and all access tokens with its id as `origin_jti`, are valid only as long as it is. */
export interface Grant {
  /** Becomes the claim `origin_jti`. */
  readonly id: string
  readonly sub: string
  /** Becomes the claim `event_id`. */
  readonly eventId: string
  /** The time of authentication, in seconds since the epoch: the claim `auth_time`. */
  readonly authTimeSeconds: number
  readonly expiresAtMs: number
  readonly revoked: boolean
}

/** A refresh token of a grant. After another one has replaced it, it works until the end of the grace period. */
interface RefreshToken {
  readonly grantId: string
  readonly worksUntilMs: number
}

/** The grants of this process. Like the signing key, they are not kept over a restart. */
export class Grants {
  readonly #grants = new Map<string, Grant>()
  readonly #refreshTokens = new Map<string, RefreshToken>()
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** Records a completed sign-in. */
  create(sub: string): Grant {
    const now = this.#clock()
    const grant: Grant = {
      id: randomUUID(),
      sub,
      eventId: randomUUID(),
      authTimeSeconds: Math.floor(now / 1000),
      expiresAtMs: now + refreshTokenSeconds * 1000,
      revoked: false,
    }
    this.#grants.set(grant.id, grant)
    return grant
  }

  /** A new opaque refresh token of a grant. It expires with the grant. */
  issueRefreshToken({ expiresAtMs, id }: Grant): string {
    const token = randomBytes(64).toString('base64url')
    this.#refreshTokens.set(token, { grantId: id, worksUntilMs: expiresAtMs })
    return token
  }

  /** Begins the grace period of a refresh token, unless it has begun. */
  replace(refreshToken: string): void {
    const token = this.#refreshTokens.get(refreshToken)
    if (!token) return
    const worksUntilMs = Math.min(token.worksUntilMs, this.#clock() + replacedTokenSeconds * 1000)
    this.#refreshTokens.set(refreshToken, { ...token, worksUntilMs })
  }

  /** Whether a refresh token was replaced and its grace period is over. */
  isOver(refreshToken: string): boolean {
    return this.#clock() >= (this.#refreshTokens.get(refreshToken)?.worksUntilMs ?? 0)
  }

  /** The grant with this id (`origin_jti`). */
  get(id: string): Grant | undefined {
    return this.#grants.get(id)
  }

  /** The grant of this refresh token, revoked or not, replaced or not. */
  byRefreshToken(refreshToken: string): Grant | undefined {
    return this.#grants.get(this.#refreshTokens.get(refreshToken)?.grantId ?? '')
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
