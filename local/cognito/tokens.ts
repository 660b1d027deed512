import { randomUUID } from 'node:crypto'
import { type CryptoKey, calculateJwkThumbprint, errors, exportJWK, generateKeyPair, type JWK, jwtVerify, SignJWT } from 'jose'
import * as z from 'zod'
import { UserPoolError } from './errors.ts'
import type { Grant } from './grants.ts'
import type { User } from './state-file.ts'

const userPoolsApiScope = 'aws.cognito.signin.user.admin'

const accessClaims = z.object({ sub: z.string(), token_use: z.literal('access'), origin_jti: z.string() })

/** Signs and reads the tokens of one pool and client. */
export interface TokenIssuer {
  readonly publicJwk: JWK
  readonly accessTokenSeconds: number
  /**
   * Signs a pair of tokens for a completed sign-in, with Cognito's claims (Developer Guide, "Understanding the access token" and "… the ID
   * token").
   */
  readonly sign: (user: User, grant: Grant) => Promise<{ accessToken: string; idToken: string }>
  /**
   * Checks the signature, issuer, kind and expiry of an access token, and returns its user and grant.
   * @throws UserPoolError NotAuthorizedException; an ID token is refused like any other wrong token.
   */
  readonly verifyAccessToken: (token: string) => Promise<{ sub: string; grantId: string }>
}

/** An RS256 key pair, with its public half as a JWKS shows it. */
export interface SigningKey {
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  readonly publicJwk: JWK & { readonly kid: string }
}

/** Creates a key for this process only: it is never stored. */
export async function createSigningKey(): Promise<SigningKey> {
  const keys = await generateKeyPair('RS256', { modulusLength: 2048 })
  const jwk = await exportJWK(keys.publicKey)
  return { ...keys, publicJwk: { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'RS256', use: 'sig' } }
}

/** Creates the issuer of a pool. Times come from `clock`, in milliseconds since the epoch. */
export function createTokenIssuer(options: {
  readonly key: SigningKey
  readonly issuer: string
  readonly clientId: string
  readonly accessTokenSeconds: number
  readonly clock: () => number
}): TokenIssuer {
  const { key, issuer, clientId, accessTokenSeconds, clock } = options

  const signClaims = (claims: Record<string, unknown>, user: User, grant: Grant): Promise<string> => {
    const issuedAtSeconds = Math.floor(clock() / 1000)
    return new SignJWT({
      sub: user.sub,
      ...(user.groups.length > 0 && { 'cognito:groups': user.groups }),
      iss: issuer,
      origin_jti: grant.id,
      event_id: grant.eventId,
      auth_time: grant.authTimeSeconds,
      iat: issuedAtSeconds,
      exp: issuedAtSeconds + accessTokenSeconds,
      jti: randomUUID(),
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: key.publicJwk.kid })
      .sign(key.privateKey)
  }

  return {
    publicJwk: key.publicJwk,
    accessTokenSeconds,
    async sign(user, grant) {
      const [accessToken, idToken] = await Promise.all([
        signClaims({ client_id: clientId, token_use: 'access', scope: userPoolsApiScope, username: user.sub }, user, grant),
        signClaims(
          {
            ...user.attributes,
            aud: clientId,
            token_use: 'id',
            'cognito:username': user.sub,
            email: user.email,
            email_verified: user.emailVerified,
          },
          user,
          grant,
        ),
      ])
      return { accessToken, idToken }
    },
    async verifyAccessToken(token) {
      try {
        const { payload } = await jwtVerify(token, key.publicKey, { issuer, algorithms: ['RS256'], currentDate: new Date(clock()) })
        const claims = accessClaims.parse(payload)
        return { sub: claims.sub, grantId: claims.origin_jti }
      } catch (error) {
        const reason = error instanceof errors.JWTExpired ? 'Access Token has expired' : 'Invalid Access Token'
        throw new UserPoolError('NotAuthorizedException', reason, { cause: error })
      }
    },
  }
}
