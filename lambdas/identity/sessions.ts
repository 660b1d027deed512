import type { AuthenticationResultType, InitiateAuthResponse } from '@aws-sdk/client-cognito-identity-provider'
import { decodeJwt } from 'jose'
import type { RequestIdentity } from '../runtime/database.ts'
import { isLockedOut } from './user-pool.ts'
import { mirror } from './mirror.ts'

const challenges = ['SOFTWARE_TOKEN_MFA', 'NEW_PASSWORD_REQUIRED', 'MFA_SETUP'] as const
type ChallengeName = (typeof challenges)[number]

const isKnown = (name: string | undefined): name is ChallengeName => challenges.some(known => known === name)

export const presentTokens = (result: AuthenticationResultType) => ({
  accessToken: result.AccessToken ?? '',
  idToken: result.IdToken ?? null,
  refreshToken: result.RefreshToken ?? null,
  expiresInSeconds: result.ExpiresIn ?? 0,
  tokenType: 'Bearer' as const,
})

/** The answer to a sign-in step. Mirrors a completed sign-in. The tokens come directly from Cognito, so their claims need no check. */
export const presentSignIn = async (response: InitiateAuthResponse, request: RequestIdentity, mfaEnabled: boolean) => {
  const { AuthenticationResult: result, ChallengeName: name, Session: session } = response
  if (result) {
    const claims = decodeJwt(result.IdToken ?? '')
    await mirror(
      {
        kind: 'signed-in',
        subject: String(claims.sub),
        email: String(claims['email']),
        emailVerified: claims['email_verified'] === true || claims['email_verified'] === 'true',
        mfaEnabled,
      },
      request,
    )
    return { tokens: presentTokens(result), challenge: null }
  }
  if (!isKnown(name) || session === undefined) throw new Error(`Unknown challenge of Cognito: ${name}`)
  return { tokens: null, challenge: { challenge: name, session } }
}

/** Mirrors a sign-in that Cognito refused, then throws the error on. */
export const mirrorRefusal = async (email: string, request: RequestIdentity, error: unknown): Promise<never> => {
  if (isLockedOut(error)) await mirror({ kind: 'locked-out', email }, request)
  else if (error instanceof Error && error.name === 'NotAuthorizedException') await mirror({ kind: 'sign-in-failed', email }, request)
  throw error
}
