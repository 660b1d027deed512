import { type AuthenticationResultType, type InitiateAuthResponse, RevokeTokenCommand } from '@aws-sdk/client-cognito-identity-provider'
import { decodeJwt } from 'jose'
import type { RequestIdentity } from '../runtime/database.ts'
import { logger } from '../runtime/observability.ts'
import { Problem } from '../runtime/problem.ts'
import { ok, type Reply } from '../runtime/serve.ts'
import { type IdentityEvent, mirror } from './mirror.ts'
import { presentTokens, type RefreshTokenPlace } from './refresh-tokens.ts'
import { isLockedOut, userPool } from './user-pool.ts'

const challenges = ['SOFTWARE_TOKEN_MFA', 'NEW_PASSWORD_REQUIRED', 'MFA_SETUP'] as const
type ChallengeName = (typeof challenges)[number]

const isKnown = (name: string | undefined): name is ChallengeName => challenges.some(known => known === name)

/** Ends the session of tokens that the caller does not get. A failure is only logged: no one has the tokens. */
export const revoke = async ({ RefreshToken }: AuthenticationResultType): Promise<void> => {
  const { client, clientId } = userPool()
  await client.send(new RevokeTokenCommand({ ClientId: clientId, Token: RefreshToken })).catch((error: unknown) => {
    logger.warn('the tokens of a sign-in could not be revoked', { error })
  })
}

/** The answer to a sign-in step. Mirrors a completed sign-in. The tokens come directly from Cognito, so their claims need no check. */
export const answerSignIn = async (
  response: InitiateAuthResponse,
  request: RequestIdentity,
  place: RefreshTokenPlace,
  made: Pick<IdentityEvent, 'attempts' | 'mfaEnabled'>,
): Promise<Reply> => {
  const { AuthenticationResult: result, ChallengeName: name, Session: session } = response
  if (result) {
    const claims = decodeJwt(result.IdToken ?? '')
    const mirrored = await mirror(
      {
        kind: 'signed-in',
        subject: String(claims.sub),
        email: String(claims['email']),
        emailVerified: claims['email_verified'] === true || claims['email_verified'] === 'true',
        ...made,
      },
      request,
    )
    if (mirrored?.isActive === false) {
      await revoke(result)
      throw new Problem('account-closed', 'This account is closed.')
    }
    const { cookies, tokens } = presentTokens(result, place)
    return { ...ok({ tokens, challenge: null }), cookies }
  }
  if (!isKnown(name) || session === undefined) throw new Error(`Unknown challenge of Cognito: ${name}`)
  return ok({ tokens: null, challenge: { challenge: name, session } })
}

/** Mirrors a sign-in that Cognito refused, then throws the error on. */
export const mirrorRefusal = async (email: string, request: RequestIdentity, error: unknown): Promise<never> => {
  if (isLockedOut(error)) await mirror({ kind: 'locked-out', email }, request)
  else if (error instanceof Error && error.name === 'NotAuthorizedException') await mirror({ kind: 'sign-in-failed', email }, request)
  throw error
}
