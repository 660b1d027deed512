import { Secret, TOTP } from 'otpauth'

const periodSeconds = 30

const authenticator = (secretBase32: string): TOTP =>
  new TOTP({ secret: Secret.fromBase32(secretBase32), algorithm: 'SHA1', digits: 6, period: periodSeconds })

/** A new TOTP secret of 256 bits in base 32, as AssociateSoftwareToken returns it. */
export const generateTotpSecret = (): string => new Secret({ size: 32 }).base32

/**
 * The time step (RFC 6238: seconds since the epoch / 30) that a code belongs to, or undefined if it is wrong.
 * One step either side of now is accepted, for clocks that differ.
 */
export function matchTotpStep(secretBase32: string, code: string, nowMs: number): number | undefined {
  const delta = authenticator(secretBase32).validate({ token: code, timestamp: nowMs, window: 1 })
  return delta === null ? undefined : Math.floor(nowMs / 1000 / periodSeconds) + delta
}
