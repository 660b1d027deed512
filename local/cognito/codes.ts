import { randomInt } from 'node:crypto'
import { UserPoolError } from './errors.ts'
import { AttemptLimits } from './limits.ts'

/** The purpose of a six-digit code: to confirm a new account, or to choose a new password. */
export type CodePurpose = 'sign-up' | 'password-reset'

/** A day for sign-up, an hour for a password reset, as Cognito documents. */
const validitySeconds: Record<CodePurpose, number> = { 'sign-up': 24 * 3600, 'password-reset': 3600 }

/** The valid confirmation codes: the newest per user and purpose. They are in memory only: after a restart, request another. */
export class ConfirmationCodes {
  readonly #codes = new Map<string, { code: string; expiresAtMs: number }>()
  readonly #requests: AttemptLimits
  readonly #failures: AttemptLimits
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
    this.#requests = new AttemptLimits(clock)
    this.#failures = new AttemptLimits(clock)
  }

  /**
   * Makes a new code, which replaces the one before.
   * @throws UserPoolError LimitExceededException after five requests within an hour.
   */
  issue(sub: string, purpose: CodePurpose): string {
    const key = `${purpose}:${sub}`
    this.#requests.assertWithin(key)
    this.#requests.record(key)
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    this.#codes.set(key, { code, expiresAtMs: this.#clock() + validitySeconds[purpose] * 1000 })
    return code
  }

  /**
   * Accepts a correct code, once.
   * @throws UserPoolError CodeMismatchException for a wrong code, ExpiredCodeException if there is none or it has expired,
   * LimitExceededException after five wrong codes within an hour, even for the right one.
   */
  redeem(sub: string, purpose: CodePurpose, code: string): void {
    const key = `${purpose}:${sub}`
    this.#failures.assertWithin(key)
    const entry = this.#codes.get(key)
    if (!entry || this.#clock() >= entry.expiresAtMs) throw noSuchCode()
    if (entry.code !== code) {
      this.#failures.record(key)
      throw codeMismatch()
    }
    this.#codes.delete(key)
    this.#requests.clear(key)
    this.#failures.clear(key)
  }
}

/** The answer to a code that has expired or was never requested. */
export const noSuchCode = (): UserPoolError =>
  new UserPoolError('ExpiredCodeException', 'Invalid code provided, please request a code again.')

/** The answer to a wrong code. */
export const codeMismatch = (): UserPoolError =>
  new UserPoolError('CodeMismatchException', 'Invalid verification code provided, please try again.')
