import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import { Problem } from '../lambdas/runtime/problem.ts'

export interface TokenIssuer {
  readonly issuer: string
  readonly jwksUri: string
  readonly clientId: string
}

/** A person has one token at a time, and each is a few hundred bytes. */
const tokensKept = 1000

const refusal = (detail: string, cause?: unknown) =>
  new Problem('sign-in-required', detail, { headers: { 'www-authenticate': 'Bearer' }, cause })

/**
 * Makes the check of an Authorization header, as an HTTP API does it: signature, issuer, client and expiry. It returns the claims. A token
 * that is sent again is only checked for its expiry, because its signature takes longer to check than a short request to answer.
 * @throws Problem 401
 */
export const tokenVerifier = ({ clientId, issuer, jwksUri }: TokenIssuer) => {
  const keys = createRemoteJWKSet(new URL(jwksUri))
  const verified = new Map<string, JWTPayload>()

  const keep = (token: string, claims: JWTPayload): void => {
    if (verified.size >= tokensKept) verified.delete(verified.keys().next().value!)
    verified.set(token, claims)
  }

  return async (authorization: string | undefined): Promise<JWTPayload> => {
    const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) throw refusal('Send an access token: Authorization: Bearer <token>.')
    const known = verified.get(token)
    if (known && Date.now() < known.exp! * 1000) return known
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, algorithms: ['RS256'], requiredClaims: ['exp'] })
      if ((payload.aud ?? payload['client_id']) === clientId) {
        keep(token, payload)
        return payload
      }
    } catch (cause) {
      const expired = cause instanceof Error && 'code' in cause && cause.code === 'ERR_JWT_EXPIRED'
      throw refusal(expired ? 'The access token has expired. Refresh it.' : 'The access token is not valid.', cause)
    }
    throw refusal('The access token is for another client.')
  }
}
