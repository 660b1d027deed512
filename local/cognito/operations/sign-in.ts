import type { GetTokensFromRefreshTokenResponse, InitiateAuthResponse } from '@aws-sdk/client-cognito-identity-provider'
import { chooseSignIn } from '../choose-sign-in.ts'
import { continueSignIn } from '../continue-sign-in.ts'
import { incorrectCredentials, UserPoolError, userIsDisabled } from '../errors.ts'
import { clientOperation, required, text, textMap, type Wire } from '../operation.ts'
import { verifyNoPassword, verifyPassword } from '../passwords.ts'
import { authenticationResult, type UserPool } from '../pool.ts'

/**
 * Cognito reports an unconfirmed user, whatever the password is (aws/aws-sdk-js#4608, aws-amplify/amplify-js#11209). The other states are
 * handled in the same way here. The password is hashed in each case, so that all refusals take the same time.
 */
async function signInWithPassword(pool: UserPool, parameters: Record<string, string>): Promise<Wire<InitiateAuthResponse>> {
  const [username, password] = [required(parameters, 'USERNAME'), required(parameters, 'PASSWORD')]
  const user = pool.directory.find(username)
  const key = `password:${user?.sub}`
  if (user) pool.lockouts.assertOpen(key)
  const isRight = await (user ? verifyPassword(password, user.passwordHash) : verifyNoPassword(password))
  if (!user) throw incorrectCredentials()
  if (!user.enabled) throw userIsDisabled()
  if (user.status === 'UNCONFIRMED') throw new UserPoolError('UserNotConfirmedException', 'User is not confirmed.')
  if (user.status === 'RESET_REQUIRED') throw new UserPoolError('PasswordResetRequiredException', 'Password reset required for the user')
  if (!isRight) {
    pool.lockouts.recordFailure(key)
    throw incorrectCredentials()
  }
  pool.lockouts.clear(key)
  if (user.temporaryPasswordExpiresAtMs !== undefined && pool.clock() >= user.temporaryPasswordExpiresAtMs) {
    throw new UserPoolError('NotAuthorizedException', 'Temporary password has expired and must be reset by an administrator.')
  }
  return continueSignIn(pool, user)
}

/**
 * New tokens for a refresh token, with the current groups and attributes, and the time of the original sign-in. The new refresh token replaces
 * the one that was sent.
 */
const getTokensFromRefreshToken = clientOperation(
  { RefreshToken: text },
  async (pool, { RefreshToken }): Promise<Wire<GetTokensFromRefreshTokenResponse>> => {
    const grant = pool.grants.byRefreshToken(RefreshToken)
    const user = grant && pool.directory.find(grant.sub)
    if (!user) throw new UserPoolError('NotAuthorizedException', 'Invalid Refresh Token')
    if (!user.enabled) throw userIsDisabled()
    if (grant.revoked) throw new UserPoolError('NotAuthorizedException', 'Refresh Token has been revoked')
    if (pool.clock() >= grant.expiresAtMs) throw new UserPoolError('NotAuthorizedException', 'Refresh Token has expired')
    if (pool.grants.isOver(RefreshToken)) throw new UserPoolError('RefreshTokenReuseException', 'Refresh Token has been replaced')
    pool.grants.replace(RefreshToken)
    return { AuthenticationResult: await authenticationResult(pool, user, grant) }
  },
)

/**
 * Signs in with a password, or by choice. The app client allows no other flow: it rotates refresh tokens, so Cognito refuses REFRESH_TOKEN_AUTH too.
 */
const initiateAuth = clientOperation(
  { AuthFlow: text, AuthParameters: textMap.default({}) },
  async (pool, { AuthFlow, AuthParameters }) => {
    switch (AuthFlow) {
      case 'USER_PASSWORD_AUTH':
        return signInWithPassword(pool, AuthParameters)
      case 'USER_AUTH':
        return chooseSignIn(pool, AuthParameters)
      case 'REFRESH_TOKEN_AUTH':
      case 'REFRESH_TOKEN':
      case 'USER_SRP_AUTH':
      case 'CUSTOM_AUTH':
        throw new UserPoolError('InvalidParameterException', `${AuthFlow} flow not enabled for this client`)
      default:
        throw new UserPoolError('InvalidParameterException', `Value '${AuthFlow}' at 'AuthFlow' is not a flow of InitiateAuth.`)
    }
  },
)

export const signInOperations = { InitiateAuth: initiateAuth, GetTokensFromRefreshToken: getTokensFromRefreshToken }
