import { createHash, timingSafeEqual } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import * as z from 'zod'
import { Problem } from '../../runtime/problem.ts'

const headerForm = z.object({ alg: z.literal('ES256'), kid: z.string().min(1).max(100) })
const claimsForm = z.object({ iat: z.number(), request_body_sha256: z.string().regex(/^[0-9a-f]{64}$/) })

/** A webhook that is older is refused. */
const longestAgeSeconds = 5 * 60
/** The clocks of Plaid and of this platform may differ by so much. */
const clockSeconds = 30

/** The public key of an id, as Plaid answers it. @see https://plaid.com/docs/api/webhooks/webhook-verification */
export interface VerificationKey {
  readonly alg: string
  readonly crv: string
  readonly kty: string
  readonly x: string
  readonly y: string
  readonly expired_at: number | null
}

/** A key is asked for again after this time, so that one that has expired is no longer accepted. */
const keptMilliseconds = 10 * 60_000
const keptKeys = 20

/** Keeps the keys of webhooks, so that not each webhook asks Plaid. */
export const keyCache = (find: (kid: string) => Promise<VerificationKey>, now: () => number = Date.now) => {
  const known = new Map<string, { readonly key: VerificationKey; readonly until: number }>()
  return async (kid: string): Promise<VerificationKey> => {
    const kept = known.get(kid)
    if (kept && kept.until > now()) return kept.key
    const key = await find(kid)
    const [oldest] = known.keys()
    if (known.size >= keptKeys && oldest !== undefined) known.delete(oldest)
    known.set(kid, { key, until: now() + keptMilliseconds })
    return key
  }
}

const refused = (cause?: unknown) => new Problem('webhook-refused', 'The signature of this webhook is not valid.', { cause })

const attempt = <Result>(read: () => Result): Result => {
  try {
    return read()
  } catch (error) {
    throw refused(error)
  }
}

/**
 * Checks that Plaid has signed a webhook: ES256, a key of Plaid that has not expired, at most five minutes old, and of exactly this body.
 * What needs no key is checked first, so that nobody makes this platform ask Plaid for keys with webhooks of their own for long.
 * @param body the bytes of the request, unchanged
 * @param token the header Plaid-Verification
 * @returns the digest of the token, by which a repetition is recognised
 * @throws Problem 401
 */
export const verifyWebhook = async (
  body: string,
  token: string | undefined,
  keyOf: (kid: string) => Promise<VerificationKey>,
  now = Date.now(),
): Promise<string> => {
  if (token === undefined) throw refused()
  const { kid } = attempt(() => headerForm.parse(decodeProtectedHeader(token)))
  const claims = attempt(() => claimsForm.parse(decodeJwt(token)))
  const ageSeconds = now / 1000 - claims.iat
  if (ageSeconds > longestAgeSeconds || ageSeconds < -clockSeconds) throw refused()
  const hash = createHash('sha256').update(body, 'utf8').digest()
  if (!timingSafeEqual(hash, Buffer.from(claims.request_body_sha256, 'hex'))) throw refused()
  const { alg, crv, expired_at, kty, x, y } = await keyOf(kid)
  if (alg !== 'ES256' || expired_at !== null) throw refused()
  try {
    await jwtVerify(token, await importJWK({ alg, crv, kty, x, y }, 'ES256'), {
      algorithms: ['ES256'],
      currentDate: new Date(now),
      clockTolerance: clockSeconds,
    })
  } catch (error) {
    throw refused(error)
  }
  return createHash('sha256').update(token).digest('hex')
}
