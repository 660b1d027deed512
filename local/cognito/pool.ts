import type { AuthenticationResultType, CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider'
import type { CodePurpose, ConfirmationCodes } from './codes.ts'
import type { Directory } from './directory.ts'
import { UserPoolError, userIsDisabled } from './errors.ts'
import type { Grant, Grants } from './grants.ts'
import type { AttemptLimits, SignInLockouts } from './limits.ts'
import type { PasskeyRegistrations } from './passkeys.ts'
import type { ChallengeSessions } from './sessions.ts'
import type { User } from './state-file.ts'
import type { TokenIssuer } from './tokens.ts'

/** A message that Cognito would mail: a six-digit code or, for an invitation, the temporary password. */
export interface CodeDelivery {
  readonly email: string
  readonly code: string
  readonly purpose: CodePurpose | 'invitation'
}

/** The context of the operations: one pool with one public app client. */
export interface UserPool {
  readonly poolId: string
  readonly clientId: string
  /** Whether users may, or must, sign in with an authenticator app. */
  readonly mfa: 'OPTIONAL' | 'REQUIRED'
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly directory: Directory
  readonly tokens: TokenIssuer
  readonly grants: Grants
  readonly sessions: ChallengeSessions
  readonly codes: ConfirmationCodes
  readonly lockouts: SignInLockouts
  readonly passwordChanges: AttemptLimits
  readonly passkeyRegistrations: PasskeyRegistrations
  /** The origins of the pages that may use passkeys. */
  readonly passkeyOrigins: () => readonly string[]
  readonly deliverCode: (delivery: CodeDelivery) => void
  /** Hears that the user of an address was removed. */
  readonly userRemoved: (email: string) => void
}

/** Delivers a message through the pool's options. @throws UserPoolError CodeDeliveryFailureException if that fails. */
export function deliver(pool: UserPool, delivery: CodeDelivery): void {
  try {
    pool.deliverCode(delivery)
  } catch (error) {
    throw new UserPoolError('CodeDeliveryFailureException', `The message for ${delivery.purpose} could not be delivered.`, { cause: error })
  }
}

/** The masked address that a code was sent to, as Cognito masks it: `j***@e***`. An unknown name gets the same answer as a known one. */
export function deliveryDetails(username: string): CodeDeliveryDetailsType {
  const [local = '', domain = ''] = username.split('@')
  return { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: `${local.slice(0, 1)}***@${domain.slice(0, 1)}***` }
}

/** New tokens of a grant, as AuthenticationResult shows them. */
export async function authenticationResult(pool: UserPool, user: User, grant: Grant): Promise<AuthenticationResultType> {
  const { accessToken, idToken } = await pool.tokens.sign(user, grant)
  return {
    AccessToken: accessToken,
    IdToken: idToken,
    RefreshToken: pool.grants.issueRefreshToken(grant),
    ExpiresIn: pool.tokens.accessTokenSeconds,
    TokenType: 'Bearer',
  }
}

/**
 * The user of an access token.
 * @throws UserPoolError NotAuthorizedException for a wrong, expired or revoked token or a disabled user, UserNotFoundException for a deleted one.
 */
export async function authenticate(pool: UserPool, accessToken: string): Promise<User> {
  const { sub, grantId } = await pool.tokens.verifyAccessToken(accessToken)
  const user = pool.directory.get(sub)
  if (!user.enabled) throw userIsDisabled()
  if (pool.grants.get(grantId)?.revoked !== false) throw new UserPoolError('NotAuthorizedException', 'Access Token has been revoked')
  return user
}

/** Removes a user with all tokens. */
export async function removeUser(pool: UserPool, user: User): Promise<void> {
  await pool.directory.remove(user)
  signOutEverywhere(pool, user)
  pool.userRemoved(user.email)
}

/** Revokes all tokens and refresh tokens of a user, and ends unfinished sign-ins. */
export function signOutEverywhere(pool: UserPool, user: User): void {
  pool.grants.revokeAll(user.sub)
  pool.sessions.dropAll(user.sub)
}
