import type { RespondToAuthChallengeResponse } from '@aws-sdk/client-cognito-identity-provider'
import { listAttributes } from './attributes.ts'
import type { Wire } from './operation.ts'
import { authenticationResult, type UserPool } from './pool.ts'
import type { Challenge } from './sessions.ts'
import type { User } from './state-file.ts'

type SignInStep = Wire<RespondToAuthChallengeResponse>

/** Completes a sign-in: a new grant with its three tokens. */
export async function completeSignIn(pool: UserPool, user: User): Promise<SignInStep> {
  return { ChallengeParameters: {}, AuthenticationResult: await authenticationResult(pool, user, pool.grants.create(user.sub)) }
}

/** The answer to a correct password: the next challenge, or the tokens. */
export async function continueSignIn(pool: UserPool, user: User): Promise<SignInStep> {
  const challenge = (name: Challenge, parameters: Record<string, string>): SignInStep => ({
    ChallengeName: name,
    Session: pool.sessions.open({ sub: user.sub, challenge: name }),
    ChallengeParameters: { USER_ID_FOR_SRP: user.sub, ...parameters },
  })
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    const attributes = Object.fromEntries(listAttributes(user).map(({ Name, Value }) => [Name, Value]))
    const { sub: _, ...userAttributes } = attributes
    return challenge('NEW_PASSWORD_REQUIRED', { requiredAttributes: '[]', userAttributes: JSON.stringify(userAttributes) })
  }
  if (user.totp && (user.totp.enabled || pool.mfa === 'REQUIRED')) return challenge('SOFTWARE_TOKEN_MFA', {})
  if (pool.mfa === 'REQUIRED') return challenge('MFA_SETUP', { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' })
  return completeSignIn(pool, user)
}
