import { UserPoolError } from './errors.ts'

const failuresBeforeLockout = 5
const longestLockoutSeconds = 15 * 60

/**
 * The lockout after failed sign-ins: n failures, n >= 5, lock the account for 2^(n-5) seconds, at most 15 minutes; attempts while it is locked
 * do not count. A success, or 15 minutes without an attempt, starts again from zero
 * (Cognito Developer Guide, "Things to know about authentication", lockout behaviour).
 */
export class SignInLockouts {
  readonly #failures = new Map<string, { count: number; lockedUntilMs: number; lastAttemptMs: number }>()
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** @throws UserPoolError NotAuthorizedException "Password attempts exceeded" while the account is locked. */
  assertOpen(key: string): void {
    const entry = this.#failures.get(key)
    if (!entry) return
    if (this.#clock() < entry.lockedUntilMs) {
      entry.lastAttemptMs = this.#clock()
      throw new UserPoolError('NotAuthorizedException', 'Password attempts exceeded')
    }
    if (this.#clock() - entry.lastAttemptMs >= longestLockoutSeconds * 1000) this.#failures.delete(key)
  }

  /** Counts one failure. From the fifth on, the account is locked. */
  recordFailure(key: string): void {
    const now = this.#clock()
    const count = (this.#failures.get(key)?.count ?? 0) + 1
    const lockoutSeconds = count < failuresBeforeLockout ? 0 : Math.min(2 ** (count - failuresBeforeLockout), longestLockoutSeconds)
    this.#failures.set(key, { count, lockedUntilMs: now + lockoutSeconds * 1000, lastAttemptMs: now })
  }

  /** Forgets the failures, after a success. */
  clear(key: string): void {
    this.#failures.delete(key)
  }
}

const attemptsPerWindow = 5
const windowMs = 3_600_000

/** Allows five attempts per hour and key: wrong codes, requests for codes, wrong previous passwords. */
export class AttemptLimits {
  readonly #attempts = new Map<string, { count: number; sinceMs: number }>()
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** @throws UserPoolError LimitExceededException once five attempts of the last hour are recorded. */
  assertWithin(key: string): void {
    const entry = this.#attempts.get(key)
    if (!entry) return
    if (this.#clock() - entry.sinceMs >= windowMs) this.#attempts.delete(key)
    else if (entry.count >= attemptsPerWindow) {
      throw new UserPoolError('LimitExceededException', 'Attempt limit exceeded, please try after some time.')
    }
  }

  /** Counts one attempt. */
  record(key: string): void {
    const entry = this.#attempts.get(key)
    this.#attempts.set(key, { count: (entry?.count ?? 0) + 1, sinceMs: entry?.sinceMs ?? this.#clock() })
  }

  /** Forgets the attempts, after a success. */
  clear(key: string): void {
    this.#attempts.delete(key)
  }
}
